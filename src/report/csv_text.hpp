#pragma once

#include <string>
#include <string_view>

#include "migplan/report/value.hpp"

namespace migplan {

// A cell of RFC 4180, in quotes where it needs them. A text that a spreadsheet would run as a formula gets an
// apostrophe in front; numbers are no text.
void append_csv_cell(std::string& out, std::string_view text, bool is_text);
// A list of simple values as the inventory's own CSV writes it.
[[nodiscard]] std::string listed(const List& list);

}  // namespace migplan
