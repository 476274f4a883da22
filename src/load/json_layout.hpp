#pragma once

#include "migplan/merge/inventory_text.hpp"

namespace migplan {

// Notes where each value of a JSON or JSON Lines inventory stands. The text has been read without errors before.
void note_json(InventoryText& into);

}  // namespace migplan
