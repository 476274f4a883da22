#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "migplan/model/calendar.hpp"

namespace migplan {

// The working days of a run of days, counted once, so that any part of it is counted in constant time.
class WorkingDays {
 public:
  // From `first` to `last`, both included.
  WorkingDays(const WorkCalendar& calendar, Date first, Date last) : first_(first) {
    const std::int32_t days = std::max(last - first + 1, 0);
    before_.reserve(static_cast<std::size_t>(days) + 1);
    before_.push_back(0);
    for (std::int32_t day = 0; day < days; ++day) {
      const bool is_worked = calendar.is_working(first.plus(day).value_or(last));
      before_.push_back(before_.back() + (is_worked ? 1 : 0));
    }
  }
  // From `from` to `to`, both included; days outside of the run do not count.
  [[nodiscard]] std::int32_t count(Date from, Date to) const noexcept {
    return to < from ? 0 : before(to - first_ + 1) - before(from - first_);
  }
  [[nodiscard]] bool has(Date day) const noexcept { return count(day, day) == 1; }

 private:
  [[nodiscard]] std::int32_t before(std::int32_t day) const noexcept {
    const auto last = static_cast<std::int32_t>(before_.size()) - 1;
    return before_[static_cast<std::size_t>(std::clamp(day, 0, last))];
  }

  Date first_;
  std::vector<std::int32_t> before_;  // working days in front of each day
};

}  // namespace migplan
