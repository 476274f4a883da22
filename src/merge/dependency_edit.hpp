#pragma once

#include <span>
#include <string>
#include <vector>

#include "edit_list.hpp"
#include "text_style.hpp"

namespace migplan {

// Edits of depends_on, and new ones.
class DependencyEditor {
 public:
  DependencyEditor(const InventoryText& layout, TextStyle& style, EditList& edits)
      : layout_(layout), style_(style), edits_(edits) {}

  // Changes of a list that stands.
  void edit(TextIndex list, std::span<const FactChange> changes);
  // The entry of a service that has none.
  [[nodiscard]] std::string entry(std::span<const FactChange> changes, std::size_t indent, bool in_flow);

 private:
  [[nodiscard]] std::string items_in_brackets(const std::vector<StatedDependency>& items) const;
  [[nodiscard]] std::string items_in_lines(const std::vector<StatedDependency>& items, std::size_t indent) const;
  void fill(TextIndex list, const std::vector<StatedDependency>& items);
  void edit_item(TextIndex item, const StatedDependency& before, const StatedDependency& now);
  void set(TextIndex item, std::string_view key, const std::string& value);
  void remove(TextIndex list, const std::vector<PlacedDependency>& standing, const std::vector<bool>& goes);
  void append(TextIndex list, const std::vector<StatedDependency>& items);

  const InventoryText& layout_;
  TextStyle& style_;
  EditList& edits_;
};

}  // namespace migplan
