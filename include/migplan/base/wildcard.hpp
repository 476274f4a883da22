#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace migplan {

// Patterns of names: '*' stands for any characters, also none; all else for itself. As short as possible from the
// left, so that one text matches in one way. O(pattern x text) at worst, never more.

[[nodiscard]] bool matches_wildcard(std::string_view pattern, std::string_view text) noexcept;
// What each '*' stands for; nullopt where the text does not match.
[[nodiscard]] std::optional<std::vector<std::string_view>> wildcard_parts(std::string_view pattern,
                                                                          std::string_view text);
[[nodiscard]] std::size_t wildcard_stars(std::string_view pattern) noexcept;

// `made` with $1 … $9 replaced by what the first to ninth '*' stands for; "$$" is a dollar sign.
[[nodiscard]] std::string fill_in(std::string_view made, const std::vector<std::string_view>& parts);
// The greatest number behind a '$'; nullopt where one is not followed by 1 to 9 or another '$'.
[[nodiscard]] std::optional<std::size_t> greatest_reference(std::string_view made) noexcept;

}  // namespace migplan
