#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "migplan/base/quantity.hpp"

namespace migplan {

// How samples are drawn anew (Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979). The same seed gives the
// same bounds on every machine.
struct Bootstrap {
  std::uint64_t seed = 1;
  std::uint32_t draws = 2000;
  Percent confidence = Percent::whole(95);  // of each bound by itself
};

// Of the lift in percent, (new - old) / old; may be negative, or more than 100.
struct LiftBounds {
  Percent low;
  std::optional<Percent> high;  // nullopt = none: too many draws had nothing in the old sample
};

// The lift of the mean, rounded down. The old sample has anything in it.
[[nodiscard]] Percent lift_of_means(std::span<const std::uint32_t> old_counts,
                                    std::span<const std::uint32_t> new_counts);

// Bounds of the lift of the mean from one series of counts, one a second, to another. What stands side by side in such
// a series is alike, so blocks are drawn, of the rounded cube root of the length (Künsch 1989; Hall, Horowitz, Jing,
// "On Blocking Rules for the Bootstrap with Dependent Data", 1995), joined at the ends. The percentiles are those of
// Hesterberg's expanded interval ("What Teachers Should Know About the Bootstrap", 2015), as many blocks being so many
// observations: plain ones are too narrow for short series. nullopt: series so short that the percentile lies beyond
// all draws, which with 2000 draws and 95 % are those of less than four blocks, or 8 counts.
[[nodiscard]] std::optional<LiftBounds> lift_bounds(std::span<const std::uint32_t> old_counts,
                                                    std::span<const std::uint32_t> new_counts,
                                                    const Bootstrap& bootstrap);

// The nearest-rank quantile of sorted latencies: the least one that is not below so large a share of them.
[[nodiscard]] Milliseconds quantile_of(std::span<const Milliseconds> sorted, Percent quantile) noexcept;

struct DifferenceBounds {
  Milliseconds low, high;
};
// Bounds of the quantile of new latencies minus that of old ones, both sorted. nullopt: either has fewer samples than
// bound that quantile at all, whatever its distribution: n >= ln(1 - confidence) / ln(quantile) (Wilks 1941).
[[nodiscard]] std::optional<DifferenceBounds> quantile_difference_bounds(std::span<const Milliseconds> old_sorted,
                                                                         std::span<const Milliseconds> new_sorted,
                                                                         Percent quantile, const Bootstrap& bootstrap);

}  // namespace migplan
