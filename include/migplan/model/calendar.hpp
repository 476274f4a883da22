#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"

namespace migplan {

[[nodiscard]] std::string_view name_of(Weekday day) noexcept;  // mon … sun

// A time in which some phases are forbidden, both days included.
struct Freeze {
  std::string name;
  Date from, to;
  std::vector<std::string> forbids;  // names of phases
};

// On which days work is done.
struct WorkCalendar {
  std::vector<Weekday> working_days;
  std::vector<Date> holidays;
  std::vector<Date>
      extra_working_days;  // days off that are worked on, such as make-up days 调休; stronger than holidays
  std::vector<Freeze> freezes;

  // Linear in the lists: for many days, ask for a run of them.
  [[nodiscard]] bool is_working(Date day) const noexcept;
  // Of `count` days from `first` on.
  [[nodiscard]] std::vector<bool> working_from(Date first, std::int32_t count) const;
};

}  // namespace migplan
