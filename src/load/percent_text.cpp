#include "migplan/load/percent_text.hpp"

#include <fmt/format.h>

#include "migplan/base/decimal_text.hpp"

namespace migplan {
namespace {

constexpr Int128 kOne = 1'000'000'000'000'000'000;               // a wide decimal's 1
constexpr Int128 kPercentStep = kOne / 1'000'000;                // of a percentage
constexpr Int128 kFractionStep = kOne / Percent::max().steps();  // of a fraction

PercentReading read_steps(std::string_view text, Int128 step) {
  const auto value = wide_decimal(text);
  if (!value) return {PercentFault::NotANumber, {}};
  if (*value < 0 || *value > step * Percent::max().steps()) return {PercentFault::OutOfRange, {}};
  if (*value % step != 0) return {PercentFault::TooFine, {}};
  return {PercentFault::None, Percent::from_steps(static_cast<std::int64_t>(*value / step))};
}

}  // namespace

PercentReading read_percent(std::string_view text) { return read_steps(text, kPercentStep); }
PercentReading read_fraction(std::string_view text) { return read_steps(text, kFractionStep); }

PercentReading read_percent_or_fraction(std::string_view text) {
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return read_percent(text);
  }
  const auto value = wide_decimal(text);
  if (value == kOne) return {PercentFault::Ambiguous, {}};
  return value && *value < kOne ? read_fraction(text) : read_percent(text);
}

std::string expectation(PercentFault fault, std::string_view whole) {
  switch (fault) {
    case PercentFault::TooFine: return "no more than millionths of a percent";
    case PercentFault::Ambiguous: return "a percentage such as 1% or 100%: 1 might be either";
    default: return fmt::format("a number, 0 to {}", whole);
  }
}

}  // namespace migplan
