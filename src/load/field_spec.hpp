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

#include "migplan/base/assert.hpp"
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
  bool takes_single = false;  // ValueList, Map, MapList, NamedMaps: one value may stand for the list, or for a map
  bool takes_list = false;    // Map: a list of values may stand for it; NamedValues: one may stand for each value
  // Puts a value, or an item of a list, where it belongs in `owner`; `name` is the free key of NamedValues, NamedMaps.
  void (*assign)(void* owner, std::string_view name, const Scalar&, const FieldSpec&, FieldReader&) = nullptr;
  // The place of a map: a member, a new item, or the one called `name`.
  void* (*enter)(void* owner, std::string_view name, FieldReader&) = nullptr;
  // A list or map of this field begins: what stood there before is replaced.
  void (*begin)(void* owner, FieldReader&) = nullptr;
  const MapSpec* map = nullptr;
};

// A key and the quote behind it, to be compared in few steps with a text: its first 16 bytes, and its last 16 where it
// is longer.
class QuotedKey {
 public:
  static constexpr std::size_t kBytes = 32;  // of a text that are looked at: more than any key of ours has

  constexpr QuotedKey() noexcept = default;  // no text matches
  constexpr explicit QuotedKey(std::string_view key) noexcept {
    MIGPLAN_ASSERT(key.size() < kBytes);
    const std::size_t size = key.size() + 1;
    const auto byte = [key](std::size_t at) { return at < key.size() ? key[at] : '"'; };
    std::array<char, kHalf> head{}, mask{}, tail{};
    for (std::size_t i = 0; i < std::min(size, kHalf); ++i) {
      head[i] = byte(i);
      mask[i] = '\xFF';
    }
    if (size > kHalf) tail_at_ = size - kHalf;
    for (std::size_t i = 0; i < kHalf; ++i) tail[i] = byte(tail_at_ + i);
    head_ = std::bit_cast<Words>(head);
    mask_ = std::bit_cast<Words>(mask);
    tail_ = std::bit_cast<Words>(tail);
  }

  // Whether `text`, of which kBytes are readable, begins with it.
  [[nodiscard]] bool begins(const char* text) const noexcept {
    const auto word = [text](std::size_t at) { return word_at<std::uint64_t>(text + at); };
    if ((((word(0) & mask_[0]) ^ head_[0]) | ((word(8) & mask_[1]) ^ head_[1])) != 0) return false;
    return tail_at_ == 0 || ((word(tail_at_) ^ tail_[0]) | (word(tail_at_ + 8) ^ tail_[1])) == 0;
  }

 private:
  static constexpr std::size_t kHalf = kBytes / 2;
  using Words = std::array<std::uint64_t, 2>;
  Words head_{1, 1}, mask_{}, tail_{};
  std::size_t tail_at_ = 0;
};

enum class OtherKeys : std::uint8_t {
  Rejected,   // of files that people write: a key that is not known is a slip
  PassedOver  // of our own outputs: later versions may add some
};

struct MapSpec {
  static constexpr std::size_t kMostFields = 32;

  // `finish`: all fields have been read; rules between them, and where the finished item goes. May be null.
  constexpr MapSpec(std::string_view name_for_people, std::span<const FieldSpec> all,
                    void (*when_finished)(void* owner, FieldReader&) = nullptr, OtherKeys others = OtherKeys::Rejected)
      : name(name_for_people), fields(all), finish(when_finished), other_keys(others) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].is_required) required |= 1U << i;
      keys[i] = QuotedKey(all[i].key);
    }
  }

  // The place of a key among the fields, tried from `probable` on; fields.size() if it is none of them.
  [[nodiscard]] std::size_t find(std::string_view key, std::size_t probable) const noexcept {
    return find_from(probable, [this, key](std::size_t i) { return is_same_text(fields[i].key, key); });
  }
  // The same for the key that `text` begins with, up to a quote; QuotedKey::kBytes must be readable.
  [[nodiscard]] std::size_t find_quoted(const char* text, std::size_t probable) const noexcept {
    if (keys[probable].begins(text)) return probable;
    return find_from(probable, [this, text](std::size_t i) { return keys[i].begins(text); });
  }

  std::string_view name;
  std::span<const FieldSpec> fields;
  void (*finish)(void* owner, FieldReader&);
  OtherKeys other_keys;
  std::uint32_t required = 0;  // bit a field
  std::array<QuotedKey, kMostFields> keys{};

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
