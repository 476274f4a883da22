#include <yaml-cpp/emitter.h>

#include <utility>

#include "migplan/report/views.hpp"
#include "table_choice.hpp"

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

Object policy_object(const Policy& policy) {
  return {{"schema", "migplan/policy/v1"},
          {"scoring", scoring_object(policy.scoring())},
          {"tiers", tier_list(policy.tiers())},
          {"quadrant", quadrant_object(policy.quadrant())}};
}

void emit(YAML::Emitter& yaml, const Value& value) {
  if (const Object* const object = value.object()) {
    yaml << YAML::BeginMap;
    for (const auto& [key, inner] : *object) {
      yaml << YAML::Key << key << YAML::Value;
      emit(yaml, inner);
    }
    yaml << YAML::EndMap;
  } else if (const List* const list = value.list()) {
    const bool is_flat = list->empty() || list->front().object() == nullptr;
    if (is_flat) yaml << YAML::Flow;
    yaml << YAML::BeginSeq;
    for (const Value& item : *list) emit(yaml, item);
    yaml << YAML::EndSeq;
  } else if (const Number* const number = value.number()) {
    yaml << trimmed(number->steps, number->decimals);
  } else {
    std::string plain;
    append_plain(plain, value);
    // Quoted where the plain text would be read as a number or the like.
    const bool is_ambiguous = plain.empty() || parse_decimal(plain, 9).status != DecimalStatus::NotANumber ||
                              plain == "true" || plain == "false" || plain == "null" || plain == "~";
    if (is_ambiguous) yaml << YAML::DoubleQuoted;
    yaml << plain;
  }
}

struct Row {
  std::string key;
  Value value;
};

void flatten(const std::string& prefix, const Value& value, std::vector<Row>& rows) {
  if (const Object* const object = value.object()) {
    for (const auto& [key, inner] : *object) flatten(prefix.empty() ? key : prefix + "." + key, inner, rows);
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

std::string policy_yaml(const Policy& policy) {
  YAML::Emitter yaml;
  emit(yaml, Value(policy_object(policy)));
  return std::string(yaml.c_str()) + "\n";
}

Result<Report> policy_report(const Policy& policy, const TableChoice& choice) {
  auto rows = std::make_shared<std::vector<Row>>();
  flatten("", Value(policy_object(policy)), *rows);
  std::vector<Column> columns;
  columns.push_back({"key", "key", Shown::Always, false,
                     [rows](std::size_t i) -> Value { return std::string_view((*rows)[i].key); }});
  columns.push_back({"value", "value", Shown::Always, false, [rows](std::size_t i) { return (*rows)[i].value; }});
  auto table = std::make_shared<Table>("settings", "", rows->size(), std::move(columns));
  Issues issues = apply(choice, *table);
  if (issues.has_errors()) return issues;
  return Report{.document = policy_object(policy), .tables = {table}, .notes = {}};
}

}  // namespace migplan
