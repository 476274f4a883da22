#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/merge/inventory_text.hpp"
#include "migplan/merge/merging.hpp"
#include "migplan/merge/text_edit.hpp"

namespace migplan {

// Why the edited text does not say what it should: nothing but the changes may differ. Empty = it does. `after` is the
// layout of the new text, or of reread_text() of it, which may be a part.
[[nodiscard]] std::string difference(const InventoryText& before, std::span<const FactChange> changes,
                                     std::span<const std::string> new_services, const InventoryText& after,
                                     bool is_whole = true);

// What has to be read again of an edited text: of each service that changes, its name and the entries that change, as
// they stand, and what is added behind the last service. Entries of a map without braces are independent of each other,
// and all other bytes are as they were. A service in which numbers alone became other numbers is left out: each was
// found in its place, and no number of a fact limits another one. The whole text where it is no larger than
// `whole_up_to`, or services stand in brackets. `before` and `edits` as inventory_edits() had and made them.
struct Reread {
  std::string text;
  std::vector<FactChange> changes;  // that must be found in it
  bool is_whole = true;
};
[[nodiscard]] Reread reread_text(const InventoryText& before, std::span<const TextEdit> edits,
                                 std::span<const FactChange> changes, std::size_t whole_up_to);

}  // namespace migplan
