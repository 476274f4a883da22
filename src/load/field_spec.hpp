#pragma once

// Tables that say which fields a file of ours has: key, type, range, description and where the value goes. The strict
// reader, the JSON Schemas and the tests all work from these tables.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "migplan/base/issue.hpp"

namespace migplan {

class FieldReader;

enum class ScalarKind : std::uint8_t {
  Null,
  Boolean,
  Number,
  Text,
  Untyped /* a CSV cell, or a library's own decision */
};

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
  std::int64_t min = 0, max = 0;              // in steps of 10^-decimals, for numbers
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
  // `finish`: all fields have been read; rules between them, and where the finished item goes. May be null.
  constexpr MapSpec(std::string_view name_for_people, std::span<const FieldSpec> all,
                    void (*when_finished)(void* owner, FieldReader&) = nullptr)
      : name(name_for_people), fields(all), finish(when_finished) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].is_required) required |= 1U << i;
    }
  }

  std::string_view name;
  std::span<const FieldSpec> fields;
  void (*finish)(void* owner, FieldReader&);
  std::uint32_t required = 0;  // bit a field
};

// Whether two keys are the same: what the reader does most, so without a call for the usual lengths.
[[nodiscard]] inline bool is_same_key(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  const auto same = [&a, &b]<class Word>(Word left, Word right, std::size_t at) {
    std::memcpy(&left, a.data() + at, sizeof(Word));
    std::memcpy(&right, b.data() + at, sizeof(Word));
    return left == right;
  };
  if (a.size() > 16) return std::memcmp(a.data(), b.data(), a.size()) == 0;
  if (a.size() >= 8) {
    return same(std::uint64_t{}, std::uint64_t{}, 0) && same(std::uint64_t{}, std::uint64_t{}, a.size() - 8);
  }
  if (a.size() >= 4) {
    return same(std::uint32_t{}, std::uint32_t{}, 0) && same(std::uint32_t{}, std::uint32_t{}, a.size() - 4);
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

// "a number of percent, 0 to 100", for messages and documentation.
[[nodiscard]] std::string expectation(const ValueSpec& spec);

}  // namespace migplan
