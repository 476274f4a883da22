#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "named_landscape.hpp"

namespace migplan {

// What all reports together say of the calls of one service to another, or to something outside.
struct CallEdge {
  NamedLandscape::ServiceId caller = 0;
  std::optional<NamedLandscape::ServiceId> callee;
  std::string outside{};  // the callee's name where it is no service
  std::optional<std::uint64_t> calls{}, failed{};
  std::optional<Strength> stated{};
  const NamedReport* report = nullptr;  // that says most of it
  const ObservedCall* first = nullptr;  // of that report
};

// The graph of services without nodes that are none, and without calls to oneself; by caller, then by callee. Entries
// of reports of one format are added up; of several formats the one that saw most calls counts.
[[nodiscard]] std::vector<CallEdge> call_edges(const MergeInput& input, NamedLandscape& landscape, Merged& out);

struct JudgedEdge {
  Strength strength = Strength::Strong;
  bool is_judged = false;  // by numbers or a person; else it is the default
};
// Strong or weak, an edge each. Where enough calls failed, a dependency is strong if its caller fails with it: failures
// that callers of the caller saw, over those that it saw itself. Else by the share of the caller's calls.
[[nodiscard]] std::vector<JudgedEdge> judge(const std::vector<CallEdge>& edges, std::size_t services,
                                            const ImportPolicy& policy);

}  // namespace migplan
