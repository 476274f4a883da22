#pragma once

#include <cstdint>
#include <optional>

#include "migplan/base/quantity.hpp"

namespace migplan {

// How many of a number of independent trials were events. events <= trials, trials > 0.
struct Tally {
  std::uint64_t events = 0, trials = 0;
};

// Bounds of the share that is behind a count, exact whatever the share: Clopper, Pearson, "The Use of Confidence or
// Fiducial Limits Illustrated in the Case of the Binomial", Biometrika 26, 1934. Rounded outwards to whole steps, so
// that a bound lies within a limit exactly when it is printed so. Of more than 10^11 trials they are those of 10^11
// with the same share: wider than they need be, by 0.0003 percentage points at most.
struct ShareBounds {
  Percent low, high;
};

// The share itself, rounded up: within a limit exactly when the counts are.
[[nodiscard]] Percent share_of(const Tally& tally) noexcept;
// Each of the two holds by itself with this confidence, 50 to less than 100 percent.
[[nodiscard]] ShareBounds one_sided_bounds(const Tally& tally, Percent confidence);
// Both hold together.
[[nodiscard]] ShareBounds two_sided_bounds(const Tally& tally, Percent confidence);

// The least number of trials that bounds the share by `limit` when none of them is an event:
// n >= ln(1 - confidence) / ln(1 - limit). nullopt for a limit of 0: no number does.
[[nodiscard]] std::optional<std::uint64_t> trials_without_event(Percent limit, Percent confidence);

enum class ShareStanding : std::uint8_t {
  Within,  // at most the limit, the upper bound too
  Beyond,  // more than the limit, the lower bound too
  Open,    // the bounds straddle the limit
};
[[nodiscard]] ShareStanding standing(const Tally& tally, Percent limit, Percent confidence);

// How many more trials it takes until the standing is not open any more, if events come as often as so far; 0 = it is
// not. nullopt where 10^11 would not do, above all where the share is the limit itself.
[[nodiscard]] std::optional<std::uint64_t> trials_still_needed(const Tally& tally, Percent limit, Percent confidence);

}  // namespace migplan
