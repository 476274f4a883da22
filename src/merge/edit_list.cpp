#include "edit_list.hpp"

#include <algorithm>
#include <utility>

namespace migplan {

void EditList::replace_value(TextIndex node, std::string text) {
  const TextNode& old = layout_[node];
  if (old.begin == old.end) return replace(old.begin, old.end, " " + text);  // "debt:" with nothing behind it
  const bool is_block = (old.kind == TextKind::Map || old.kind == TextKind::Sequence) && !old.is_flow;
  if (is_block) return replace_behind_colon(node, " " + text);
  replace(old.begin, old.end, std::move(text));
}

void EditList::replace_behind_colon(TextIndex entry, std::string text) {
  const TextNode& node = layout_[entry];
  const std::size_t colon = layout_.text.find(':', node.key_end);
  const std::size_t behind = std::min(colon, layout_.text.size() - 1) + 1;
  replace(behind, std::max<std::size_t>(behind, node.end), std::move(text));
}

void EditList::insert_lines(std::size_t at, const std::string& lines) {
  const bool has_newline = at == 0 || layout_.text[at - 1] == '\n';
  const std::string newline(style_.newline());
  replace(at, at, has_newline ? lines + newline : newline + lines);
}

std::size_t EditList::begin_of(TextIndex item) const noexcept {
  const TextNode& node = layout_[item];
  return node.key_begin == node.key_end ? node.begin : node.key_begin;
}

std::string EditList::separator(TextIndex collection) const {
  const TextNode& node = layout_[collection];
  const TextIndex first = node.first_child, second = layout_[first].next;
  std::string_view between = second != TextNode::kNone
                                 ? layout_.text.substr(layout_[first].end, begin_of(second) - layout_[first].end)
                                 : layout_.text.substr(node.begin + 1, begin_of(first) - node.begin - 1);
  if (between.find_first_not_of(", \t\r\n") != std::string_view::npos) return ", ";
  if (second != TextNode::kNone) return std::string(between);
  if (between.find('\n') == std::string_view::npos) return ", ";
  std::string separator(",");
  separator += between;
  return separator;
}

void EditList::add_entry(TextIndex map, TextIndex behind, std::string_view text) {
  const TextNode& node = layout_[map];
  if (node.is_flow) {
    if (node.first_child == TextNode::kNone) return replace(node.begin + 1, node.begin + 1, std::string(text));
    const std::size_t at = layout_[behind].end;
    return replace(at, at, separator(map) + std::string(text));
  }
  const std::string indent(layout_.column(node.begin), ' ');
  insert_lines(layout_.line_end(layout_[behind].end), indent + std::string(text));
}

void EditList::add_item(TextIndex list, std::string_view text) {
  const TextNode& node = layout_[list];
  if (node.first_child == TextNode::kNone) return replace(node.begin + 1, node.begin + 1, std::string(text));
  const std::size_t at = layout_[node.last_child].end;
  replace(at, at, separator(list) + std::string(text));
}

void EditList::add_items(const std::vector<std::string>& services) {
  if (layout_.list) {
    const TextNode& list = layout_[*layout_.list];
    const bool is_empty = list.first_child == TextNode::kNone;
    const std::string newline(style_.newline());
    const std::string between = is_empty ? "," + newline : separator(*layout_.list);
    std::string all;
    for (const std::string& service : services) all += (all.empty() ? "" : between) + service;
    return add_item(*layout_.list, is_empty ? newline + all + newline : all);
  }
  for (const std::string& service : services) insert_lines(layout_.text.size(), service);
}

std::size_t EditList::dash_of(TextIndex item) const noexcept {
  std::size_t at = layout_[item].begin;
  while (at > 0 && std::string_view(" \t\r\n").find(layout_.text[at - 1]) != std::string_view::npos) --at;
  return at > 0 && layout_.text[at - 1] == '-' ? at - 1 : layout_[item].begin;
}

std::vector<TextEdit> EditList::in_order() {
  std::stable_sort(edits_.begin(), edits_.end(),
                   [](const TextEdit& a, const TextEdit& b) { return a.begin < b.begin; });
  return std::move(edits_);
}

}  // namespace migplan
