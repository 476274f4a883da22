#pragma once

#include "call_edges.hpp"
#include "decisions.hpp"

namespace migplan {

// Decides of the dependencies of every service that the reports name: what comes, changes strength or goes. Adds to
// `out`: changes, conflicts, counts, notes.
void merge_dependencies(const MergeInput& input, const NamedLandscape& landscape, const ServiceGraph& graph,
                        FactDecisions& decisions, Merged& out);

// The tools whose reports tell of calls.
[[nodiscard]] ToolNames graph_tools(const MergeInput& input);

}  // namespace migplan
