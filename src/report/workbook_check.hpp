#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace migplan {

// Whether a finished workbook holds everything: each part ends where its first element ends, and sheet i has
// `cells[i]` cells. libxlsxwriter puts its parts together in temporary files and does not notice when there is no room
// for them; what is missing is missing from the archive without an error.
[[nodiscard]] bool is_whole_workbook(std::string_view archive, std::span<const std::size_t> cells);

}  // namespace migplan
