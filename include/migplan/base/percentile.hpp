#pragma once

#include <cstdint>

#include "migplan/base/assert.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {

// Percentiles by the rules that tools use, of n > 0 values in rising order. `percent` is 1..100, ranks count from 1.

// Nearest rank: the least value that at least `percent` of all values do not exceed, at ceil(n percent / 100).
[[nodiscard]] constexpr std::uint64_t nearest_rank(std::uint64_t n, unsigned percent) {
  MIGPLAN_ASSERT(n > 0 && percent >= 1 && percent <= 100);
  return static_cast<std::uint64_t>((Int128{n} * percent + 99) / 100);
}

// A place between two ranks: `hundredths` of the way from `rank` to the one behind it. Where `hundredths` is 0, the
// value at `rank` is meant, and there may be none behind it.
struct RankPosition {
  std::uint64_t rank = 1;
  unsigned hundredths = 0;
  friend constexpr bool operator==(RankPosition, RankPosition) = default;
};

// LEGACY of Apache commons-math's Percentile, JMeter's rule: the place percent (n + 1) / 100, kept within 1..n.
[[nodiscard]] constexpr RankPosition legacy_position(std::uint64_t n, unsigned percent) {
  MIGPLAN_ASSERT(n > 0 && percent >= 1 && percent <= 100);
  const Int128 place = (Int128{n} + 1) * percent;
  if (place < 100) return {1, 0};
  if (place >= Int128{n} * 100) return {n, 0};
  return {static_cast<std::uint64_t>(place / 100), static_cast<unsigned>(place % 100)};
}

// 100 times the value at that place: between two whole numbers it has at most two decimals.
[[nodiscard]] constexpr std::int64_t hundredfold(RankPosition position, std::int64_t at_rank, std::int64_t behind) {
  return 100 * at_rank + position.hundredths * (behind - at_rank);
}

}  // namespace migplan
