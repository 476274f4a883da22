#pragma once

#include <string>
#include <vector>

#include "call_edges.hpp"
#include "named_landscape.hpp"

namespace migplan {

// What one or more reports say of a fact of a service.
struct Statement {
  NamedLandscape::ServiceId service = 0;
  std::string fact;
  ObservedValue value;
  FactSource source;
  FactOrder::Rank rank{};
};

[[nodiscard]] FactSource source_of(const NamedReport& report, const EvidencePlace& place);

// Everything that the reports state or imply: facts as they are, vulnerabilities counted over all scanners, calls of
// core flows from the graph. In no order.
[[nodiscard]] std::vector<Statement> statements_of(const MergeInput& input, const NamedLandscape& landscape,
                                                   const std::vector<CallEdge>& edges, Merged& out);

}  // namespace migplan
