#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/base/quantity.hpp"

namespace migplan {

// What coupling.core_flow_calls is made of.
enum class CoreFlowCalls : std::uint8_t {
  Calls,    // the calls that services of kind core make, as counted
  Callers,  // the services of kind core that call
  None,     // not derived
};

[[nodiscard]] std::string_view name_of(CoreFlowCalls choice) noexcept;

// What `import` makes of call graphs, and what it never replaces. models.md section 11.
struct ImportPolicy {
  Percent strong_call_share;  // of a caller's calls: with as many, a dependency is strong
  Percent error_propagation;  // of the failures of what it calls that a caller passes on: with as many, strong
  Count least_failed;         // fewer failed calls say nothing of that
  CoreFlowCalls core_flow_calls = CoreFlowCalls::Calls;
  std::vector<std::string> kept;  // facts that no report replaces, with '*'
  // Names of nodes that are no services, with '*'.
  std::vector<std::string> databases, messaging, gateways, artefacts, unknown;
};

// Paths inside the policy; whoever read the file adds places.
[[nodiscard]] Issues import_issues(const ImportPolicy& policy);

}  // namespace migplan
