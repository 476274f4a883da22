#include "programme_calendar.hpp"

#include <algorithm>

namespace migplan {

std::vector<std::int32_t> capacity_by_slot(const ResourceRule& rule, Count usual, Date origin,
                                           const Timeline& timeline) {
  std::vector<std::int32_t> capacity(static_cast<std::size_t>(timeline.slots()),
                                     static_cast<std::int32_t>(usual.steps()));
  for (const CapacityPeriod& period : rule.periods) {
    const Day from = std::clamp(period.from - origin, 0, timeline.days());
    const Day behind = std::clamp(period.to - origin + 1, from, timeline.days());
    std::fill(capacity.begin() + timeline.slot_from(from), capacity.begin() + timeline.slot_from(behind),
              static_cast<std::int32_t>(period.capacity.steps()));
  }
  return capacity;
}

std::vector<bool> frozen_days(const WorkCalendar& calendar, std::string_view phase, Date origin, Day days) {
  std::vector<bool> frozen;
  for (const Freeze& freeze : calendar.freezes) {
    if (std::find(freeze.forbids.begin(), freeze.forbids.end(), phase) == freeze.forbids.end()) continue;
    if (frozen.empty()) frozen.resize(static_cast<std::size_t>(days));
    const Day from = std::clamp(freeze.from - origin, 0, days);
    const Day behind = std::clamp(freeze.to - origin + 1, from, days);
    std::fill(frozen.begin() + from, frozen.begin() + behind, true);
  }
  return frozen;
}

Day generous_days(const WorkEstimate& work, const WorkCalendar& calendar) noexcept {
  constexpr std::int64_t kDaysOfWeek = 7, kHolidays = 366;
  std::int64_t closed = 0;
  for (const Freeze& freeze : calendar.freezes) closed += freeze.to - freeze.from + 1;
  const std::int64_t slots = work.longest_chain + work.slots_of_work;
  const std::int64_t weeks = slots / static_cast<std::int64_t>(calendar.working_days.size()) + 1;
  const std::int64_t days = work.latest_release + weeks * kDaysOfWeek * 3 / 2 + closed + kHolidays;
  return static_cast<Day>(std::min<std::int64_t>(days, kMostDays));
}

}  // namespace migplan
