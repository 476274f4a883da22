#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace migplan {

// A point in time as a text states it.
struct Instant {
  std::int64_t ms = 0;    // since 1970-01-01T00:00; UTC where the text states a zone, else of whatever clock wrote it
  bool has_zone = false;  // Z or an offset such as +02:00
};

// "2024-02-24T07:42:21.256Z": RFC 3339, and besides it a blank for the T, slashes in the date, a comma before the
// fraction, no zone. Fractions have 1 to 9 digits and are cut to milliseconds. Nullopt for anything else.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text) noexcept;

}  // namespace migplan
