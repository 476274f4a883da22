#pragma once

#include <cstddef>
#include <string_view>

namespace migplan {

// A DNS-like label: 1 to 63 of a-z, 0-9 and '-', with a letter or digit at both ends. Such a name can be no path, no
// shell word and no terminal escape.
inline constexpr std::size_t kLongestLabel = 63;
[[nodiscard]] bool is_label(std::string_view text) noexcept;

}  // namespace migplan
