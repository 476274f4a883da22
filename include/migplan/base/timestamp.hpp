#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace migplan {

// Milliseconds since 1970-01-01T00:00:00Z of an RFC 3339 time: "2024-07-01T12:00:00.250Z", "…+08:00"; a space may stand
// for the T, digits beyond milliseconds are cut off. A leap second counts as the second behind it.
[[nodiscard]] std::optional<std::int64_t> parse_timestamp(std::string_view text) noexcept;
// "2024-07-01T12:00:00.250Z"; without the fraction where it is 0.
[[nodiscard]] std::string timestamp_text(std::int64_t milliseconds);

}  // namespace migplan
