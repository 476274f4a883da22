#include "migplan/load/inventory_facts.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "field_reader.hpp"
#include "inventory_spec.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/nearest.hpp"

namespace migplan {
namespace {

bool is_text_list(const FieldSpec& field) {
  return field.shape == Shape::ValueList && field.value.type == ValueType::Text;
}

const FieldSpec* field_in(const MapSpec& map, std::string_view key) {
  const auto at = std::find_if(map.fields.begin(), map.fields.end(), [key](const auto& f) { return f.key == key; });
  return at == map.fields.end() ? nullptr : &*at;
}

// Null for what is no fact.
const FieldSpec* field_of(std::string_view fact) {
  const std::size_t point = fact.find('.');
  const FieldSpec* field = field_in(service_spec(), fact.substr(0, point));
  if (field == nullptr || fact == "name") return nullptr;
  if (point == std::string_view::npos) {
    return field->shape == Shape::Value || is_text_list(*field) ? field : nullptr;
  }
  if (field->shape != Shape::Map || field->key == "override") return nullptr;
  field = field_in(*field->map, fact.substr(point + 1));
  return field != nullptr && field->shape == Shape::Value ? field : nullptr;
}

bool is_number(const FieldSpec& field) {
  return field.value.type == ValueType::Whole || field.value.type == ValueType::Number ||
         field.value.type == ValueType::Percentage;
}

Scalar scalar_of(const ObservedValue& value, Position at) {
  if (const auto* number = std::get_if<ObservedNumber>(&value)) return {ScalarKind::Untyped, number->text, at};
  if (const auto* text = std::get_if<ObservedText>(&value)) return {ScalarKind::Text, text->text, at};
  if (const auto* flag = std::get_if<bool>(&value)) return {ScalarKind::Boolean, *flag ? "true" : "false", at};
  return {};
}

// Feeds one fact as if it stood alone in a service.
void feed_fact(const Observation& fact, FieldReader& reader) {
  const Position at = fact.place.at;
  const std::string_view path = fact.fact;
  const std::size_t point = path.find('.');
  reader.begin_map(at);
  reader.key(path.substr(0, point), at);
  if (point != std::string_view::npos) {
    reader.begin_map(at);
    reader.key(path.substr(point + 1), at);
  }
  if (const auto* items = std::get_if<std::vector<std::string>>(&fact.value)) {
    reader.begin_list(at);
    for (const std::string& item : *items) reader.scalar({ScalarKind::Text, item, at});
    reader.end_list();
  } else {
    reader.scalar(scalar_of(fact.value, at));
  }
  if (point != std::string_view::npos) reader.end_map();
  reader.abandon();  // a service without a name would be refused for that
}

void settle_boolean(ObservedValue& value, const std::string& text) {
  if (text == "true" || text == "TRUE" || text == "True") {
    value = true;
  } else if (text == "false" || text == "FALSE" || text == "False") {
    value = false;
  }
}

// The value in its fact's own type and notation; what does not fit stays and is refused.
void settle(ObservedValue& value, const FieldSpec& field) {
  if (auto* const text = std::get_if<ObservedText>(&value)) {
    if (field.shape == Shape::Value && is_number(field)) {
      value = ObservedNumber{std::move(text->text)};
    } else if (field.value.type == ValueType::Boolean) {
      settle_boolean(value, text->text);
    }
  }
  auto* const number = std::get_if<ObservedNumber>(&value);
  if (number == nullptr) return;
  const Decimal read = parse_decimal(number->text, field.value.decimals);
  if (read.status == DecimalStatus::Ok) number->text = trimmed(read.steps, field.value.decimals);
}

Issue unknown_fact(const Observation& fact, std::string_view file) {
  std::vector<std::string_view> known(inventory_facts().begin(), inventory_facts().end());
  const std::string_view near = nearest_name(fact.fact, known);
  return {Severity::Error,
          std::string(file),
          fact.place.at,
          fact.place.field,
          "no fact of an inventory: " + in_quotes(fact.fact),
          near.empty() ? "" : "did you mean " + std::string(near) + "?"};
}

// The path of the report, not that of the inventory, is what the reader of the message has before him.
Issues placed(const Issues& issues, const Observation& fact) {
  Issues moved;
  for (Issue issue : issues.kept()) {
    if (!fact.place.field.empty()) issue.path = fact.place.field;
    issue.message = fact.fact + ": " + issue.message;
    moved.add(std::move(issue));
  }
  return moved;
}

}  // namespace

const std::vector<std::string>& inventory_facts() {
  static const std::vector<std::string> kFacts = [] {
    std::vector<std::string> facts;
    for (const FieldSpec& field : service_spec().fields) {
      if (field_of(field.key) != nullptr) facts.emplace_back(field.key);
      if (field.shape != Shape::Map) continue;
      for (const FieldSpec& inner : field.map->fields) {
        std::string path = std::string(field.key) + "." + std::string(inner.key);
        if (field_of(path) != nullptr) facts.push_back(std::move(path));
      }
    }
    return facts;
  }();
  return kFacts;
}

const std::vector<std::string>& service_keys() {
  static const std::vector<std::string> kKeys = [] {
    std::vector<std::string> keys;
    for (const FieldSpec& field : service_spec().fields) keys.emplace_back(field.key);
    return keys;
  }();
  return kKeys;
}

bool is_list_fact(std::string_view fact) noexcept {
  const FieldSpec* const field = field_of(fact);
  return field != nullptr && field->shape == Shape::ValueList;
}

bool is_number_fact(std::string_view fact) noexcept {
  const FieldSpec* const field = field_of(fact);
  return field != nullptr && field->shape == Shape::Value && is_number(*field);
}

Issues check_facts(std::vector<Observation>& facts, std::string_view file) {
  Issues issues;
  TextArena arena;
  InventoryPart part;
  ServiceDraft draft;
  draft.part = &part;
  Issues found;
  FieldReader reader(service_spec(), &draft, file, found, arena);
  for (Observation& fact : facts) {
    const FieldSpec* const field = field_of(fact.fact);
    if (field == nullptr) {
      issues.add(unknown_fact(fact, file));
      continue;
    }
    settle(fact.value, *field);
    feed_fact(fact, reader);
    draft.reset();
    if (found.is_empty()) continue;
    issues.append(placed(found, fact));
    found = Issues();
  }
  return issues;
}

}  // namespace migplan
