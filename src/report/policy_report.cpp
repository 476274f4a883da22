#include <yaml-cpp/emitter.h>

#include <utility>

#include "migplan/report/views.hpp"
#include "policy_document.hpp"
#include "table_choice.hpp"

namespace migplan {
namespace {

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

}  // namespace

std::string policy_yaml(const Policy& policy) {
  YAML::Emitter yaml;
  emit(yaml, Value(policy_document(policy)));
  return std::string(yaml.c_str()) + "\n";
}

Result<Report> policy_report(const Policy& policy, const TableChoice& choice) {
  const auto rows = std::make_shared<std::vector<Setting>>(settings_of(policy_document(policy)));
  std::vector<Column> columns;
  columns.push_back({"key", "key", Shown::Always, false,
                     [rows](std::size_t i) -> Value { return std::string_view((*rows)[i].key); }});
  columns.push_back({"value", "value", Shown::Always, false, [rows](std::size_t i) { return (*rows)[i].value; }});
  auto table = std::make_shared<Table>("settings", "", rows->size(), std::move(columns));
  Issues issues = apply(choice, *table);
  if (issues.has_errors()) return issues;
  return Report{.document = policy_document(policy), .tables = {table}, .notes = {}};
}

}  // namespace migplan
