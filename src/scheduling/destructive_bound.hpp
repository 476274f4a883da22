#pragma once

#include <vector>

#include "critical_path.hpp"

namespace migplan {

// The first makespan from `bound` on that propagation does not refute: a lower bound itself. For projects without
// calendar, releases, fixed activities and closures, with the same capacities on every day (see FlatNetwork).
[[nodiscard]] Day destructive_bound(const Project& project, const Heads& heads, const Tails& tails, Day bound);

}  // namespace migplan
