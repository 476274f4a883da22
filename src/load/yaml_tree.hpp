#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "field_reader.hpp"
#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

enum class YamlKind : std::uint8_t { Null, Boolean, Number, Text, List, Map };

class YamlTree;

// A value of a YamlTree, which must outlive it. Cheap to copy.
class YamlValue {
 public:
  [[nodiscard]] YamlKind kind() const noexcept;
  [[nodiscard]] bool is_map() const noexcept { return kind() == YamlKind::Map; }
  [[nodiscard]] bool is_list() const noexcept { return kind() == YamlKind::List; }
  [[nodiscard]] bool is_text() const noexcept { return kind() == YamlKind::Text; }
  [[nodiscard]] bool is_number() const noexcept { return kind() == YamlKind::Number; }
  [[nodiscard]] bool is_null() const noexcept { return kind() == YamlKind::Null; }
  // Of a single value, as it is written, without quotes; else empty.
  [[nodiscard]] std::string_view text() const noexcept;
  // The key under which it stands in a map, and where; empty elsewhere.
  [[nodiscard]] std::string_view key() const noexcept;
  [[nodiscard]] Position key_at() const noexcept;
  [[nodiscard]] Position at() const noexcept;
  // "spec.objectives[0].target" inside its document; empty at the root.
  [[nodiscard]] std::string path() const;

  // The value of a key of a map; nullopt where there is none, or this is no map. A null counts as absent.
  [[nodiscard]] std::optional<YamlValue> find(std::string_view key) const noexcept;
  // The same along several keys.
  [[nodiscard]] std::optional<YamlValue> find_in(std::initializer_list<std::string_view> keys) const noexcept;
  // The text of a key; empty where there is none, or another kind of value.
  [[nodiscard]] std::string_view text_of(std::string_view key) const noexcept;

  // Of a list or a map, in their order.
  [[nodiscard]] std::vector<YamlValue> items() const;

  [[nodiscard]] Issue issue(std::string message, std::string hint = {}) const;
  // "found 12, expected a text"
  [[nodiscard]] Issue unexpected(std::string_view expected, std::string hint = {}) const;

 private:
  friend class YamlTree;
  YamlValue(const YamlTree* tree, std::uint32_t index) noexcept : tree_(tree), index_(index) {}

  const YamlTree* tree_;
  std::uint32_t index_;
};

// The documents of a YAML text of another tool, each value with its place. Aliases and merge keys are resolved, within
// a limit that stops alias bombs; keys that stand in a map twice are errors. Neither copied nor moved.
class YamlTree {
 public:
  YamlTree(ByteSource& source, std::string_view file);
  YamlTree(const YamlTree&) = delete;
  YamlTree& operator=(const YamlTree&) = delete;

  // What is wrong with the text; there are documents only where there is no error.
  [[nodiscard]] const Issues& issues() const noexcept { return issues_; }
  // Those that hold anything.
  [[nodiscard]] std::vector<YamlValue> documents() const;
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

 private:
  friend class YamlValue;
  class Builder;
  struct Node {
    YamlKind kind = YamlKind::Null;
    std::uint32_t parent = 0;  // itself at a root
    Position at, key_at;
    std::string text, key;
    std::vector<std::uint32_t> children;
  };

  std::string file_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> roots_;
  Issues issues_;
};

// The events of a value, for the strict reader.
void feed_value(const YamlValue& value, FieldReader& reader);

}  // namespace migplan
