#pragma once

#include <cstdint>
#include <vector>

#include "migplan/base/assert.hpp"

namespace migplan {

// Days of a project, counted from 0, and the working slots among them, counted from 0 too: work is done, and resources
// are held, in slots. A day may begin or end something without being worked on.
class Timeline {
 public:
  // Every day is a slot: projects without a calendar.
  [[nodiscard]] static Timeline every_day(std::int32_t days);
  [[nodiscard]] static Timeline of(const std::vector<bool>& is_working);

  [[nodiscard]] std::int32_t days() const noexcept { return static_cast<std::int32_t>(slot_from_.size()) - 1; }
  [[nodiscard]] std::int32_t slots() const noexcept { return static_cast<std::int32_t>(day_of_.size()) - 1; }
  [[nodiscard]] bool is_every_day() const noexcept { return days() == slots(); }
  // The first slot on that day or after it; slots() where there is none. day: 0..days().
  [[nodiscard]] std::int32_t slot_from(std::int32_t day) const noexcept {
    return slot_from_[static_cast<std::size_t>(day)];
  }
  // The day of a slot; days() for slots().
  [[nodiscard]] std::int32_t day_of(std::int32_t slot) const noexcept {
    return day_of_[static_cast<std::size_t>(slot)];
  }

 private:
  std::vector<std::int32_t> slot_from_;  // days() + 1
  std::vector<std::int32_t> day_of_;     // slots() + 1
};

}  // namespace migplan
