#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "migplan/scheduling/plan.hpp"
#include "migplan/scheduling/planning.hpp"

namespace migplan {

// A cutover that is not where another plan has it.
struct Move {
  std::uint32_t migration = 0;  // of the new plan
  Date before, after;
  [[nodiscard]] bool changes_window() const noexcept { return Quarter::of(before) != Quarter::of(after); }
};

struct Moves {
  std::vector<Move> moved;         // by service name
  std::vector<std::string> added;  // planned now, not before
  std::vector<std::string> gone;   // planned before, not now
  [[nodiscard]] std::size_t windows() const noexcept;
  [[nodiscard]] std::int64_t days() const noexcept;  // sum of |days|
};
[[nodiscard]] Moves moves_between(const PlanDates& before, const Plan& after);

// Services of a plan that the inventory does not have are warned of with their places; where it has none or hardly any
// of them, the plan is one of another inventory and refused.
[[nodiscard]] Issues foreign_plan_issues(const Inventory& inventory, const PlanDates& plan);

// The plan that keeps as much as may be of `previous`: what has begun stands; of the rest the fewest cutovers are late,
// then the fewest windows change, then the days by which cutovers move are fewest. Phases are held where they were
// unless something pushes them; only where that misses the end and a free plan does not, they may come earlier.
[[nodiscard]] Result<Planning> replan(const Scorecard& card, const ProgrammeOptions& options,
                                      const SearchOptions& search, const PlanDates& previous);

}  // namespace migplan
