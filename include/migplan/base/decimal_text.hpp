#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "migplan/base/decimal.hpp"

namespace migplan {

// A decimal number, in any notation and of any length, as one text a value: "10.50" and "1.05e1" are "10.5"; nullopt
// for what is no number.
[[nodiscard]] std::optional<std::string> canonical_number(std::string_view text);

// Whether the text is a whole number as canonical_number writes it, without a sign and of up to 18 digits.
[[nodiscard]] bool is_canonical_whole(std::string_view text) noexcept;

// Value x 10^18, digits behind cut off; nullopt for what is no decimal number, or too large for 128 bits.
[[nodiscard]] std::optional<Int128> wide_decimal(std::string_view text);

}  // namespace migplan
