#include "migplan/model/schedule_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

template <class Map>
std::string near_hint(const Map& known, std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const auto& entry : known) names.emplace_back(entry.first);
  const std::string_view near = nearest_name(name, names);
  return near.empty() ? fmt::format("known: {}", fmt::join(names, ", ")) : fmt::format("did you mean {}?", near);
}

class ScheduleCheck {
 public:
  explicit ScheduleCheck(const SchedulePolicy& policy) : policy_(policy) {}

  Issues run() {
    if (policy_.end <= policy_.start) {
      reject("schedule.end", fmt::format("found {}, expected a day behind schedule.start, {}", policy_.end.to_string(),
                                         policy_.start.to_string()));
    }
    check_routes();
    check_phases();
    check_resources();
    check_calendar();
    check_three_point("schedule.risk", policy_.risk.factors);
    return std::move(issues_);
  }

 private:
  void reject(std::string path, std::string message, std::string hint = {}) {
    issues_.add({Severity::Error, "", {}, std::move(path), std::move(message), std::move(hint)});
  }

  void check_phase_name(const std::string& path, const std::string& name) {
    if (policy_.phases.contains(name)) return;
    reject(path, fmt::format("no such phase: {}", in_quotes(name)), near_hint(policy_.phases, name));
  }

  void check_routes() {
    std::set<Kind> kinds;
    for (const auto& [name, route] : policy_.routes) {
      const std::string path = fmt::format("schedule.routes.{}", name);
      std::set<std::string_view> seen;
      for (std::size_t i = 0; i < route.phases.size(); ++i) {
        const std::string place = fmt::format("{}.phases[{}]", path, i);
        check_phase_name(place, route.phases[i]);
        if (!seen.insert(route.phases[i]).second) {
          reject(place, fmt::format("{} stands here twice", in_quotes(route.phases[i])));
        }
      }
      if (!seen.contains(kCutover)) reject(path + ".phases", "has no cutover, expected it in every route");
      if (route.kind && !kinds.insert(*route.kind).second) {
        reject(path + ".kind", fmt::format("two routes are for services of kind {}", name_of(*route.kind)));
      }
    }
  }

  void check_phases() {
    for (const auto& [name, phase] : policy_.phases) {
      const std::string path = fmt::format("schedule.phases.{}", name);
      if (phase.length == PhaseLength::Effort && phase.unit == DayKind::Calendar) {
        reject(path + ".unit", "found calendar, expected working: effort is counted in working days");
      }
      if (!phase.resource.empty() && !policy_.resources.contains(phase.resource)) {
        reject(path + ".resource", fmt::format("no such resource: {}", in_quotes(phase.resource)),
               near_hint(policy_.resources, phase.resource));
      }
      if (phase.risk) check_three_point(path + ".risk", *phase.risk);
    }
  }

  void check_three_point(const std::string& path, const ThreePoint& factors) {
    if (factors.low <= factors.likely && factors.likely <= factors.high && factors.high > Ratio{}) return;
    reject(path, fmt::format("found {}, {}, {}, expected low <= likely <= high, the last above 0", trimmed(factors.low),
                             trimmed(factors.likely), trimmed(factors.high)));
  }

  void check_resources() {
    for (const auto& [name, resource] : policy_.resources) {
      for (std::size_t i = 0; i < resource.periods.size(); ++i) {
        check_span(fmt::format("schedule.resources.{}.periods[{}]", name, i), resource.periods[i].from,
                   resource.periods[i].to);
      }
    }
  }

  void check_span(const std::string& path, Date from, Date to) {
    if (to >= from) return;
    reject(path + ".to", fmt::format("found {}, expected {} or later", to.to_string(), from.to_string()));
  }

  void check_calendar() {
    const WorkCalendar& calendar = policy_.calendar;
    if (calendar.working_days.empty()) {
      reject("schedule.calendar.working_days", "found no day, expected at least one of mon to sun");
    }
    for (std::size_t i = 0; i < calendar.freezes.size(); ++i) {
      const std::string path = fmt::format("schedule.calendar.freezes[{}]", i);
      const Freeze& freeze = calendar.freezes[i];
      check_span(path, freeze.from, freeze.to);
      for (std::size_t k = 0; k < freeze.forbids.size(); ++k) {
        check_phase_name(fmt::format("{}.forbids[{}]", path, k), freeze.forbids[k]);
      }
    }
  }

  const SchedulePolicy& policy_;
  Issues issues_;
};

}  // namespace

std::string_view name_of(PhaseLength length) noexcept { return length == PhaseLength::Fixed ? "days" : "effort"; }
std::string_view name_of(DayKind kind) noexcept { return kind == DayKind::Working ? "working" : "calendar"; }
std::string_view name_of(Pooling pooling) noexcept { return pooling == Pooling::Shared ? "shared" : "team"; }
std::string_view name_of(DeadlineFor deadline) noexcept {
  return deadline == DeadlineFor::Cutover ? "cutover" : "retire";
}
std::string_view name_of(CutoverOrder order) noexcept {
  switch (order) {
    case CutoverOrder::CalleeFirst: return "callee-first";
    case CutoverOrder::CallerFirst: return "caller-first";
    case CutoverOrder::None: return "none";
  }
  return "";
}
std::string_view name_of(AcrossTiers across) noexcept { return across == AcrossTiers::Bridge ? "bridge" : "hard"; }
std::string_view name_of(DurationShape shape) noexcept {
  return shape == DurationShape::Triangular ? "triangular" : "pert";
}

Issues schedule_issues(const SchedulePolicy& policy) { return ScheduleCheck(policy).run(); }

}  // namespace migplan
