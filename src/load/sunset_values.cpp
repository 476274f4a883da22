#include "sunset_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <type_traits>

#include "field_store.hpp"
#include "migplan/base/ascii.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

bool is_word(std::string_view text, std::string_view word) noexcept {
  return std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) { return lower(a) == b; });
}

std::string_view without_blanks(std::string_view text) noexcept {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_infinite(std::string_view text) noexcept {
  if (text.starts_with('+')) text.remove_prefix(1);
  return is_word(text, "inf") || is_word(text, "infinity");
}

// Whether a number that is written so is not 0, however small.
bool is_nonzero(std::string_view text) noexcept {
  const std::string_view mantissa = text.substr(0, text.find_first_of("eE"));
  return mantissa.find_first_of("123456789") != std::string_view::npos;
}

template <class Q>
constexpr bool kIsOpenAbove = std::is_same_v<Q, Milliseconds> || std::is_same_v<Q, Seconds>;

template <class Q>
std::optional<Q> quantity_of(std::string_view text) {
  if (kIsOpenAbove<Q> && is_infinite(text)) return Q::max();
  const Decimal read = parse_decimal(text, Q::kDecimals);
  if (kIsOpenAbove<Q> && read.status == DecimalStatus::TooLarge && !text.starts_with('-')) return Q::max();
  if (read.status != DecimalStatus::Ok || read.steps < Q::min().steps()) return std::nullopt;
  // One request in a year makes a rate that rounds to none.
  if (std::is_same_v<Q, RawValue> && read.steps == 0 && !text.starts_with('-') && is_nonzero(text)) {
    return Q::from_steps(1);
  }
  if (read.steps <= Q::max().steps()) return Q::from_steps(read.steps);
  return kIsOpenAbove<Q> ? std::optional(Q::max()) : std::nullopt;
}

template <class Q>
ValueStatus add_value(std::vector<Timed<Q>>& samples, std::string_view text, const SamplePlace& place) {
  if (std::is_same_v<Q, Percent> && text.ends_with('%')) text = without_blanks(text.substr(0, text.size() - 1));
  if (is_word(text, "nan")) return ValueStatus::NotANumber;
  const auto value = quantity_of<Q>(text);
  if (!value) return ValueStatus::Refused;
  samples.push_back({place.time_ms, *value, place.file, place.at});
  return ValueStatus::Taken;
}

}  // namespace

SunsetSeries& SunsetDrafts::of(std::string_view service) {
  const auto found = all_.find(service);
  if (found != all_.end()) return found->second;
  SunsetSeries& series = all_[std::string(service)];
  series.service = service;
  series.files = files_;
  return series;
}

ValueStatus add_value(SunsetSeries& series, SunsetColumn column, std::string_view text, const SamplePlace& place) {
  ValueStatus status = ValueStatus::Refused;
  visit_column(series, column, [&](auto& samples) { status = add_value(samples, without_blanks(text), place); });
  return status;
}

std::string expected_value(SunsetColumn column) {
  std::string text;
  const SunsetSeries none;
  visit_column(none, column,
               [&text]<class Q>(const std::vector<Timed<Q>>&) { text = expectation(fields::value_spec<Q>()); });
  return text;
}

bool is_time(std::int64_t time_ms) noexcept {
  constexpr std::int64_t kFirst = -62'135'596'800'000, kLast = 253'402'300'799'999;
  return kFirst <= time_ms && time_ms <= kLast;
}

}  // namespace migplan
