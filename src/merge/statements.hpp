#pragma once

#include <string>
#include <vector>

#include "call_edges.hpp"
#include "decisions.hpp"
#include "named_landscape.hpp"

namespace migplan {

// What one or more reports say of a fact of a service.
struct Statement {
  NamedLandscape::ServiceId service = 0;
  std::string fact;
  ObservedValue value;
  FactSource source;
  ToolNames tools{};  // that it is derived from, beside those of the source
  FactOrder::Rank rank{};
  bool is_at_least = false;  // a number, of reports that are known to leave out some: there may be more
};

[[nodiscard]] FactSource source_of(const NamedReport& report, const EvidencePlace& place);

// Everything that the reports state: facts as they are, vulnerabilities counted over all scanners. In no order. Adds
// warnings of pages that are missing to `out`.
[[nodiscard]] std::vector<Statement> statements_of(const MergeInput& input, const NamedLandscape& landscape,
                                                   Merged& out);

// What the graph implies: calls of core flows. `is_core`: of each service.
[[nodiscard]] std::vector<Statement> core_flow_statements(const MergeInput& input, const std::vector<CallEdge>& edges,
                                                          const std::vector<bool>& is_core, Merged& out);

}  // namespace migplan
