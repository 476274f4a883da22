#include "migplan/base/timestamp.hpp"
#include "migplan/base/ascii.hpp"

#include <fmt/format.h>

#include "migplan/base/date.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

// Takes two digits and, in front of them, `before` (0 = nothing) off the text; nullopt where they do not stand there.
std::optional<std::int64_t> take_two(std::string_view& text, char before, std::int64_t greatest) noexcept {
  if (before != 0) {
    if (!text.starts_with(before)) return std::nullopt;
    text.remove_prefix(1);
  }
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  const std::int64_t value = 10 * (text[0] - '0') + (text[1] - '0');
  text.remove_prefix(2);
  return value <= greatest ? std::optional(value) : std::nullopt;
}

// The fraction of a second, in milliseconds; 0 where there is none.
std::optional<std::int64_t> take_fraction(std::string_view& text) noexcept {
  if (!text.starts_with('.')) return 0;
  text.remove_prefix(1);
  std::int64_t value = 0;
  std::size_t digits = 0;
  for (; digits < text.size() && is_digit(text[digits]); ++digits) {
    if (digits < 3) value = 10 * value + (text[digits] - '0');
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  for (std::size_t i = digits; i < 3; ++i) value *= 10;
  return value;
}

// How far the zone is ahead of UTC, in milliseconds.
std::optional<std::int64_t> take_zone(std::string_view text) noexcept {
  if (text == "Z" || text == "z") return 0;
  const std::int64_t sign = text.starts_with('-') ? -1 : 1;
  if (!text.starts_with('+') && sign > 0) return std::nullopt;
  const auto hours = take_two(text, text.front(), 23);
  const auto minutes = hours ? take_two(text, ':', 59) : std::nullopt;
  if (!minutes || !text.empty()) return std::nullopt;
  return sign * (*hours * kHour + *minutes * kMinute);
}

}  // namespace

std::optional<std::int64_t> parse_timestamp(std::string_view text) noexcept {
  constexpr std::size_t kDateLength = 10;
  const auto day = Date::parse(text.substr(0, kDateLength));
  if (!day || text.size() <= kDateLength) return std::nullopt;
  const char separator = text[kDateLength];
  if (separator != 'T' && separator != 't' && separator != ' ') return std::nullopt;
  text.remove_prefix(kDateLength + 1);
  const auto hour = take_two(text, 0, 23);
  const auto minute = hour ? take_two(text, ':', 59) : std::nullopt;
  const auto second = minute ? take_two(text, ':', 60) : std::nullopt;
  const auto fraction = second ? take_fraction(text) : std::nullopt;
  const auto zone = fraction ? take_zone(text) : std::nullopt;
  if (!zone) return std::nullopt;
  return day->days_since_1970() * kDay + *hour * kHour + *minute * kMinute + *second * kSecond + *fraction - *zone;
}

std::string timestamp_text(std::int64_t milliseconds) {
  const std::int64_t day = (milliseconds >= 0 ? milliseconds : milliseconds - kDay + 1) / kDay;
  const std::int64_t rest = milliseconds - day * kDay;
  const auto date = Date().plus(day);
  std::string out = fmt::format("{}T{:02}:{:02}:{:02}", date ? date->to_string() : std::string("?"), rest / kHour,
                                rest % kHour / kMinute, rest % kMinute / kSecond);
  if (rest % kSecond != 0) fmt::format_to(std::back_inserter(out), ".{:03}", rest % kSecond);
  return out + "Z";
}

}  // namespace migplan
