#pragma once

#include <string_view>
#include <vector>

#include "migplan/model/policy.hpp"
#include "migplan/scheduling/programme.hpp"

namespace migplan {

// What there is of a resource on each slot of a timeline that begins on `origin`.
[[nodiscard]] std::vector<std::int32_t> capacity_by_slot(const ResourceRule& rule, Count usual, Date origin,
                                                         const Timeline& timeline);
// Days from `origin` on that a phase may not touch; empty where no freeze forbids it.
[[nodiscard]] std::vector<bool> frozen_days(const WorkCalendar& calendar, std::string_view phase, Date origin,
                                            Day days);
// Calendar days that so much work surely takes, and half as many again.
struct WorkEstimate {
  Day latest_release = 0;
  std::int64_t longest_chain = 0;  // slots
  std::int64_t slots_of_work = 0;  // sum over resources of work over capacity
};
[[nodiscard]] Day generous_days(const WorkEstimate& work, const WorkCalendar& calendar) noexcept;

// No plan goes on for longer.
inline constexpr Day kMostDays = 40 * 366;

}  // namespace migplan
