#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/text_arena.hpp"

namespace migplan {

// Where everything in the text of an inventory stands, so that single values can be changed in it and the rest stays
// as somebody wrote it. A reader makes it beside the inventory itself; the text is without errors then.

enum class TextSyntax : std::uint8_t { Yaml, Json, JsonLines };
enum class TextKind : std::uint8_t { Null, Boolean, Number, Text, Sequence, Map, Alias };

// Offsets count bytes from the text's begin.
struct TextNode {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  TextKind kind = TextKind::Null;
  bool is_flow = false;  // a list or map in brackets
  bool is_tied = false;  // has an anchor, alias, tag or merge key of its own: other places may hang on it
  std::uint32_t parent = kNone, first_child = kNone, last_child = kNone, next = kNone;
  std::uint32_t key_begin = 0, key_end = 0;  // of a map's entry, quotes included; behind it stands a colon
  std::uint32_t begin = 0, end = 0;          // of the value, quotes and brackets included; equal = nothing is written
  std::string_view key{}, text{};            // without quotes and escapes
};

using TextIndex = std::uint32_t;  // of a node

struct InventoryText {
  std::string_view text;  // somebody else's
  TextSyntax syntax = TextSyntax::Yaml;
  std::vector<TextNode> nodes;      // parents before children
  std::vector<TextIndex> services;  // in their order
  std::optional<TextIndex> list;    // that holds them; none in JSON Lines
  TextArena texts;                  // of keys and values that are written with quotes or escapes

  [[nodiscard]] const TextNode& operator[](TextIndex i) const noexcept { return nodes[i]; }
  // The entry of a map with this key.
  [[nodiscard]] std::optional<TextIndex> find(TextIndex map, std::string_view key) const noexcept;
  // The value of a fact of a service ("debt.sonar_debt_days").
  [[nodiscard]] std::optional<TextIndex> fact(TextIndex service, std::string_view path) const noexcept;
  // Whether a change of this fact would change, or be changed by, what an anchor, alias or merge key says elsewhere.
  [[nodiscard]] bool is_tied(TextIndex service, std::string_view path) const noexcept;
  // The name of a service.
  [[nodiscard]] std::string_view name(TextIndex service) const noexcept;

  [[nodiscard]] std::size_t line_begin(std::size_t at) const noexcept;
  // Behind the newline, or the text's end.
  [[nodiscard]] std::size_t line_end(std::size_t at) const noexcept;
  [[nodiscard]] std::size_t column(std::size_t at) const noexcept { return at - line_begin(at); }
  // "\n" or "\r\n", as the first line ends.
  [[nodiscard]] std::string_view newline() const noexcept;

 private:
  [[nodiscard]] bool holds_tied(TextIndex node) const noexcept;
};

// Adds nodes in document order; for readers.
class TextNodes {
 public:
  explicit TextNodes(std::vector<TextNode>& nodes) : nodes_(nodes) {}
  TextIndex add(TextNode node);  // under the node that is open
  void open(TextIndex node) { open_.push_back(node); }
  void close() { open_.pop_back(); }
  [[nodiscard]] std::optional<TextIndex> top() const {
    return open_.empty() ? std::nullopt : std::optional(open_.back());
  }

 private:
  std::vector<TextNode>& nodes_;
  std::vector<TextIndex> open_;
};

}  // namespace migplan
