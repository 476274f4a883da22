#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "migplan/scheduling/search.hpp"
#include "site.hpp"

namespace migplan {

// Serial schedule generation with calendars: each activity of an order as early as resources that are left allow.
// Keeps its memory from one order to the next.
class Decoder {
 public:
  explicit Decoder(const Site& site);

  // Begins anew: nothing but fixed activities is placed.
  void clear() noexcept;
  // Places one more activity, whose predecessors are placed; false where it finds no place in the timeline.
  [[nodiscard]] bool place(ActivityIndex i) noexcept;
  // clear, and all of the order; the activity that finds no place, if one does not.
  [[nodiscard]] std::optional<ActivityIndex> place_all(std::span<const ActivityIndex> order) noexcept;

  // Of what is placed.
  [[nodiscard]] const Placement& times() const noexcept { return times_; }

 private:
  [[nodiscard]] bool place_in_slots(ActivityIndex i, Day earliest) noexcept;
  [[nodiscard]] bool place_elapsed(ActivityIndex i, Day earliest) noexcept;
  [[nodiscard]] std::int32_t first_room(ActivityIndex i, std::int32_t from, std::int32_t duration) const noexcept;
  [[nodiscard]] std::int32_t last_conflict(ActivityIndex i, SlotRange range) const noexcept;
  void hold(ActivityIndex i, SlotRange range) noexcept;

  const Site& site_;
  const Project& project_;
  std::vector<std::uint64_t> free_;    // bank by bank
  std::vector<std::int32_t> used_to_;  // by bank: no slot from there on is taken
  std::vector<std::int32_t> full_to_;  // by kind: no place begins before
  Placement times_;
};

}  // namespace migplan
