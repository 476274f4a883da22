#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "migplan/load/inventory_reader.hpp"
#include "migplan/merge/inventory_text.hpp"

namespace migplan {

// An inventory and where everything in its text stands.
struct PlacedInventory {
  Inventory inventory;
  InventoryText layout;
};

// Reads an inventory that is to be changed. `text` must outlive the layout. Errors: those of read_inventory; a CSV,
// which has no place for most facts; more than 1 GiB.
[[nodiscard]] Result<PlacedInventory> read_placed_inventory(std::string_view text, std::string_view name,
                                                            unsigned threads);

// The layout alone of a text without errors.
[[nodiscard]] InventoryText inventory_layout(std::string_view text, TextSyntax syntax);

// The layout of a piece of an inventory whose services may depend on others that are not in it, or what the strict
// reader says of it.
[[nodiscard]] Result<InventoryText> reread(std::string_view text, std::string_view name, TextSyntax syntax);

}  // namespace migplan
