#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace migplan {

// Columns of a terminal, or widths of a digit on a sheet: 2 for a character of East Asian scripts, 0 for one that
// combines with what stands before it.
[[nodiscard]] std::size_t display_width(std::string_view text);
// The text, or its beginning and "…" in so many columns.
[[nodiscard]] std::string cut_to_width(std::string_view text, std::size_t width);

}  // namespace migplan
