#include "migplan/playbook/decision.hpp"

namespace migplan {

std::string_view name_of(Decision decision) noexcept {
  switch (decision) {
    case Decision::AssessLegacy: return "assess-legacy";
    case Decision::SagaWithTracing: return "saga-with-tracing";
    case Decision::EventSourcing: return "event-sourcing";
  }
  return {};
}

std::optional<Decision> decision_for(std::optional<bool> is_elastic, bool is_strongly_consistent) noexcept {
  if (!is_elastic) return std::nullopt;
  if (!*is_elastic) return Decision::AssessLegacy;
  return is_strongly_consistent ? Decision::SagaWithTracing : Decision::EventSourcing;
}

std::string_view name_of(Configuration configuration) noexcept {
  switch (configuration) {
    case Configuration::Nacos: return "nacos";
    case Configuration::EtcdViper: return "etcd-viper";
    case Configuration::ConsulKv: return "consul-kv";
  }
  return {};
}

Configuration configuration_for(bool is_first_tier, bool is_in_mesh) noexcept {
  if (is_first_tier) return Configuration::Nacos;
  return is_in_mesh ? Configuration::ConsulKv : Configuration::EtcdViper;
}

}  // namespace migplan
