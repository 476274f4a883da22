#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "field_spec.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/result.hpp"

namespace migplan {

enum class JsonKind : std::uint8_t { Null, Boolean, Number, Text, List, Map };

class JsonTree;

// A value of a JsonTree, which must outlive it. Cheap to copy.
class JsonValue {
 public:
  [[nodiscard]] JsonKind kind() const noexcept;
  [[nodiscard]] bool is_map() const noexcept { return kind() == JsonKind::Map; }
  [[nodiscard]] bool is_list() const noexcept { return kind() == JsonKind::List; }
  [[nodiscard]] bool is_text() const noexcept { return kind() == JsonKind::Text; }
  [[nodiscard]] bool is_number() const noexcept { return kind() == JsonKind::Number; }
  [[nodiscard]] bool is_null() const noexcept { return kind() == JsonKind::Null; }
  // A text without its quotes and escapes, a number or word as it is written, else empty.
  [[nodiscard]] std::string_view text() const noexcept;
  // The key under which it stands in a map; empty elsewhere.
  [[nodiscard]] std::string_view key() const noexcept;
  [[nodiscard]] Position at() const noexcept;
  // "results.metrics[3].values"; empty at the root.
  [[nodiscard]] std::string path() const;

  // The value of a key of a map; nullopt where there is none, or this is no map. Linear in the keys.
  [[nodiscard]] std::optional<JsonValue> find(std::string_view key) const noexcept;
  // The same along several keys.
  [[nodiscard]] std::optional<JsonValue> find_in(std::initializer_list<std::string_view> keys) const noexcept;

  // The values of a list or a map, in their order.
  class Iterator {
   public:
    Iterator(const JsonTree* tree, std::uint32_t index) noexcept : tree_(tree), index_(index) {}
    JsonValue operator*() const noexcept { return {tree_, index_}; }
    Iterator& operator++() noexcept;
    friend bool operator==(const Iterator& a, const Iterator& b) noexcept { return a.index_ == b.index_; }

   private:
    const JsonTree* tree_;
    std::uint32_t index_;
  };
  [[nodiscard]] Iterator begin() const noexcept;
  [[nodiscard]] Iterator end() const noexcept;
  [[nodiscard]] bool is_empty() const noexcept { return begin() == end(); }

  // An error at this place with this path.
  [[nodiscard]] Issue issue(std::string message, std::string hint = {}) const;
  // "found "12", expected a number"
  [[nodiscard]] Issue unexpected(std::string_view expected) const;

 private:
  friend class JsonTree;
  JsonValue(const JsonTree* tree, std::uint32_t index) noexcept : tree_(tree), index_(index) {}

  const JsonTree* tree_;
  std::uint32_t index_;
};

enum class RepeatedKeys : std::uint8_t { Refused, LastCounts };

// A JSON text of another tool as a tree, each value with its place. Neither copied nor moved: values point into it.
class JsonTree {
 public:
  // A byte-order mark in front is passed over. Memory: some 60 bytes a value besides the text. `first_line`: of the
  // text in its file.
  JsonTree(std::string text, std::string_view file, RepeatedKeys repeated = RepeatedKeys::Refused,
           std::uint32_t first_line = 1);
  JsonTree(const JsonTree&) = delete;
  JsonTree& operator=(const JsonTree&) = delete;

  // What is wrong with the text; the root may be asked for only where there is no error.
  [[nodiscard]] const Issues& issues() const noexcept { return issues_; }
  [[nodiscard]] JsonValue root() const noexcept { return {this, 0}; }
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

 private:
  friend class JsonValue;
  struct Node {
    JsonKind kind = JsonKind::Null;
    std::uint32_t parent = 0;
    std::uint32_t end = 0;  // the node behind it and all that it holds
    Position at;
    std::string_view key, text;
  };
  class Builder;

  std::string text_;
  std::string file_;
  std::vector<Node> nodes_;
  std::vector<std::unique_ptr<std::string>> unescaped_;
  Issues issues_;
};

// Readings of a value; what does not fit is added to `issues` and gives nullopt. A null counts as absent.
[[nodiscard]] std::optional<std::uint64_t> read_whole(const JsonValue& value, Issues& issues);
[[nodiscard]] std::optional<double> read_real(const JsonValue& value, Issues& issues);
[[nodiscard]] std::optional<std::string_view> read_text(const JsonValue& value, Issues& issues);
// Steps of 10^-decimals within a range.
[[nodiscard]] std::optional<std::int64_t> read_steps(const JsonValue& value, int decimals, std::int64_t least,
                                                     std::int64_t greatest, Issues& issues);
template <class Q>
[[nodiscard]] std::optional<Q> read_quantity(const JsonValue& value, Issues& issues) {
  const auto steps = read_steps(value, Q::kDecimals, Q::min().steps(), Q::max().steps(), issues);
  return steps ? std::optional(Q::from_steps(*steps)) : std::nullopt;
}

}  // namespace migplan
