#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace migplan {

// 10^0 .. 10^19, all that 64 bits hold.
inline constexpr std::array<std::uint64_t, 20> kPowersOfTen = [] {
  std::array<std::uint64_t, 20> powers{};
  std::uint64_t power = 1;
  for (auto& entry : powers) {
    entry = power;
    power *= 10;
  }
  return powers;
}();

enum class DecimalStatus : std::uint8_t {
  Ok,
  NotANumber,  // not the grammar [+-] digits [. digits] [e [+-] digits], where one side of the point may be empty
  TooLarge,    // beyond what 64 bits of the asked steps hold, infinities among them
  TooFine,     // whole numbers only (decimals == 0) and the text has a fraction
};

// A number as `steps` x 10^-decimals: printed exactly, never through floating point.
struct Number {
  std::int64_t steps = 0;
  int decimals = 0;
};

struct Decimal {
  DecimalStatus status = DecimalStatus::NotANumber;
  std::int64_t steps = 0;  // value x 10^decimals, further digits rounded half away from zero
};

// Exact reading of a decimal number, without floating point. `decimals` in 0..9. Linear in the text.
[[nodiscard]] Decimal parse_decimal(std::string_view text, int decimals) noexcept;

// `steps` x 10^-decimals with all decimals ("88.40"); `append_trimmed` leaves out trailing zeros ("88.4", "88").
void append_fixed(std::string& out, std::int64_t steps, int decimals);
void append_trimmed(std::string& out, std::int64_t steps, int decimals);
[[nodiscard]] std::string fixed(std::int64_t steps, int decimals);
[[nodiscard]] std::string trimmed(std::int64_t steps, int decimals);

template <class Q>
[[nodiscard]] std::string trimmed(Q quantity) {
  return trimmed(quantity.steps(), Q::kDecimals);
}

__extension__ using Int128 = __int128;

// numerator / denominator, rounded half up (towards plus infinity); denominator > 0.
template <class Whole>
[[nodiscard]] constexpr std::int64_t divide_half_up_as(Whole numerator, Whole denominator) noexcept {
  const Whole doubled = 2 * numerator + denominator;
  Whole quotient = doubled / (2 * denominator);
  if (doubled % (2 * denominator) < 0) --quotient;
  return static_cast<std::int64_t>(quotient);
}
[[nodiscard]] constexpr std::int64_t divide_half_up(Int128 numerator, Int128 denominator) noexcept {
  // 128-bit division is many times slower, and seldom needed.
  constexpr Int128 kNarrow = Int128{1} << 61U;
  if (-kNarrow < numerator && numerator < kNarrow && denominator < kNarrow) {
    return divide_half_up_as(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
  }
  return divide_half_up_as(numerator, denominator);
}
// numerator / denominator, rounded down or up; denominator > 0.
[[nodiscard]] constexpr Int128 divide_down(Int128 numerator, Int128 denominator) noexcept {
  const Int128 quotient = numerator / denominator;
  return numerator % denominator < 0 ? quotient - 1 : quotient;
}
[[nodiscard]] constexpr Int128 divide_up(Int128 numerator, Int128 denominator) noexcept {
  return -divide_down(-numerator, denominator);
}

}  // namespace migplan
