#pragma once

#include <string_view>

namespace migplan {

// Whether a text that begins so, and may be cut short, is a JSON map with this key at its top.
[[nodiscard]] bool has_top_key(std::string_view beginning, std::string_view key) noexcept;

// How many bytes the first JSON value of the text takes, blanks in front included; npos where it does not end.
[[nodiscard]] std::size_t first_value_size(std::string_view text) noexcept;

}  // namespace migplan
