#include "policy_document.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace migplan {
namespace {

template <class Container, class Keys, class Get>
Object by_key(const Container& container, const Keys& keys, Get get) {
  Object object;
  for (const auto key : keys) object.emplace_back(std::string(name_of(key)), get(container[key]));
  return object;
}

template <class Container>
Object quantities(const Container& container) {
  return by_key(container, kDimensions, [](const auto& quantity) { return value_of(quantity); });
}

Object scoring_object(const ScoringPolicy& scoring) {
  return {{"weights", quantities(scoring.weights)},
          {"scale",
           Object{{"method", name_of(scoring.method)},
                  {"full", quantities(scoring.full)},
                  {"curve", by_key(scoring.curve, kDimensions, [](Curve curve) -> Value { return name_of(curve); })}}},
          {"vulnerability_days", value_of(scoring.vulnerability_days)},
          {"sla_target", value_of(scoring.sla_target)}};
}

List tier_list(std::span<const Tier> tiers) {
  List list;
  for (const Tier& tier : tiers) {
    Object object{{"name", std::string_view(tier.name)}, {"min_score", value_of(tier.min_score)}};
    if (!tier.action.empty()) object.emplace_back("action", std::string_view(tier.action));
    if (tier.not_before) object.emplace_back("not_before", tier.not_before->to_string());
    if (!tier.route.empty()) object.emplace_back("route", std::string_view(tier.route));
    list.emplace_back(std::move(object));
  }
  return list;
}

Object quadrant_object(const QuadrantPolicy& q) {
  List releases;
  for (const Count release : q.long_term_releases) releases.emplace_back(value_of(release));
  const auto row = [](const PerBand<std::string>& names) -> Value {
    return by_key(names, kBands, [](const std::string& name) -> Value { return std::string_view(name); });
  };
  return {
      {"full", Object{{"core_flow_calls", value_of(q.full_core_flow_calls)},
                      {"data_dependency_interfaces", value_of(q.full_data_interfaces)},
                      {"cve_count", value_of(q.full_cve_count)},
                      {"jdk_generations", value_of(q.full_jdk_generations)}}},
      {"lts", std::move(releases)},
      {"weights", Object{{"coupling", value_of(q.coupling_weight)}, {"obsolescence", value_of(q.obsolescence_weight)}}},
      {"bands", Object{{"low", value_of(q.low_up_to)}, {"high", value_of(q.high_from)}}},
      {"dispositions", by_key(q.dispositions, kBands, row)}};
}

List names_list(const std::vector<std::string>& names) {
  List list;
  for (const std::string& name : names) list.emplace_back(std::string_view(name));
  return list;
}

Object import_object(const ImportPolicy& policy) {
  return {{"strong_call_share", value_of(policy.strong_call_share)},
          {"error_propagation", value_of(policy.error_propagation)},
          {"least_failed", value_of(policy.least_failed)},
          {"core_flow_calls", name_of(policy.core_flow_calls)},
          {"kept", names_list(policy.kept)},
          {"not_services", Object{{"databases", names_list(policy.databases)},
                                  {"messaging", names_list(policy.messaging)},
                                  {"gateways", names_list(policy.gateways)},
                                  {"artefacts", names_list(policy.artefacts)},
                                  {"unknown", names_list(policy.unknown)}}}};
}

void flatten(const std::string& prefix, const Value& value, std::vector<Setting>& rows) {
  if (const Object* const object = value.object()) {
    for (const auto& [key, inner] : *object) {
      flatten(prefix.empty() ? key : fmt::format("{}.{}", prefix, key), inner, rows);
    }
    return;
  }
  const List* const list = value.list();
  if (list != nullptr && !list->empty() && list->front().object() != nullptr) {
    for (std::size_t i = 0; i < list->size(); ++i) flatten(prefix + "[" + std::to_string(i) + "]", (*list)[i], rows);
    return;
  }
  const Number* const number = value.number();
  rows.push_back({prefix, number != nullptr ? trimmed_number(*number) : value});
}

}  // namespace

std::vector<Setting> settings_of(const Object& document) {
  std::vector<Setting> settings;
  flatten("", Value(document), settings);
  return settings;
}

Object scoring_document(const Policy& policy) {
  return {{"scoring", scoring_object(policy.scoring())}, {"tiers", tier_list(policy.tiers())}};
}

Object policy_document(const Policy& policy) {
  Object document{{"schema", "migplan/policy/v1"}};
  for (auto& part : scoring_document(policy)) document.push_back(std::move(part));
  document.emplace_back("quadrant", quadrant_object(policy.quadrant()));
  document.emplace_back("schedule", schedule_policy_document(policy.schedule()));
  for (auto& part : verification_policy_document(policy)) document.push_back(std::move(part));
  const PlaybookPolicy& playbook = policy.playbook();
  document.emplace_back("playbook", Object{{"elastic_rps", value_of(playbook.elastic_rps)},
                                           {"live_heap_ratio", value_of(playbook.live_heap_ratio)},
                                           {"goroutine_stack_kib", value_of(playbook.goroutine_stack_kib)},
                                           {"least_gogc", value_of(playbook.least_gogc)},
                                           {"greatest_gogc", value_of(playbook.greatest_gogc)}});
  document.emplace_back("import", import_object(policy.imports()));
  return document;
}

}  // namespace migplan
