#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "migplan/verification/bootstrap.hpp"
#include "migplan/verification/mann_whitney.hpp"

namespace migplan {

// What two samples of latencies tell of a slower new side.
enum class Slowdown : std::uint8_t {
  TooFew,    // to be told, either way
  NotShown,  // none, and there are so many samples that a moved tail would have left its mark
  Whole,     // the new latencies are greater as a whole
  Tail,      // more of the new ones lie in the old side's tail, whatever the rest does
};

struct QuantileDifference {
  Percent quantile;
  Milliseconds old_value, new_value;
  std::optional<DifferenceBounds> bounds{};  // of new minus old; nullopt = too few samples for this quantile
};

struct LatencyComparison {
  Slowdown slowdown = Slowdown::TooFew;
  std::uint64_t least = 0;                        // samples a side that rule a slowdown out; fewer may still show one
  MannWhitney ranks{};                            // of the new latencies against the old
  Milliseconds tail_from;                         // the old side's 99th percentile
  std::uint64_t beyond = 0;                       // new samples above it
  double p_tail = 1;                              // of as many in truth no more than on the old side
  std::array<QuantileDifference, 3> quantiles{};  // 50, 95 and 99 percent
};

// Two tests share the level, 1 - confidence, in halves: that of Mann and Whitney, and an exact one of how many new
// samples lie above the old side's 99th percentile. If both sides are of one distribution, that number is
// hypergeometric whatever the distribution (Gumbel, von Schelling, "The Distribution of the Number of Exceedances",
// 1950). A median that stays thus hides no tail that moves. Too few: below least_ranked_samples no test reaches its
// level; and no slowdown can be ruled out with fewer samples than n >= ln(1 - confidence) / ln(0.99), 299 at 95
// percent, of which a hundredth of the requests may well be absent.
[[nodiscard]] LatencyComparison compare_latencies(std::span<const Milliseconds> old_latencies,
                                                  std::span<const Milliseconds> new_latencies,
                                                  const Bootstrap& bootstrap);

}  // namespace migplan
