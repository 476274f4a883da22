#include "migplan/base/decimal_text.hpp"
#include "migplan/base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace migplan {
namespace {

// Sign, digits without zeros at either end, and the power of ten of the last digit.
struct Parts {
  bool is_negative = false;
  std::string digits;
  std::int64_t power = 0;
};

std::optional<std::int64_t> exponent_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Parts> parts_of(std::string_view text) {
  Parts parts;
  if (text.starts_with('-') || text.starts_with('+')) {
    parts.is_negative = text.front() == '-';
    text.remove_prefix(1);
  }
  bool has_digit = false, has_point = false;
  std::size_t i = 0;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !has_point)); ++i) {
    if (text[i] == '.') {
      has_point = true;
      continue;
    }
    has_digit = true;
    parts.digits.push_back(text[i]);
    if (has_point) --parts.power;
  }
  if (!has_digit) return std::nullopt;
  if (i < text.size()) {
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    const auto exponent = exponent_of(text.substr(i + 1));
    if (!exponent) return std::nullopt;
    parts.power += *exponent;
  }
  while (!parts.digits.empty() && parts.digits.back() == '0') {
    parts.digits.pop_back();
    ++parts.power;
  }
  parts.digits.erase(0, std::min(parts.digits.find_first_not_of('0'), parts.digits.size()));
  if (parts.digits.empty()) return Parts{};
  return parts;
}

}  // namespace

bool is_canonical_whole(std::string_view text) noexcept {
  if (text.empty() || text.size() > 18 || (text.front() == '0' && text.size() > 1)) return false;
  return std::all_of(text.begin(), text.end(), is_digit);
}

std::optional<std::string> canonical_number(std::string_view text) {
  if (is_canonical_whole(text)) return std::string(text);
  const auto parts = parts_of(text);
  if (!parts) return std::nullopt;
  if (parts->digits.empty()) return "0";
  constexpr std::int64_t kLongest = 40;
  const auto size = static_cast<std::int64_t>(parts->digits.size());
  const std::string_view sign = parts->is_negative ? "-" : "";
  if (parts->power > kLongest || size + parts->power < -kLongest) {
    return fmt::format("{}{}e{}", sign, parts->digits, parts->power);
  }
  if (parts->power >= 0) {
    return fmt::format("{}{}{}", sign, parts->digits, std::string(static_cast<std::size_t>(parts->power), '0'));
  }
  const std::int64_t whole = size + parts->power;  // digits in front of the point
  if (whole <= 0) {
    return fmt::format("{}0.{}{}", sign, std::string(static_cast<std::size_t>(-whole), '0'), parts->digits);
  }
  const auto point = static_cast<std::size_t>(whole);
  return fmt::format("{}{}.{}", sign, parts->digits.substr(0, point), parts->digits.substr(point));
}

std::optional<Int128> wide_decimal(std::string_view text) {
  constexpr std::int64_t kDecimals = 18, kMostDigits = 38;
  const auto parts = parts_of(text);
  if (!parts) return std::nullopt;
  if (parts->digits.empty()) return Int128{0};
  const std::int64_t power = parts->power + kDecimals;
  const auto size = static_cast<std::int64_t>(parts->digits.size());
  if (size + power > kMostDigits) return std::nullopt;
  if (size + power <= 0) return Int128{0};
  Int128 value = 0;
  for (std::int64_t i = 0; i < size + power; ++i) {
    value = 10 * value + (i < size ? parts->digits[static_cast<std::size_t>(i)] - '0' : 0);
  }
  return parts->is_negative ? -value : value;
}

}  // namespace migplan
