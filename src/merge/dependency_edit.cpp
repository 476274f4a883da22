#include "dependency_edit.hpp"

#include <algorithm>

namespace migplan {

std::string DependencyEditor::items_in_brackets(const std::vector<StatedDependency>& items) const {
  std::string all;
  for (const StatedDependency& item : items) all += (all.empty() ? "" : ", ") + style_.dependency(item);
  return "[" + all + "]";
}

std::string DependencyEditor::items_in_lines(const std::vector<StatedDependency>& items, std::size_t indent) const {
  std::string lines;
  for (const StatedDependency& item : items) {
    if (!lines.empty()) lines += style_.newline();
    lines += std::string(indent, ' ') + "- " + style_.dependency(item);
  }
  return lines;
}

std::string DependencyEditor::entry(std::span<const FactChange> changes, std::size_t indent, bool in_flow) {
  std::vector<StatedDependency> items;
  for (const FactChange& change : changes) {
    if (change.dependency && !change.is_removed) items.push_back(*change.dependency);
  }
  const bool is_inline = in_flow || items.empty() || style_.is_flow(kDependsOn);
  if (is_inline) return style_.key(kDependsOn) + items_in_brackets(items);
  return std::string(kDependsOn) + ":" + std::string(style_.newline()) + items_in_lines(items, indent + 2);
}

void DependencyEditor::edit(TextIndex list, std::span<const FactChange> changes) {
  std::vector<StatedDependency> added;
  if (layout_[list].kind != TextKind::Sequence) {
    for (const FactChange& change : changes) {
      if (change.dependency && !change.is_removed) added.push_back(*change.dependency);
    }
    return edits_.replace_value(list, items_in_brackets(added));
  }
  const auto standing = stated_dependencies(layout_, list);
  std::vector<bool> goes(standing.size());
  for (const FactChange& change : changes) {
    if (!change.dependency) continue;
    const auto at = std::find_if(standing.begin(), standing.end(), [&change](const PlacedDependency& one) {
      return one.stated.service == change.dependency->service;
    });
    if (at == standing.end()) {
      if (!change.is_removed) added.push_back(*change.dependency);
    } else if (change.is_removed) {
      goes[static_cast<std::size_t>(at - standing.begin())] = true;
    } else {
      edit_item(at->node, at->stated, *change.dependency);
    }
  }
  const bool is_left = std::find(goes.begin(), goes.end(), false) != goes.end();
  if (!is_left) return fill(list, added);
  remove(list, standing, goes);
  if (!added.empty()) append(list, added);
}

// Nothing of the list stays.
void DependencyEditor::fill(TextIndex list, const std::vector<StatedDependency>& items) {
  const TextNode& node = layout_[list];
  const bool in_flow = layout_[node.parent].is_flow;
  const bool is_inline = in_flow || items.empty() || style_.is_flow(kDependsOn);
  if (is_inline) return edits_.replace_value(list, items_in_brackets(items));
  const std::size_t indent = node.is_flow ? layout_.column(node.key_begin) + 2 : layout_.column(node.begin);
  edits_.replace_behind_colon(list, std::string(style_.newline()) + items_in_lines(items, indent));
}

void DependencyEditor::edit_item(TextIndex item, const StatedDependency& before, const StatedDependency& now) {
  if (before.strength != now.strength) set(item, "strength", style_.text(name_of(now.strength)));
  if (before.is_external != now.is_external) set(item, "external", now.is_external ? "true" : "false");
}

void DependencyEditor::set(TextIndex item, std::string_view key, const std::string& value) {
  if (const auto node = layout_.find(item, key)) return edits_.replace_value(*node, value);
  edits_.add_entry(item, layout_[item].last_child, style_.key(key) + value);
}

void DependencyEditor::remove(TextIndex list, const std::vector<PlacedDependency>& standing,
                              const std::vector<bool>& goes) {
  bool is_one_kept = false;  // in front of the item
  for (std::size_t i = 0; i < standing.size(); ++i) {
    const TextNode& item = layout_[standing[i].node];
    if (!goes[i]) {
      is_one_kept = true;
    } else if (!layout_[list].is_flow) {
      edits_.remove_lines(layout_.line_begin(edits_.dash_of(standing[i].node)), layout_.line_end(item.end));
    } else if (is_one_kept) {
      edits_.replace(layout_[standing[i - 1].node].end, item.end, "");
    } else {
      edits_.replace(item.begin, layout_[standing[i + 1].node].begin, "");
    }
  }
}

void DependencyEditor::append(TextIndex list, const std::vector<StatedDependency>& items) {
  const TextNode& node = layout_[list];
  if (node.is_flow) {
    for (const StatedDependency& item : items) edits_.add_item(list, style_.dependency(item));
    return;
  }
  edits_.insert_lines(layout_.line_end(layout_[node.last_child].end),
                      items_in_lines(items, layout_.column(node.begin)));
}

}  // namespace migplan
