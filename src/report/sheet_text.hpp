#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace migplan {

// A text as the XML of a cell holds it, before the marks of XML are escaped.
struct SheetText {
  std::string text;
  bool is_cut = false;  // it was longer than a cell may be; it ends with "…"
};

// Code units of UTF-16 that a cell holds.
inline constexpr std::size_t kMostCellText = 32'767;

// Control characters, those that change the direction of text and what XML has no place for become visible escapes, or
// U+FFFD where they are no UTF-8 at all; ends of lines and tabs stay. "_x0041_", which a spreadsheet would turn into
// "A", is marked so that it shows as it is.
[[nodiscard]] SheetText sheet_text(std::string_view text, std::size_t most = kMostCellText);

// A name that a spreadsheet takes: at most 31 code units, none of []:*?/\, no apostrophe at its ends, no word that is
// taken.
[[nodiscard]] std::string sheet_name(std::string_view wanted, std::size_t most = 31);

}  // namespace migplan
