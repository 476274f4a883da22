#pragma once

#include <optional>
#include <string>
#include <vector>

#include "duties.hpp"
#include "migplan/scheduling/working_days.hpp"

namespace migplan {

// What all checks of a plan look at, and where they put what they find.
struct PlanCheck {
  const Scorecard& card;
  const Duties& duties;
  const WorkingDays& working;
  std::optional<Date> as_of;
  std::vector<Violation>& found;

  [[nodiscard]] const SchedulePolicy& policy() const { return card.policy().schedule(); }
  [[nodiscard]] std::string_view name_of(const ServiceDuty& duty) const { return card.inventory()[duty.service].name; }
  // About a phase that the plan dates.
  void add(Rule rule, const ServiceDuty& duty, const PhaseDuty& phase, Date day, Text message) const {
    found.push_back({rule, std::string(name_of(duty)), std::string(phase.name), std::move(message), day,
                     phase.dates->at.line != 0 ? phase.dates->at : duty.plan->at});
  }
};

// Each phase by itself, and after the one in front of it.
void check_phases(const PlanCheck& check, const ServiceDuty& duty);
// One cutover day a group; cutovers in the order of the strong dependencies.
void check_groups(const PlanCheck& check);
void check_precedences(const PlanCheck& check);
// What is held of each resource on each working day, from the day asked about on.
void check_capacities(const PlanCheck& check);

}  // namespace migplan
