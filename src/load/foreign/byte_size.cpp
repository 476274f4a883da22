#include "byte_size.hpp"

#include <limits>

#include "migplan/base/ascii.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

// Digits [. digits] as a whole number and how many of the digits stand behind the point.
struct Digits {
  std::uint64_t number = 0;
  std::size_t count = 0, decimals = 0;
};

std::optional<Digits> take_digits(std::string_view& text) noexcept {
  constexpr std::size_t kMost = 18;  // always fits
  Digits digits;
  bool is_fraction = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const bool is_point =
        (text[i] == '.' || text[i] == ',') && !is_fraction && i != 0 && i + 1 < text.size() && is_digit(text[i + 1]);
    if (is_point) {
      is_fraction = true;
    } else if (is_digit(text[i])) {
      if (++digits.count > kMost) return std::nullopt;
      digits.number = 10 * digits.number + static_cast<std::uint64_t>(text[i] - '0');
      if (is_fraction) ++digits.decimals;
    } else {
      break;
    }
  }
  if (digits.count == 0) return std::nullopt;
  text.remove_prefix(i);
  return digits;
}

// How many times 1024 is multiplied; nullopt for no unit.
std::optional<int> take_unit(std::string_view& text) noexcept {
  constexpr std::string_view kUnits = "BKMGT";
  std::string_view rest = text;
  if (rest.starts_with(' ') && (rest.starts_with(" kB") || rest.starts_with(" KB") || rest.starts_with(" MB"))) {
    rest.remove_prefix(1);
  }
  if (rest.empty()) return std::nullopt;
  const char letter = rest.front() == 'k' ? 'K' : rest.front();
  const std::size_t unit = kUnits.find(letter);
  if (unit == std::string_view::npos) return std::nullopt;
  rest.remove_prefix(unit != 0 && rest.substr(1).starts_with('B') ? 2 : 1);
  const bool is_word =
      !rest.empty() && ((rest.front() >= 'a' && rest.front() <= 'z') || (rest.front() >= 'A' && rest.front() <= 'Z'));
  if (is_word) return std::nullopt;
  text = rest;
  return static_cast<int>(unit);
}

std::optional<Bytes> take_capacity_or_share(std::string_view& text) noexcept {
  if (!text.starts_with('(')) return std::nullopt;
  std::string_view rest = text.substr(1);
  auto size = take_size(rest);
  if (rest.starts_with('%')) rest.remove_prefix(1);
  if (!size || !rest.starts_with(')')) return std::nullopt;
  text = rest.substr(1);
  return size;
}

}  // namespace

std::optional<Bytes> take_size(std::string_view& text, SizeUnit unit) noexcept {
  std::string_view rest = text;
  const auto digits = take_digits(rest);
  if (!digits) return std::nullopt;
  const auto thousands = take_unit(rest);
  if (!thousands && unit == SizeUnit::Required) return std::nullopt;
  const auto factor = Int128{1} << (10 * thousands.value_or(0));
  const auto divisor = Int128{kPowersOfTen[digits->decimals]};
  const Int128 doubled = 2 * Int128{digits->number} * factor + divisor;
  const Int128 bytes = doubled / (2 * divisor);
  if (bytes > Bytes::max().steps()) return std::nullopt;
  text = rest;
  return Bytes::from_steps(static_cast<std::int64_t>(bytes));
}

std::optional<SizeChange> take_size_change(std::string_view& text) noexcept {
  std::string_view rest = text;
  const auto before = take_size(rest, SizeUnit::Required);
  if (!before) return std::nullopt;
  const bool is_share = rest.starts_with('(');
  if (is_share && !take_capacity_or_share(rest)) return std::nullopt;
  if (!rest.starts_with("->")) return std::nullopt;
  rest.remove_prefix(2);
  const auto after = take_size(rest, SizeUnit::Required);
  if (!after || !take_capacity_or_share(rest)) return std::nullopt;
  text = rest;
  return SizeChange{*before, *after};
}

}  // namespace migplan
