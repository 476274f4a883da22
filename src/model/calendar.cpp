#include "migplan/model/calendar.hpp"

#include <algorithm>
#include <array>

namespace migplan {

std::string_view name_of(Weekday day) noexcept {
  static constexpr std::array<std::string_view, 7> kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return kNames[static_cast<std::size_t>(day)];
}

bool WorkCalendar::is_working(Date day) const noexcept {
  const auto has = [](const auto& list, const auto& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  if (has(extra_working_days, day)) return true;
  return has(working_days, day.weekday()) && !has(holidays, day);
}

std::vector<bool> WorkCalendar::working_from(Date first, std::int32_t count) const {
  std::array<bool, 7> of_week{};
  for (const Weekday day : working_days) of_week[static_cast<std::size_t>(day)] = true;
  std::vector<bool> working(static_cast<std::size_t>(count));
  auto weekday = static_cast<std::size_t>(first.weekday());
  for (std::size_t day = 0; day < working.size(); ++day) {
    working[day] = of_week[weekday];
    weekday = (weekday + 1) % of_week.size();
  }
  const auto mark = [&](const std::vector<Date>& days, bool is_worked) {
    for (const Date day : days) {
      if (day >= first && day - first < count) working[static_cast<std::size_t>(day - first)] = is_worked;
    }
  };
  mark(holidays, false);
  mark(extra_working_days, true);
  return working;
}

}  // namespace migplan
