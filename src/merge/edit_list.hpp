#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/merge/text_edit.hpp"
#include "text_style.hpp"

namespace migplan {

// Gathers edits of one text, knowing how entries stand in it.
class EditList {
 public:
  EditList(const InventoryText& layout, const TextStyle& style) : layout_(layout), style_(style) {}

  void replace(std::size_t begin, std::size_t end, std::string text) {
    edits_.push_back({begin, end, std::move(text)});
  }
  // A value, where it stands or where it would stand.
  void replace_value(TextIndex node, std::string text);
  // Everything behind the colon of an entry; `text` begins with a newline or stands on the same line.
  void replace_behind_colon(TextIndex entry, std::string text);
  // Whole lines, the last one without its newline, in front of a line or at the end of the text.
  void insert_lines(std::size_t at, const std::string& lines);
  // Whole lines go.
  void remove_lines(std::size_t begin, std::size_t end) { replace(begin, end, ""); }
  // An entry of a map behind another one; in a map without braces the text has its lines' indentation but for the
  // first.
  void add_entry(TextIndex map, TextIndex behind, std::string_view text);
  // An item of a list in brackets, at its end.
  void add_item(TextIndex list, std::string_view text);
  // Services in braces, at the end of their list or, in JSON Lines, of the text.
  void add_items(const std::vector<std::string>& services);

  // Where the dash of an item of a list without brackets stands.
  [[nodiscard]] std::size_t dash_of(TextIndex item) const noexcept;

  [[nodiscard]] std::vector<TextEdit> in_order();

 private:
  // What stands between two items within brackets: ", ", or a comma and a new line.
  [[nodiscard]] std::string separator(TextIndex collection) const;
  [[nodiscard]] std::size_t begin_of(TextIndex item) const noexcept;

  const InventoryText& layout_;
  const TextStyle& style_;
  std::vector<TextEdit> edits_;
};

}  // namespace migplan
