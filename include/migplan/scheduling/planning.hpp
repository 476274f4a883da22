#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "migplan/scheduling/bounds.hpp"
#include "migplan/scheduling/plan.hpp"
#include "migplan/scheduling/violation.hpp"

namespace migplan {

// A programme, the best plan found for it, and what is known about better ones.
struct Planning {
  std::unique_ptr<Programme> programme;  // what `plan` points to
  std::unique_ptr<Plan> plan;            // null where a phase has no place on any calendar: see `misfit`
  std::optional<ActivityIndex> misfit;
  Standing standing;
  LowerBounds bounds;  // of the makespan, in days of the programme
  std::uint64_t schedules = 0;
  StoppedBy stopped_by = StoppedBy::Budget;
};

// Lengthens the calendar until everything has a place, up to 40 years.
[[nodiscard]] Result<Planning> make_plan(const Scorecard& card, const ProgrammeOptions& options,
                                         const SearchOptions& search);

// Why a plan, `broken` being what violations() says of it, is not one of this programme: services or phases that are
// not in it, that are missing or stand twice, days before it starts; each named, with its place. Empty = it is.
[[nodiscard]] Issues plan_mismatches(const PlanDates& dates, const std::vector<Violation>& broken);

// The plan that somebody's dates are: everything that follows from a plan of ours follows from them as well. `broken`
// is what violations() says of them; refused with plan_mismatches() of them. Other rules may be broken.
[[nodiscard]] Result<Planning> planning_of(const Scorecard& card, const ProgrammeOptions& options,
                                           const PlanDates& dates, const std::vector<Violation>& broken);

}  // namespace migplan
