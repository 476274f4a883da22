#include "migplan/scheduling/timeline.hpp"

namespace migplan {

Timeline Timeline::every_day(std::int32_t days) {
  MIGPLAN_ASSERT(days >= 0);
  return of(std::vector<bool>(static_cast<std::size_t>(days), true));
}

Timeline Timeline::of(const std::vector<bool>& is_working) {
  Timeline timeline;
  timeline.slot_from_.reserve(is_working.size() + 1);
  for (std::size_t day = 0; day < is_working.size(); ++day) {
    timeline.slot_from_.push_back(static_cast<std::int32_t>(timeline.day_of_.size()));
    if (is_working[day]) timeline.day_of_.push_back(static_cast<std::int32_t>(day));
  }
  timeline.slot_from_.push_back(static_cast<std::int32_t>(timeline.day_of_.size()));
  timeline.day_of_.push_back(static_cast<std::int32_t>(is_working.size()));
  return timeline;
}

}  // namespace migplan
