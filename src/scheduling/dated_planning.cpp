#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "migplan/scheduling/planning.hpp"
#include "migplan/scheduling/violation.hpp"
#include "programme_calendar.hpp"

namespace migplan {
namespace {

// With one of these broken, the dates are not those of this programme.
constexpr std::array kMismatches{Rule::UnknownService, Rule::MissingService, Rule::RepeatedService, Rule::UnknownPhase,
                                 Rule::MissingPhase,   Rule::RepeatedPhase,  Rule::ProgrammeStart};

bool is_mismatch(const Violation& violation) {
  return std::find(kMismatches.begin(), kMismatches.end(), violation.rule) != kMismatches.end();
}

// The dates of phases by service, then phase.
class DateIndex {
 public:
  explicit DateIndex(const PlanDates& dates) {
    for (const DatedService& service : dates.services) {
      for (const DatedPhase& phase : service.phases) phases_.try_emplace({service.name, phase.phase}, &phase);
    }
  }
  [[nodiscard]] const DatedPhase* find(std::string_view service, std::string_view phase) const {
    const auto found = phases_.find({service, phase});
    return found == phases_.end() ? nullptr : found->second;
  }

 private:
  std::map<std::pair<std::string_view, std::string_view>, const DatedPhase*> phases_;
};

Placement placement_of(const Programme& programme, const DateIndex& dates) {
  const Project& project = programme.project();
  Placement placement{std::vector<Day>(project.size()), std::vector<Day>(project.size())};
  for (const Migration& migration : programme.migrations()) {
    for (const RoutePhase& phase : programme.phases(migration)) {
      const DatedPhase* const dated = dates.find(programme.name_of(migration), phase.name);
      const Activity& activity = project[phase.activity];
      Day start = activity.fixed.value_or(activity.release), finish = start;
      if (dated != nullptr && !phase.is_over_undated) {
        start = programme.day_of(dated->start);
        finish = std::max(programme.day_of(dated->finish) + 1, start);
      }
      placement.starts[phase.activity] = start;
      placement.finishes[phase.activity] = finish;
    }
  }
  return placement;
}

Date last_day_of(const PlanDates& dates, Date first) {
  for (const DatedService& service : dates.services) {
    for (const DatedPhase& phase : service.phases) first = std::max({first, phase.start, phase.finish});
  }
  return first;
}

}  // namespace

Issues plan_mismatches(const PlanDates& dates, const std::vector<Violation>& broken) {
  Issues issues;
  for (const Violation& violation : broken) {
    if (!is_mismatch(violation)) continue;
    issues.add({Severity::Error, dates.file, violation.at, "services",
                fmt::format("the schedule is of another inventory or policy: {}{}{}: {}", violation.service,
                            violation.phase.empty() ? "" : " ", violation.phase, violation.message.english()),
                ""});
  }
  return issues;
}

Result<Planning> planning_of(const Scorecard& card, const ProgrammeOptions& options, const PlanDates& dates,
                             const std::vector<Violation>& broken) {
  Issues foreign = plan_mismatches(dates, broken);
  if (foreign.has_errors()) return foreign;
  auto made = Programme::create(card, options);
  if (!made.is_ok()) return std::move(made).issues();
  // What is looked at behind a phase lies on the calendar, too.
  constexpr Day kMargin = 31;
  const Day needed = made.value().day_of(last_day_of(dates, made.value().end())) + kMargin;
  if (needed > kMostDays) {
    return Issue{Severity::Error, dates.file, {}, "services", "the schedule goes on for more than 40 years", ""};
  }
  if (needed > made.value().project().timeline().days()) made = Programme::create(card, options, needed);
  if (!made.is_ok()) return std::move(made).issues();
  Planning planning;
  planning.programme = std::make_unique<Programme>(std::move(made).value());
  planning.bounds = lower_bounds(planning.programme->project(), false);
  planning.plan = std::make_unique<Plan>(*planning.programme, placement_of(*planning.programme, DateIndex(dates)));
  return planning;
}

}  // namespace migplan
