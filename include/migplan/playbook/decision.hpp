#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace migplan {

// Where the decision tree of chapter 5 ends: does the service have to scale within seconds? no: assess whether the old
// platform is good enough; yes: containers, then: does it need strong consistency? yes: a Saga with tracing; no: event
// sourcing on Kafka. Both go on to a mesh's sidecar and Consul KV.
enum class Decision : std::uint8_t { AssessLegacy, SagaWithTracing, EventSourcing };
[[nodiscard]] std::string_view name_of(Decision decision) noexcept;

// `is_elastic`: whether it has to scale within seconds; null = not known, and so is the decision.
[[nodiscard]] std::optional<Decision> decision_for(std::optional<bool> is_elastic,
                                                   bool is_strongly_consistent) noexcept;

// Where the configuration comes from. docs/models.md section 8; the choice is ours.
enum class Configuration : std::uint8_t { Nacos, EtcdViper, ConsulKv };
[[nodiscard]] std::string_view name_of(Configuration configuration) noexcept;

// `is_first_tier`: in the policy's highest tier; `is_in_mesh`: the decision tree leads it to the mesh, as it does all
// that have to scale within seconds.
[[nodiscard]] Configuration configuration_for(bool is_first_tier, bool is_in_mesh) noexcept;

}  // namespace migplan
