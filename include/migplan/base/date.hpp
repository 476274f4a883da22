#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace migplan {

enum class Weekday : std::uint8_t { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };

// A day of the Gregorian calendar, 0001-01-01 to 9999-12-31.
class Date {
 public:
  constexpr Date() noexcept = default;
  [[nodiscard]] static std::optional<Date> create(int year, unsigned month, unsigned day) noexcept;
  [[nodiscard]] static std::optional<Date> parse(std::string_view iso) noexcept;  // "2024-07-01"
  [[nodiscard]] constexpr std::int32_t days_since_1970() const noexcept { return days_; }
  // The day so many days later, or earlier; nullopt outside the calendar.
  [[nodiscard]] std::optional<Date> plus(std::int64_t days) const noexcept;
  [[nodiscard]] Weekday weekday() const noexcept;
  [[nodiscard]] std::string to_string() const;

  friend constexpr auto operator<=>(Date, Date) noexcept = default;
  friend constexpr std::int32_t operator-(Date a, Date b) noexcept { return a.days_ - b.days_; }

 private:
  explicit constexpr Date(std::int32_t days) noexcept : days_(days) {}
  std::int32_t days_ = 0;
};

// A calendar quarter, written 2024-Q2.
class Quarter {
 public:
  constexpr Quarter() noexcept = default;
  [[nodiscard]] static std::optional<Quarter> parse(std::string_view text) noexcept;
  [[nodiscard]] static Quarter of(Date day) noexcept;
  [[nodiscard]] constexpr int year() const noexcept { return year_; }
  [[nodiscard]] constexpr int number() const noexcept { return number_; }  // 1..4
  [[nodiscard]] Date first_day() const noexcept;
  [[nodiscard]] Date last_day() const noexcept;
  [[nodiscard]] std::string to_string() const;

  friend constexpr auto operator<=>(Quarter, Quarter) noexcept = default;

 private:
  constexpr Quarter(std::int16_t year, std::int16_t number) noexcept : year_(year), number_(number) {}
  std::int16_t year_ = 1970;
  std::int16_t number_ = 1;
};

}  // namespace migplan
