#include "migplan/base/decimal.hpp"
#include "migplan/base/ascii.hpp"

#include <array>
#include <limits>

namespace migplan {
namespace {

constexpr int kMostDigits = 19;  // what 64 bits always hold

// The digits of a number as a whole number and the power of ten that goes with it; `dropped` is the first digit that
// did not fit, kept for rounding.
struct Digits {
  std::uint64_t mantissa = 0;
  std::int64_t exponent = 0;
  int count = 0;
  int dropped = -1;
  bool any = false;
  bool has_lost = false;  // a digit other than 0 did not fit

  void add(char c, bool behind_point) noexcept {
    any = true;
    const int digit = c - '0';
    if (count == 0 && digit == 0) {
      if (behind_point) --exponent;
      return;
    }
    if (count < kMostDigits) {
      mantissa = mantissa * 10 + static_cast<std::uint64_t>(digit);
      ++count;
      if (behind_point) --exponent;
      return;
    }
    if (dropped < 0) dropped = digit;
    if (digit != 0) has_lost = true;
    if (!behind_point) ++exponent;
  }
};

bool read_exponent(std::string_view& text, std::int64_t& exponent) noexcept {
  text.remove_prefix(1);
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) return false;
  std::int64_t value = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
    if (value < 100'000) value = value * 10 + (text.front() - '0');
  }
  exponent += negative ? -value : value;
  return text.empty();
}

bool read_digits(std::string_view text, Digits& digits) noexcept {
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) digits.add(text.front(), false);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) digits.add(text.front(), true);
  }
  if (!digits.any) return false;
  if (text.empty()) return true;
  if (text.front() != 'e' && text.front() != 'E') return false;
  return read_exponent(text, digits.exponent);
}

// mantissa x 10^shift, rounded half away from zero when shift is negative.
Decimal scale_up(const Digits& digits, std::int64_t shift) noexcept {
  constexpr auto kLimit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (shift >= kMostDigits) return {DecimalStatus::TooLarge, 0};
  const std::uint64_t factor = kPowersOfTen[static_cast<std::size_t>(shift)];
  if (digits.mantissa > kLimit / factor) return {DecimalStatus::TooLarge, 0};
  const std::uint64_t rounding = shift == 0 && digits.dropped >= 5 ? 1 : 0;
  if (digits.mantissa * factor > kLimit - rounding) return {DecimalStatus::TooLarge, 0};
  return {DecimalStatus::Ok, static_cast<std::int64_t>(digits.mantissa * factor + rounding)};
}

Decimal scale_down(const Digits& digits, std::int64_t places) noexcept {
  if (places > kMostDigits) return {DecimalStatus::Ok, 0};
  const std::uint64_t divisor = kPowersOfTen[static_cast<std::size_t>(places)];
  std::uint64_t quotient = digits.mantissa / divisor;
  if (digits.mantissa % divisor >= divisor - divisor / 2) ++quotient;
  return {DecimalStatus::Ok, static_cast<std::int64_t>(quotient)};
}

Decimal to_steps(const Digits& digits, int decimals) noexcept {
  if (digits.mantissa == 0) return {DecimalStatus::Ok, 0};
  const std::int64_t shift = digits.exponent + decimals;
  if (decimals == 0 && shift < 0) {
    const Decimal down = scale_down(digits, -shift);
    const bool is_whole = !digits.has_lost && -shift <= kMostDigits &&
                          digits.mantissa % kPowersOfTen[static_cast<std::size_t>(-shift)] == 0;
    return is_whole ? down : Decimal{DecimalStatus::TooFine, down.steps};
  }
  if (shift < 0) return scale_down(digits, -shift);
  const Decimal up = scale_up(digits, shift);
  const bool is_cut = decimals == 0 && digits.exponent == 0 && digits.has_lost;  // digits behind the point were lost
  return up.status == DecimalStatus::Ok && is_cut ? Decimal{DecimalStatus::TooFine, up.steps} : up;
}

void append_digits(std::string& out, std::uint64_t value, int at_least) {
  std::array<char, 20> buffer{};
  std::size_t used = 0;
  while (value != 0 || static_cast<int>(used) < at_least) {
    buffer[used++] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  while (used != 0) out.push_back(buffer[--used]);
}

// The steps of digits [. digits] where nothing is rounded and everything fits, which is how nearly all numbers are
// written; -1 for any other text.
std::int64_t plain_steps(std::string_view text, int decimals) noexcept {
  constexpr std::size_t kFits = 18;  // digits of any 64-bit number
  if (text.empty() || text.size() + static_cast<std::size_t>(decimals) > kFits) return -1;
  std::int64_t value = 0;
  std::size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) value = value * 10 + (text[i] - '0');
  auto missing = static_cast<std::size_t>(decimals);
  if (i != text.size()) {
    const std::size_t fraction = text.size() - i - 1;
    if (text[i] != '.' || i == 0 || fraction == 0 || fraction > missing) return -1;
    for (++i; i < text.size() && is_digit(text[i]); ++i) value = value * 10 + (text[i] - '0');
    if (i != text.size()) return -1;
    missing -= fraction;
  }
  return value * static_cast<std::int64_t>(kPowersOfTen[missing]);
}

}  // namespace

Decimal parse_decimal(std::string_view text, int decimals) noexcept {
  if (const std::int64_t plain = plain_steps(text, decimals); plain >= 0) return {DecimalStatus::Ok, plain};
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  Digits digits;
  if (!read_digits(text, digits)) return {DecimalStatus::NotANumber, 0};
  Decimal result = to_steps(digits, decimals);
  if (negative) result.steps = -result.steps;
  return result;
}

void append_fixed(std::string& out, std::int64_t steps, int decimals) {
  const bool negative = steps < 0;
  const std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(steps) : static_cast<std::uint64_t>(steps);
  if (negative) out.push_back('-');
  const std::uint64_t divisor = kPowersOfTen[static_cast<std::size_t>(decimals)];
  append_digits(out, magnitude / divisor, 1);
  if (decimals == 0) return;
  out.push_back('.');
  append_digits(out, magnitude % divisor, decimals);
}

void append_trimmed(std::string& out, std::int64_t steps, int decimals) {
  while (decimals > 0 && steps % 10 == 0) {
    steps /= 10;
    --decimals;
  }
  append_fixed(out, steps, decimals);
}

std::string fixed(std::int64_t steps, int decimals) {
  std::string out;
  append_fixed(out, steps, decimals);
  return out;
}

std::string trimmed(std::int64_t steps, int decimals) {
  std::string out;
  append_trimmed(out, steps, decimals);
  return out;
}

}  // namespace migplan
