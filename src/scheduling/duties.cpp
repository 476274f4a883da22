#include "duties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "service_cycles.hpp"

namespace migplan {
namespace {

// The strong dependencies of a service as its score counts them: stated, or those that it lists.
std::int64_t strong_dependencies(const Inventory& inventory, ServiceIndex i) {
  const auto& stated = inventory[i].topology.downstream_strong_dependencies;
  if (stated.is_known()) return stated.value().steps();
  const auto all = inventory.dependencies(i);
  return std::count_if(all.begin(), all.end(), [](const Dependency& d) { return d.strength == Strength::Strong; });
}

std::int64_t estimated_effort(const Scorecard& card, ServiceIndex i) {
  const EffortRule& rule = card.policy().schedule().effort;
  const auto debt = card.inventory()[i].debt.sonar_debt_days.value_or(DebtDays{});
  // In steps of a ratio x steps of debt days.
  const Int128 days =
      Int128{rule.base.steps()} * DebtDays::scale() + Int128{rule.per_sonar_debt_day.steps()} * debt.steps() +
      Int128{rule.per_strong_dependency.steps()} * strong_dependencies(card.inventory(), i) * DebtDays::scale();
  const std::int64_t rounded = divide_half_up(days, Int128{Ratio::scale()} * DebtDays::scale());
  return std::clamp<std::int64_t>(rounded, 1, WorkDays::max().steps());
}

bool is_done(const Service& service) {
  const bool is_over = service.status == Status::CutOver || service.status == Status::Retired;
  return is_over && details_of(service).progress.empty();
}

class DutyBuilder {
 public:
  DutyBuilder(const Scorecard& card, const PlanDates& plan, std::optional<Date> as_of)
      : card_(card), plan_(plan), as_of_(as_of) {}

  Duties run() {
    find_services();
    choose_services();
    form_groups();
    for (ServiceDuty& duty : duties_.services) lay_out(duty);
    for (const DutyGroup& group : duties_.groups) share_cutover(group);
    for (ServiceDuty& duty : duties_.services) {
      mark_over(duty);
      match_phases(duty);
    }
    return std::move(duties_);
  }

 private:
  [[nodiscard]] const Inventory& inventory() const { return card_.inventory(); }
  [[nodiscard]] const SchedulePolicy& policy() const { return card_.policy().schedule(); }

  void find_services() {
    planned_.resize(inventory().size(), nullptr);
    for (const DatedService& service : plan_.services) {
      const auto index = inventory().find(service.name);
      if (!index) {
        const std::string_view near = inventory().nearest(service.name);
        add(Rule::UnknownService, service, {},
            near.empty() ? Text("the inventory has no such service")
                         : say("the inventory has no such service; the nearest name is {}", near),
            service.at);
      } else if (planned_[*index] != nullptr) {
        add(Rule::RepeatedService, service, {}, repeated(planned_[*index]->at), service.at);
      } else {
        planned_[*index] = &service;
      }
    }
  }

  void choose_services() {
    duties_.of_service.resize(inventory().size());
    for (const ServiceIndex i : services_by_name(inventory())) {
      if (planned_[i] == nullptr && is_done(inventory()[i])) continue;
      duties_.of_service[i] = static_cast<std::uint32_t>(duties_.services.size());
      ServiceDuty& duty = duties_.services.emplace_back();
      duty.service = i;
      duty.plan = planned_[i];
    }
  }

  void form_groups() {
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    const std::vector<std::uint32_t> cycles = strong_cycles(inventory());
    std::vector<std::uint32_t> group_of_cycle(inventory().size(), kNone);
    for (std::uint32_t d = 0; d < duties_.services.size(); ++d) {
      ServiceDuty& duty = duties_.services[d];
      const TierIndex tier = card_[duty.service].tier;
      std::uint32_t& group = group_of_cycle[cycles[duty.service]];
      if (group == kNone) {
        group = static_cast<std::uint32_t>(duties_.groups.size());
        duties_.groups.push_back({tier, {}});
      }
      duty.group = group;
      duties_.groups[group].members.push_back(d);
      duties_.groups[group].tier = std::min(duties_.groups[group].tier, tier);
    }
  }

  [[nodiscard]] std::pair<std::string_view, const Route*> route_of(const ServiceDuty& duty) const {
    for (const auto& [name, route] : policy().routes) {
      if (route.kind && *route.kind == inventory()[duty.service].kind) return {name, &route};
    }
    const std::string& name = card_.policy().tiers()[duties_.groups[duty.group].tier].route;
    const auto route = policy().routes.find(name.empty() ? std::string(kDefaultRoute) : name);
    MIGPLAN_ASSERT(route != policy().routes.end());
    return {route->first, &route->second};
  }

