#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "migplan/scheduling/project.hpp"
#include "site.hpp"

namespace migplan {

using Keys = std::vector<std::int64_t>;  // by activity; the smaller, the earlier

// All activities, predecessors first; of those that may come next, the one with the smallest key, then lowest index.
[[nodiscard]] std::vector<ActivityIndex> order_by(const Project& project, std::span<const std::int64_t> keys);

// What is known of a project before anything is placed, as keys of priority rules (Kolisch 1996): latest finish (LFT),
// latest start (LST), most work behind an activity (GRPW over all successors), most successors (MTS), earliest start.
// Counts over all successors take memory with the square of activities and are left out above a few thousand.
[[nodiscard]] std::vector<Keys> priority_rules(const Site& site);
// Where some of them stand.
inline constexpr std::size_t kLatestFinish = 0, kEarliestStart = 2;

}  // namespace migplan
