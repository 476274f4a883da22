#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"
#include "migplan/scheduling/violation.hpp"

namespace migplan {

enum class DaysFrom : std::uint8_t { Policy, Effort, Estimate, Durations };
[[nodiscard]] std::string_view words_of(DaysFrom source) noexcept;

// What one phase has to keep, beside what the plan says of it.
struct PhaseDuty {
  std::string_view name;
  const PhaseRule* rule = nullptr;
  std::int64_t days = 0;  // in the rule's unit
  DaysFrom days_from = DaysFrom::Policy;
  const DatedPhase* dates = nullptr;        // null = not in the plan
  const PhaseProgress* progress = nullptr;  // null = it has not begun
  bool is_over = false;                     // a later one has begun, and nobody wrote down when this one was
};

struct ServiceDuty {
  ServiceIndex service = 0;
  const DatedService* plan = nullptr;  // null = not in the plan
  std::uint32_t group = 0;             // into Duties::groups
  std::string_view route;
  std::vector<PhaseDuty> phases;  // of the route
  std::size_t cutover = 0;        // among them

  [[nodiscard]] const PhaseDuty& cutover_phase() const noexcept { return phases[cutover]; }
};

// Services that depend on each other in a circle, or one alone.
struct DutyGroup {
  TierIndex tier = 0;                  // the highest of its members'
  std::vector<std::uint32_t> members;  // into Duties::services, by name
};

// What policy and inventory ask of a plan, service by service.
struct Duties {
  std::vector<ServiceDuty> services;  // by name
  std::vector<DutyGroup> groups;
  std::vector<std::optional<std::uint32_t>> of_service;  // by index of the inventory; null = nothing to plan
  std::vector<Violation> unmatched;                      // what of the plan has no place here, or two
};

// References point into the scorecard's inventory and policy and into `plan`.
[[nodiscard]] Duties duties(const Scorecard& card, const PlanDates& plan, std::optional<Date> as_of);

}  // namespace migplan
