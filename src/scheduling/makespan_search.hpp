#pragma once

#include <cstddef>
#include <vector>

#include "flat_network.hpp"
#include "migplan/scheduling/search.hpp"
#include "priority_rules.hpp"

namespace migplan {

// The search for a small makespan where time can run both ways. Its first passes are the given orders, of which those
// of the priority rules stand where `rules` tells. A result whose makespan is above the timeline's days has no place in
// it.
struct FirstOrders {
  std::vector<std::vector<ActivityIndex>> orders;
  std::size_t rules = 0;  // orders[rules + kLatestFinish] …
};
[[nodiscard]] SearchResult search_makespan(const Project& project, const FlatNetwork& network, const FirstOrders& first,
                                           const SearchOptions& options);

}  // namespace migplan
