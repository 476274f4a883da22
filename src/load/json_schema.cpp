#include "migplan/load/json_schema.hpp"

#include <nlohmann/json.hpp>
#include <string_view>

#include "exemption_spec.hpp"
#include "field_spec.hpp"
#include "gate_manifest_spec.hpp"
#include "imports_spec.hpp"
#include "indicators_spec.hpp"
#include "inventory_spec.hpp"
#include "levels_spec.hpp"
#include "migplan/base/decimal.hpp"
#include "playbook_spec.hpp"
#include "policy_spec.hpp"
#include "project_spec.hpp"
#include "types_spec.hpp"

namespace migplan {
namespace {

using Json = nlohmann::ordered_json;

// Limits are whole or have few decimals: their text is exact.
Json number_of(std::int64_t steps, int decimals) { return Json::parse(trimmed(steps, decimals)); }

Json number_schema(const ValueSpec& spec) {
  return {{"type", spec.type == ValueType::Whole ? "integer" : "number"},
          {"minimum", number_of(spec.min, spec.decimals)},
          {"maximum", number_of(spec.max, spec.decimals)}};
}

Json value_schema(const ValueSpec& spec) {
  switch (spec.type) {
    case ValueType::Text: return {{"type", "string"}};
    case ValueType::Label: return {{"type", "string"}, {"pattern", "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"}};
    case ValueType::Enum:
      return {{"type", "string"}, {"enum", std::vector<std::string>(spec.names.begin(), spec.names.end())}};
    case ValueType::Boolean: return {{"enum", {true, false, 0, 1}}};
    case ValueType::Whole:
    case ValueType::Number: return number_schema(spec);
    case ValueType::Percentage:
      return {{"anyOf", {number_schema(spec), {{"type", "string"}, {"pattern", "^[0-9]+(\\.[0-9]+)?%$"}}}}};
    case ValueType::Date: return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
    case ValueType::Quarter: return {{"type", "string"}, {"pattern", "^[0-9]{4}-Q[1-4]$"}};
    case ValueType::Schema: return {{"const", spec.names.front()}};
  }
  return Json::object();
}

Json map_schema(const MapSpec& map);

Json shape_schema(const FieldSpec& field) {
  switch (field.shape) {
    case Shape::Value: return value_schema(field.value);
    case Shape::ValueList: {
      Json list{{"type", "array"}, {"items", value_schema(field.value)}};
      return field.takes_single ? Json{{"anyOf", {value_schema(field.value), list}}} : list;
    }
    case Shape::Map: {
      Json schema = map_schema(*field.map);
      if (!field.takes_single && !field.takes_list) return schema;
      Json any{{"anyOf", {std::move(schema)}}};
      if (field.takes_single) any["anyOf"].push_back(value_schema(field.value));
      if (field.takes_list) any["anyOf"].push_back({{"type", "array"}, {"items", value_schema(field.value)}});
      return any;
    }
    case Shape::MapList: {
      Json item = map_schema(*field.map);
      if (field.takes_single) item = {{"anyOf", {value_schema(field.value), std::move(item)}}};
      return {{"type", "array"}, {"items", std::move(item)}};
    }
    case Shape::NamedValues: {
      const Json one = value_schema(field.value);
      const Json list{{"type", "array"}, {"items", one}};
      return {{"type", "object"}, {"additionalProperties", field.takes_list ? Json{{"anyOf", {one, list}}} : one}};
    }
    case Shape::NamedMaps: {
      Json item = map_schema(*field.map);
      if (field.takes_single) item = {{"anyOf", {value_schema(field.value), std::move(item)}}};
      return {{"type", "object"}, {"additionalProperties", std::move(item)}};
    }
  }
  return Json::object();
}

// A key without a value counts as left out, so every optional field may be null too.
Json field_schema(const FieldSpec& field) {
  std::string description(field.description);
  if (!field.value.unit.empty()) description += " Unit: " + std::string(field.value.unit) + ".";
  Json schema{{"description", description}};
  if (field.is_required || field.value.type == ValueType::Schema) {
    schema.update(shape_schema(field));
  } else {
    schema["anyOf"] = {shape_schema(field), {{"type", "null"}}};
  }
  return schema;
}

Json map_schema(const MapSpec& map) {
  Json properties = Json::object(), required = Json::array();
  for (const FieldSpec& field : map.fields) {
    properties[std::string(field.key)] = field_schema(field);
    if (field.is_required) required.push_back(field.key);
  }
  Json schema{{"type", "object"},
              {"properties", std::move(properties)},
              {"patternProperties", {{"^x-", Json::object()}}},
              {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

std::string document_schema(std::string_view id, std::string_view title, const MapSpec& map) {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"$id", id}, {"title", title}};
  schema.update(map_schema(map));
  return schema.dump(2) + "\n";
}

}  // namespace

std::string inventory_json_schema() { return document_schema(kInventorySchema, "migplan inventory", inventory_spec()); }
std::string policy_json_schema() { return document_schema(kPolicySchema, "migplan policy", policy_spec()); }
std::string exemptions_json_schema() {
  return document_schema(kExemptionsSchema, "migplan exemptions", exemptions_spec());
}
std::string project_json_schema() { return document_schema(kProjectSchema, "migplan project", project_spec()); }
std::string evidence_json_schema() {
  return document_schema(kEvidenceSchema, "migplan evidence", gate_manifest_spec());
}
std::string stated_levels_json_schema() {
  return document_schema(kStatedLevelsSchema, "migplan service level objectives", stated_levels_spec());
}
std::string measured_levels_json_schema() {
  return document_schema(kMeasuredLevelsSchema, "migplan SLO counts", measured_levels_spec());
}
std::string indicators_json_schema() {
  return document_schema(kIndicatorsSchema, "migplan indicators", indicators_spec());
}
std::string playbook_rules_json_schema() {
  return document_schema(kPlaybookRulesSchema, "migplan playbook rules", playbook_spec());
}
std::string names_json_schema() { return document_schema(kNamesSchema, "migplan names", names_spec()); }
std::string imports_json_schema() { return document_schema(kImportsSchema, "migplan imports", imports_spec()); }
std::string types_json_schema() { return document_schema(kTypesSchema, "migplan types", types_spec()); }

}  // namespace migplan
