#pragma once

#include "makespan_search.hpp"
#include "site.hpp"

namespace migplan {

// The search for projects with calendars and for objectives beyond the makespan, by forward passes alone.
[[nodiscard]] std::optional<SearchResult> search_milestones(const Site& site, const Objective& objective,
                                                            const FirstOrders& first, const SearchOptions& options);

}  // namespace migplan
