#pragma once

#include <map>
#include <string>
#include <string_view>

#include "migplan/merge/inventory_text.hpp"
#include "migplan/merge/merging.hpp"

namespace migplan {

// How the file at hand writes things, and texts written so.
class TextStyle {
 public:
  explicit TextStyle(const InventoryText& layout);

  [[nodiscard]] bool is_json() const noexcept { return layout_.syntax != TextSyntax::Yaml; }
  [[nodiscard]] std::string_view newline() const noexcept { return newline_; }
  // Whether a group or list of this key stands in brackets: as the first service that has it does.
  [[nodiscard]] bool is_flow(std::string_view key);

  [[nodiscard]] std::string key(std::string_view name) const;    // "debt: ", "\"debt\": "
  [[nodiscard]] std::string text(std::string_view value) const;  // in quotes where it needs them
  [[nodiscard]] std::string value(const ObservedValue& value) const;
  [[nodiscard]] std::string dependency(const StatedDependency& one) const;  // "{service: stock}"

 private:
  [[nodiscard]] bool is_flow_somewhere(std::string_view key) const;

  const InventoryText& layout_;
  std::string_view newline_;
  std::string colon_ = ": ";
  std::map<std::string, bool, std::less<>> flow_;
};

}  // namespace migplan