  void lay_out(ServiceDuty& duty) {
    const auto [name, route] = route_of(duty);
    const auto& progress = details_of(inventory()[duty.service]).progress;
    duty.route = name;
    for (const std::string& phase : route->phases) {
      if (phase == kCutover) duty.cutover = duty.phases.size();
      PhaseDuty& own = duty.phases.emplace_back();
      own.name = phase;
      own.rule = &policy().phases.at(phase);
      set_days(duty.service, own);
      const auto begun = progress.find(phase);
      if (as_of_ && begun != progress.end() && begun->second.started) own.progress = &begun->second;
    }
  }

  void set_days(ServiceIndex service, PhaseDuty& phase) const {
    const ServiceDetails& details = details_of(inventory()[service]);
    phase.days = phase.rule->days.steps();
    if (phase.rule->length == PhaseLength::Effort) {
      const bool is_stated = details.effort.is_known();
      phase.days = is_stated ? details.effort.value().steps() : estimated_effort(card_, service);
      phase.days_from = is_stated ? DaysFrom::Effort : DaysFrom::Estimate;
    }
    const auto stated = details.durations.find(phase.name);
    if (stated == details.durations.end()) return;
    for (const Stated<WorkDays>& days : {stated->second.likely, stated->second.low, stated->second.high}) {
      if (!days.is_known()) continue;
      phase.days = days.value().steps();
      phase.days_from = DaysFrom::Durations;
      return;
    }
  }

  // One cutover for all members: the longest that one of them needs, begun and over for all at once.
  void share_cutover(const DutyGroup& group) {
    if (group.members.size() < 2) return;
    PhaseDuty longest;
    const PhaseProgress* progress = nullptr;
    for (const std::uint32_t m : group.members) {
      const PhaseDuty& cutover = duties_.services[m].cutover_phase();
      if (longest.rule == nullptr || cutover.days > longest.days) longest = cutover;
      const bool tells_more = cutover.progress != nullptr &&
                              (progress == nullptr || (!progress->finished && cutover.progress->finished.has_value()));
      if (tells_more) progress = cutover.progress;
    }
    for (const std::uint32_t m : group.members) {
      PhaseDuty& cutover = duties_.services[m].phases[duties_.services[m].cutover];
      cutover.days = longest.days;
      cutover.days_from = longest.days_from;
      const bool is_told = cutover.progress != nullptr && cutover.progress->finished;
      if (!is_told) cutover.progress = progress;
    }
  }

  static void mark_over(ServiceDuty& duty) {
    bool is_behind_begun = false;
    for (auto phase = duty.phases.rbegin(); phase != duty.phases.rend(); ++phase) {
      if (phase->progress != nullptr) {
        is_behind_begun = true;
      } else {
        phase->is_over = is_behind_begun;
      }
    }
  }

  void match_phases(ServiceDuty& duty) {
    if (duty.plan == nullptr) return;
    for (const DatedPhase& dates : duty.plan->phases) {
      const auto phase = std::find_if(duty.phases.begin(), duty.phases.end(),
                                      [&dates](const PhaseDuty& own) { return own.name == dates.phase; });
      if (phase == duty.phases.end()) {
        add(Rule::UnknownPhase, *duty.plan, dates.phase, say("route {} has no such phase", Text::perhaps(duty.route)),
            dates.at);
      } else if (phase->dates != nullptr) {
        add(Rule::RepeatedPhase, *duty.plan, dates.phase, repeated(phase->dates->at), dates.at);
      } else {
        phase->dates = &dates;
      }
    }
  }

  static Text repeated(Position first) {
    const Text what = "stands in the plan twice";
    return first.line == 0 ? what : what + say(", first at line {}", first.line);
  }

  void add(Rule rule, const DatedService& service, std::string_view phase, Text message, Position at) {
    duties_.unmatched.push_back({rule, service.name, std::string(phase), std::move(message), std::nullopt, at});
  }

  const Scorecard& card_;
  const PlanDates& plan_;
  std::optional<Date> as_of_;
  std::vector<const DatedService*> planned_;  // by index of the inventory
  Duties duties_;
};

}  // namespace

std::string_view words_of(DaysFrom source) noexcept {
  switch (source) {
    case DaysFrom::Policy: return "by the policy";
    case DaysFrom::Effort: return "its effort";
    case DaysFrom::Estimate: return "its estimated effort";
    case DaysFrom::Durations: return "by its durations";
  }
  return "";
}

Duties duties(const Scorecard& card, const PlanDates& plan, std::optional<Date> as_of) {
  return DutyBuilder(card, plan, as_of).run();
}

}  // namespace migplan
