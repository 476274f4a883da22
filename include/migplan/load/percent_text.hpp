#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "migplan/base/quantity.hpp"

namespace migplan {

enum class PercentFault : std::uint8_t {
  None,
  NotANumber,
  OutOfRange,  // below 0 or above 100 percent
  TooFine,     // finer than a millionth of a percent
  Ambiguous,   // 1, which may be a percentage or the whole
};

struct PercentReading {
  PercentFault fault = PercentFault::NotANumber;
  Percent value{};
};

// Exact, never through floating point: "99.95", "0.9995".
[[nodiscard]] PercentReading read_percent(std::string_view text);
[[nodiscard]] PercentReading read_fraction(std::string_view text);
// "99.95%"; without the sign a number below 1 is a fraction and one above it a percentage: 0.9995, 99.95.
[[nodiscard]] PercentReading read_percent_or_fraction(std::string_view text);

// What to write in place of it, after "expected"; `whole`: 1 or 100.
[[nodiscard]] std::string expectation(PercentFault fault, std::string_view whole);

}  // namespace migplan
