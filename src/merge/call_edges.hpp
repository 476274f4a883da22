#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
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

struct ServiceGraph {
  // Without nodes that are no services, and without calls to oneself; by caller, then by callee. Entries of reports of
  // one format are added up; of several formats the one that saw most calls counts.
  std::vector<CallEdge> edges;
  // Of each service, failed calls of it by gateways and other callers that are none of ours; nullopt = none tells.
  std::vector<std::optional<std::uint64_t>> failed_from_outside;
  // Callees that matched nothing, by caller: each may be a service of ours by another name.
  std::map<NamedLandscape::ServiceId, std::set<std::string>> unmatched;
};
[[nodiscard]] ServiceGraph service_graph(const MergeInput& input, NamedLandscape& landscape, Merged& out);

struct JudgedEdge {
  Strength strength = Strength::Strong;
  bool is_judged = false;  // by numbers or a person; else it is the default
};
// Strong or weak, an edge each. Where enough calls failed, a dependency is strong if its caller fails with it: failures
// that callers of the caller saw, over those that it saw itself. Else by the share of the caller's calls.
[[nodiscard]] std::vector<JudgedEdge> judge(const ServiceGraph& graph, const ImportPolicy& policy);

}  // namespace migplan
