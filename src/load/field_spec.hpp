#pragma once

// Tables that say which fields a file of ours has: key, type, range, description and where the value goes. The strict
// reader, the JSON Schemas and the tests all work from these tables.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "migplan/base/issue.hpp"
#include "migplan/base/plain_number.hpp"
#include "migplan/base/short_text.hpp"

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
  PlainNumber plain{};  // of a Number whose parser has read it already
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

// How a key and the quote behind it begin, to be compared in one step with a text.
class KeyHead {
 public:
  static constexpr std::size_t kBytes = 16;
  using Words = std::array<std::uint64_t, 2>;

  constexpr KeyHead() noexcept = default;
  constexpr explicit KeyHead(std::string_view key) noexcept {
    std::array<char, kBytes> bytes{}, mask{};
    for (std::size_t i = 0; i < std::min(key.size() + 1, kBytes); ++i) {
      bytes[i] = i < key.size() ? key[i] : '"';
      mask[i] = '\xFF';
    }
    bytes_ = std::bit_cast<Words>(bytes);
    mask_ = std::bit_cast<Words>(mask);
  }
  [[nodiscard]] constexpr bool matches(const Words& text) const noexcept {
    return (((text[0] ^ bytes_[0]) & mask_[0]) | ((text[1] ^ bytes_[1]) & mask_[1])) == 0;
  }

 private:
  Words bytes_{}, mask_{};
};

struct MapSpec {
  static constexpr std::size_t kMostFields = 32;

  // `finish`: all fields have been read; rules between them, and where the finished item goes. May be null.
  constexpr MapSpec(std::string_view name_for_people, std::span<const FieldSpec> all,
                    void (*when_finished)(void* owner, FieldReader&) = nullptr)
      : name(name_for_people), fields(all), finish(when_finished) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].is_required) required |= 1U << i;
      heads[i] = KeyHead(all[i].key);
    }
  }

  // The place of a key among the fields, tried from `probable` on; fields.size() if it is none of them.
  [[nodiscard]] std::size_t find(std::string_view key, std::size_t probable) const noexcept {
    return find_from(probable, [this, key](std::size_t i) { return is_same_text(fields[i].key, key); });
  }
  // The same for the key that `text` begins with, up to a quote; KeyHead::kBytes must be readable.
  [[nodiscard]] std::size_t find_quoted(const char* text, std::size_t probable) const noexcept {
    const KeyHead::Words head{word_at<std::uint64_t>(text), word_at<std::uint64_t>(text + sizeof(std::uint64_t))};
    return find_from(probable, [this, text, &head](std::size_t i) {
      if (!heads[i].matches(head)) return false;
      const std::string_view key = fields[i].key;
      constexpr std::size_t kSeen = KeyHead::kBytes;
      return key.size() < kSeen ||
             (text[key.size()] == '"' && std::memcmp(text + kSeen, key.data() + kSeen, key.size() - kSeen) == 0);
    });
  }

  std::string_view name;
  std::span<const FieldSpec> fields;
  void (*finish)(void* owner, FieldReader&);
  std::uint32_t required = 0;  // bit a field
  std::array<KeyHead, kMostFields> heads{};

 private:
  template <class IsKey>
  [[nodiscard]] std::size_t find_from(std::size_t first, IsKey is_key) const noexcept {
    for (std::size_t i = first; i < fields.size(); ++i) {
      if (is_key(i)) return i;
    }
    for (std::size_t i = 0; i < std::min(first, fields.size()); ++i) {
      if (is_key(i)) return i;
    }
    return fields.size();
  }
};

// "a number of percent, 0 to 100", for messages and documentation.
[[nodiscard]] std::string expectation(const ValueSpec& spec);

}  // namespace migplan
