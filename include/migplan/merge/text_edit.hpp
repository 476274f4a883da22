#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/merge/fact_text.hpp"
#include "migplan/merge/inventory_text.hpp"
#include "migplan/merge/merging.hpp"

namespace migplan {

// What stands in [begin, end) of a text becomes `text`.
struct TextEdit {
  std::size_t begin = 0, end = 0;
  std::string text;
};

// The edits that bring changes into the text of an inventory, by place and apart from each other. A value that stands
// is replaced where it stands; a key that is missing comes behind the one that it follows in the order of facts, as the
// rest of the file is written; new services come last. Nothing else is touched. `changes` as merge_reports gives them:
// none of a tied fact. Linear in changes and, once, in services.
[[nodiscard]] std::vector<TextEdit> inventory_edits(const InventoryText& layout, std::span<const FactChange> changes,
                                                    std::span<const std::string> new_services, const FactOrder& order);

[[nodiscard]] std::string with_edits(std::string_view text, std::span<const TextEdit> edits);

// A unified diff with three lines of context; empty where there is no edit.
[[nodiscard]] std::string unified_diff(std::string_view text, std::span<const TextEdit> edits,
                                       std::string_view old_name, std::string_view new_name);

// A new inventory without services, to be filled by edits.
[[nodiscard]] std::string_view empty_inventory(TextSyntax syntax) noexcept;

}  // namespace migplan
