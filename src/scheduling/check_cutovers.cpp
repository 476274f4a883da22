#include <algorithm>
#include <map>

#include "plan_check.hpp"

namespace migplan {
namespace {

// The day on which most members change over, of several the first one.
std::optional<Date> day_of(const PlanCheck& check, const DutyGroup& group) {
  std::map<Date, std::size_t> days;
  for (const std::uint32_t m : group.members) {
    const PhaseDuty& cutover = check.duties.services[m].cutover_phase();
    if (cutover.dates != nullptr) ++days[cutover.dates->start];
  }
  const auto most =
      std::max_element(days.begin(), days.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == days.end() ? std::nullopt : std::optional(most->first);
}

void check_group(const PlanCheck& check, const DutyGroup& group) {
  const auto day = day_of(check, group);
  if (!day) return;
  for (const std::uint32_t m : group.members) {
    const ServiceDuty& duty = check.duties.services[m];
    const PhaseDuty& cutover = duty.cutover_phase();
    if (cutover.dates == nullptr || cutover.dates->start == *day) continue;
    const auto on_day = std::find_if(group.members.begin(), group.members.end(), [&](std::uint32_t other) {
      const DatedPhase* const dates = check.duties.services[other].cutover_phase().dates;
      return dates != nullptr && dates->start == *day;
    });
    check.add(Rule::MoveGroup, duty, cutover, cutover.dates->start,
              say("changes over on {}, {} on {}: {} services depend on each other in a circle",
                  cutover.dates->start.to_string(), check.name_of(check.duties.services[*on_day]), day->to_string(),
                  group.members.size()));
  }
}

bool is_kept(const PlanCheck& check, const ServiceDuty& first, const ServiceDuty& second) {
  const auto& groups = check.duties.groups;
  return check.policy().across_tiers == AcrossTiers::Hard || groups[first.group].tier <= groups[second.group].tier;
}

void check_call(const PlanCheck& check, const ServiceDuty& caller, const ServiceDuty& callee) {
  const bool is_callee_first = check.policy().order == CutoverOrder::CalleeFirst;
  const ServiceDuty& first = is_callee_first ? callee : caller;
  const ServiceDuty& second = is_callee_first ? caller : callee;
  const PhaseDuty &before = first.cutover_phase(), &after = second.cutover_phase();
  const bool has_dates = before.dates != nullptr && after.dates != nullptr;
  const bool is_fact = before.is_over || after.is_over || after.progress != nullptr;
  if (!has_dates || is_fact || !is_kept(check, first, second)) return;
  if (before.dates->finish < after.dates->start) return;
  check.add(Rule::Precedence, second, after, after.dates->start,
            is_callee_first ? say("changes over on {}, but {}, which it depends on, is over with it on {} ({})",
                                  after.dates->start.to_string(), check.name_of(first),
                                  before.dates->finish.to_string(), migplan::name_of(check.policy().order))
                            : say("changes over on {}, but {}, which depends on it, is over with it on {} ({})",
                                  after.dates->start.to_string(), check.name_of(first),
                                  before.dates->finish.to_string(), migplan::name_of(check.policy().order)));
}

}  // namespace

void check_groups(const PlanCheck& check) {
  for (const DutyGroup& group : check.duties.groups) {
    if (group.members.size() > 1) check_group(check, group);
  }
}

void check_precedences(const PlanCheck& check) {
  if (check.policy().order == CutoverOrder::None) return;
  for (const ServiceDuty& caller : check.duties.services) {
    for (const Dependency& dependency : check.card.inventory().dependencies(caller.service)) {
      if (dependency.is_external || dependency.strength != Strength::Strong) continue;
      const auto callee = check.duties.of_service[dependency.target];
      if (!callee || check.duties.services[*callee].group == caller.group) continue;
      check_call(check, caller, check.duties.services[*callee]);
    }
  }
}

}  // namespace migplan
