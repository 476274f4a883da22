#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "migplan/scheduling/programme_status.hpp"

namespace migplan {

enum class BurnUpStep : std::uint8_t { Week /* ISO 8601: to Sunday */, Month };
[[nodiscard]] std::string_view name_of(BurnUpStep step) noexcept;  // week, month

// What there is at the end of a day, all since the beginning. Work is counted in resource-days: the planned working
// days of phases that hold a resource, times how much of it they hold, when they are over.
struct BurnUpPoint {
  Date day;
  std::size_t planned = 0;                // services that the plan has cut over
  std::optional<std::size_t> done{};      // null behind as_of
  std::optional<std::size_t> expected{};  // null before it
  std::int64_t planned_work = 0;
  std::optional<std::int64_t> done_work{}, expected_work{};
};
// A point for the last day of each week or month, from the first with a planned day to the one in which everything is
// expected to be over, and one for as_of, by day.
[[nodiscard]] std::vector<BurnUpPoint> burn_up(const ProgrammeStatus& status, BurnUpStep step);

// Planned and earned value (PMI, The Standard for Earned Value Management) on as_of, in resource-days. What is planned
// to be over on that very day counts as planned once it is.
struct EarnedValue {
  std::int64_t planned = 0, earned = 0, total = 0;
  // Working days since the plan should have had more than is earned; below 0: until the plan has what is earned now.
  // In the sense of the earned schedule (Lipke 2003), in whole steps.
  std::int32_t behind_days = 0;
};
[[nodiscard]] EarnedValue earned_value(const ProgrammeStatus& status);

}  // namespace migplan
