#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "migplan/scheduling/bounds.hpp"
#include "migplan/scheduling/plan.hpp"

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

}  // namespace migplan
