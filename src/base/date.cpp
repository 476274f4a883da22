#include "migplan/base/date.hpp"

#include <fmt/format.h>

#include <chrono>

namespace migplan {
namespace {

std::optional<int> read_number(std::string_view digits) noexcept {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> Date::create(int year, unsigned month, unsigned day) noexcept {
  if (year < 1 || year > 9999 || month > 12 || day > 31) return std::nullopt;  // beyond, chrono's own types wrap round
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!date.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

std::optional<Date> Date::parse(std::string_view iso) noexcept {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto year = read_number(iso.substr(0, 4));
  const auto month = read_number(iso.substr(5, 2));
  const auto day = read_number(iso.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return create(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::string Date::to_string() const {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days_}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<Date> Date::plus(std::int64_t days) const noexcept {
  const std::int64_t day = days_ + days;
  if (day < create(1, 1, 1)->days_ || day > create(9999, 12, 31)->days_) return std::nullopt;
  return Date{static_cast<std::int32_t>(day)};
}

Weekday Date::weekday() const noexcept {
  const std::chrono::weekday day{std::chrono::sys_days{std::chrono::days{days_}}};
  return static_cast<Weekday>(day.iso_encoding() - 1);
}

Quarter Quarter::of(Date day) noexcept {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day.days_since_1970()}}};
  return {static_cast<std::int16_t>(static_cast<int>(date.year())),
          static_cast<std::int16_t>((static_cast<unsigned>(date.month()) + 2) / 3)};
}

Date Quarter::first_day() const noexcept { return *Date::create(year_, static_cast<unsigned>(number_ * 3 - 2), 1); }

Date Quarter::last_day() const noexcept {
  return *Date::create(year_, static_cast<unsigned>(number_ * 3), number_ == 1 || number_ == 4 ? 31 : 30);
}

std::optional<Quarter> Quarter::parse(std::string_view text) noexcept {
  if (text.size() != 7 || text.substr(4, 2) != "-Q" || text[6] < '1' || text[6] > '4') return std::nullopt;
  const auto year = read_number(text.substr(0, 4));
  if (!year || *year == 0) return std::nullopt;
  return Quarter{static_cast<std::int16_t>(*year), static_cast<std::int16_t>(text[6] - '0')};
}

std::string Quarter::to_string() const { return fmt::format("{:04}-Q{}", year_, number_); }

}  // namespace migplan
