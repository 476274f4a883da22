#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "field_reader.hpp"
#include "json_tree.hpp"
#include "migplan/base/result.hpp"
#include "migplan/base/text_arena.hpp"
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
  // Where the first line of a literal block ("|") stands, whose lines are those of the file; nullopt = the lines of
  // the text are not, or it is of one line by itself.
  [[nodiscard]] std::optional<Position> block_at() const noexcept;
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
  // Calls `use` with each of them.
  template <class Use>
  void for_each_item(const Use& use) const;

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
// a limit that stops alias bombs; keys that stand in a map twice are errors. Neither copied nor moved. Memory: 72 bytes
// a value besides its text.
class YamlTree {
 public:
  YamlTree(ByteSource& source, std::string_view file);
  // Of a text without a byte-order mark that begins at a place of its file, in whose column its lines begin. It must
  // outlive the tree.
  YamlTree(std::string_view text, std::string_view file, Position begin);
  // Of a JSON text, which must be without errors and need not outlive it.
  explicit YamlTree(const JsonTree& json);
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
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Node {
    YamlKind kind = YamlKind::Null;
    std::uint32_t parent = 0;  // itself at a root
    std::uint32_t first_child = kNone, last_child = kNone, next = kNone;
    Position at, key_at;
    std::string_view text, key;
  };

  // `text` is what the stream reads, where it is in memory.
  void parse(std::istream& stream, std::string_view text, const std::function<void()>& begin,
             const std::function<bool()>& is_over);
  void refuse(Position at, std::string message, Cause cause = Cause::Syntax);
  std::uint32_t copy_of_json(const JsonValue& value, std::uint32_t parent);
  void append_child(std::uint32_t parent, std::uint32_t child) noexcept;

  std::string file_;
  Position begin_{1, 1};
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> roots_;
  std::vector<std::pair<std::uint32_t, Position>> blocks_;  // literal blocks by node, in their order
  TextArena texts_;                                         // of values that do not stand in the text as they are
  Issues issues_;
};

template <class Use>
void YamlValue::for_each_item(const Use& use) const {
  for (std::uint32_t child = tree_->nodes_[index_].first_child; child != YamlTree::kNone;
       child = tree_->nodes_[child].next) {
    use(YamlValue(tree_, child));
  }
}

// The events of a value, for the strict reader.
void feed_value(const YamlValue& value, FieldReader& reader);

}  // namespace migplan
