#pragma once

#include <cstdint>
#include <vector>

#include "migplan/scheduling/project.hpp"

namespace migplan {

enum class BoundKind : std::uint8_t {
  CriticalPath,  // longest chain of precedences, releases and closures, resources left out
  Energy,        // work that a resource has to do, over what it has to give
  Destructive,   // a makespan one day less leads propagation to a contradiction (Klein, Scholl 1999)
};

struct LowerBounds {
  Day critical_path = 0;
  std::vector<Day>
      energy;           // by resource: the first day by which its capacity adds up to its work, heads and tails kept
  Day destructive = 0;  // at least the greatest of the others

  [[nodiscard]] Day best() const noexcept;
};

// Proven bounds of the makespan. With `destructive` the tests by propagation (time tables, disjunctive pairs, energetic
// reasoning over intervals of heads and tails) are run, too; they take time that grows with the square of activities.
[[nodiscard]] LowerBounds lower_bounds(const Project& project, bool destructive);

}  // namespace migplan
