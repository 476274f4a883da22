#pragma once

#include <span>
#include <string_view>

namespace migplan {

// The known name that `text` was probably meant to be, or "" where none is close: at most a third of the letters may
// differ (Damerau-Levenshtein distance, adjacent letters swapped count once). The first of equals wins.
[[nodiscard]] std::string_view nearest_name(std::string_view text, std::span<const std::string_view> known);

}  // namespace migplan
