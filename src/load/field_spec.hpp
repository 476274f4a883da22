#pragma once

// Tables that say which fields a file of ours has: key, type, range, description and where the value goes. The strict
// reader, the JSON Schemas and the tests all work from these tables.

#include <cstdint>
#include <span>
#include <string_view>

#include "migplan/base/issue.hpp"

namespace migplan {

class FieldReader;

enum class ScalarKind : std::uint8_t { Null, Boolean, Number, Text, Untyped /* a CSV cell, or a library's own decision */ };

// A parser event's value before anyone has decided what it means.
struct Scalar {
  ScalarKind kind = ScalarKind::Null;
  std::string_view text;
  Position at;
};

enum class ValueType : std::uint8_t { Text, Label, Enum, Boolean, Whole, Number, Percentage, Date, Quarter, Schema };

struct ValueSpec {
  ValueType type = ValueType::Text;
  std::string_view unit{};
  int decimals = 0;
  std::int64_t min = 0, max = 0;             // in steps of 10^-decimals, for numbers
  std::span<const std::string_view> names{};  // of an Enum, or the one text of a Schema
};

struct MapSpec;

enum class Shape : std::uint8_t {
  Value,        // one value
  ValueList,    // a list of values
  Map,          // a map with known keys
  MapList,      // a list of such maps
  NamedValues,  // a map from free names to values
  NamedMaps,    // a map from free names to maps with known keys
};

struct FieldSpec {
  std::string_view key;
  std::string_view description;
  Shape shape = Shape::Value;
  ValueSpec value{};
  bool is_required = false;
  bool takes_single = false;  // ValueList: one value may stand for a list of one
  // Puts a value, or an item of a list, where it belongs in `owner`; `name` is the free key of NamedValues.
  void (*assign)(void* owner, std::string_view name, const Scalar&, const FieldSpec&, FieldReader&) = nullptr;
  // The place of a map: a member, a new item, or the one called `name`.
  void* (*enter)(void* owner, std::string_view name, FieldReader&) = nullptr;
  // A list or map of this field begins: what stood there before is replaced.
  void (*begin)(void* owner, FieldReader&) = nullptr;
  const MapSpec* map = nullptr;
};

struct MapSpec {
  std::string_view name;  // for people: "service"
  std::span<const FieldSpec> fields;
  // All fields have been read: rules between them, and where the finished item goes. May be null.
  void (*finish)(void* owner, FieldReader&) = nullptr;
};

// "a number of percent, 0 to 100", for messages and documentation.
[[nodiscard]] std::string expectation(const ValueSpec& spec);

}  // namespace migplan
