#include "duration_text.hpp"

#include <algorithm>
#include <array>

namespace migplan {
namespace {

constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::size_t kMostDigits = 12;

struct PrometheusUnit {
  std::string_view name;
  std::int64_t milliseconds;
};
constexpr std::array<PrometheusUnit, 7> kPrometheusUnits{
    {{"y", 365 * kDay}, {"w", 7 * kDay}, {"d", kDay}, {"h", kHour}, {"m", kMinute}, {"s", kSecond}, {"ms", 1}}};

struct OpenSloUnit {
  std::string_view shorthand, name;
  std::int64_t least, most;  // milliseconds
};
constexpr std::array<OpenSloUnit, 8> kOpenSloUnits{{{"", "Second", kSecond, kSecond},
                                                    {"m", "Minute", kMinute, kMinute},
                                                    {"h", "Hour", kHour, kHour},
                                                    {"d", "Day", kDay, kDay},
                                                    {"w", "Week", 7 * kDay, 7 * kDay},
                                                    {"M", "Month", 28 * kDay, 31 * kDay},
                                                    {"Q", "Quarter", 90 * kDay, 92 * kDay},
                                                    {"Y", "Year", 365 * kDay, 366 * kDay}}};

std::string_view digits_of(std::string_view text) {
  const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::optional<std::int64_t> whole_number(std::string_view digits) {
  if (digits.empty() || digits.size() > kMostDigits || digits_of(digits).size() != digits.size()) return std::nullopt;
  std::int64_t number = 0;
  for (const char digit : digits) number = 10 * number + (digit - '0');
  return number;
}

// nullopt beyond the range of the quantity.
std::optional<std::int64_t> times(std::int64_t count, std::int64_t milliseconds) {
  if (count > Seconds::max().steps() / milliseconds) return std::nullopt;
  return count * milliseconds;
}

std::optional<ObjectiveWindow> window_of(std::int64_t count, const OpenSloUnit& unit) {
  const auto least = times(count, unit.least), most = times(count, unit.most);
  if (!least || !most || *most > seconds_of(WindowDays::max()).steps()) return std::nullopt;
  return ObjectiveWindow{Seconds::from_steps(*least), Seconds::from_steps(*most)};
}

}  // namespace

std::optional<Seconds> prometheus_duration(std::string_view text) {
  if (text == "0") return Seconds{};
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  std::size_t next_unit = 0;
  while (!text.empty()) {
    const std::string_view digits = digits_of(text);
    text.remove_prefix(digits.size());
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto end = std::find_if_not(text.begin(), text.end(), is_letter);
    const std::string_view name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(name.size());
    const auto unit = std::find_if(kPrometheusUnits.begin() + static_cast<std::ptrdiff_t>(next_unit),
                                   kPrometheusUnits.end(), [name](const auto& known) { return known.name == name; });
    const auto count = whole_number(digits);
    const auto length = unit == kPrometheusUnits.end() || !count ? std::nullopt : times(*count, unit->milliseconds);
    if (!length || *length > Seconds::max().steps() - sum) return std::nullopt;
    sum += *length;
    next_unit = static_cast<std::size_t>(unit - kPrometheusUnits.begin()) + 1;
  }
  return Seconds::from_steps(sum);
}

std::optional<ObjectiveWindow> openslo_duration(std::string_view text) {
  const std::string_view digits = digits_of(text);
  const std::string_view shorthand = text.substr(digits.size());
  const auto unit = std::find_if(kOpenSloUnits.begin(), kOpenSloUnits.end(),
                                 [shorthand](const auto& known) { return known.shorthand == shorthand; });
  const auto count = whole_number(digits);
  if (!count || shorthand.empty() || unit == kOpenSloUnits.end()) return std::nullopt;
  return window_of(*count, *unit);
}

std::optional<ObjectiveWindow> openslo_duration(std::string_view count, std::string_view unit_name) {
  const auto unit = std::find_if(kOpenSloUnits.begin(), kOpenSloUnits.end(),
                                 [unit_name](const auto& known) { return known.name == unit_name; });
  const auto number = whole_number(count);
  return !number || unit == kOpenSloUnits.end() ? std::nullopt : window_of(*number, *unit);
}

std::optional<ObjectiveWindow> window_of(Seconds length) {
  if (length.steps() % kSecond != 0 || length > seconds_of(WindowDays::max())) return std::nullopt;
  return ObjectiveWindow{length, length};
}

}  // namespace migplan
