#pragma once

#include <vector>

#include "site.hpp"

namespace migplan {

// Starts and finishes with precedences, releases, fixed days, calendar and closures, but without resources. What has no
// place in the timeline finishes on days() + 1.
struct Heads {
  std::vector<Day> starts, finishes;
};
[[nodiscard]] Heads heads_of(const Site& site);

// What is left to do behind each activity: the longest chain of its successors, its own duration left out.
struct Tails {
  std::vector<std::int32_t> days;   // every duration counts in days: each slot takes one at least
  std::vector<std::int32_t> slots;  // activities that elapse count nothing
};
[[nodiscard]] Tails tails_of(const Project& project);

}  // namespace migplan
