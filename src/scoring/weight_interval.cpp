#include "migplan/scoring/weight_interval.hpp"

#include <algorithm>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

// The whole weights w >= 0 that satisfy a set of inequalities.
class Bounds {
 public:
  // slope * w >= least; `is_strict`: slope * w > least.
  void require(Int128 slope, Int128 least, bool is_strict) noexcept {
    if (is_strict) ++least;  // all are whole numbers
    if (slope > 0) low_ = std::max(low_, divide_up(least, slope));
    if (slope >= 0) return;  // a slope of 0 holds for the weight as it is, so for all
    const Int128 most = divide_down(-least, -slope);
    high_ = has_high_ ? std::min(high_, most) : most;
    has_high_ = true;
  }

  [[nodiscard]] WeightInterval interval() const noexcept {
    // Beyond what a policy may state, a weight is as good as unlimited.
    const bool is_limited = has_high_ && high_ <= Weight::max().steps();
    return {Weight::from_steps(static_cast<std::int64_t>(low_)),
            is_limited ? std::optional(Weight::from_steps(static_cast<std::int64_t>(high_))) : std::nullopt};
  }

 private:
  Int128 low_ = 0, high_ = 0;
  bool has_high_ = false;
};

}  // namespace

WeightInterval weight_interval(const Score& score, const Policy& policy, Dimension dimension) {
  const auto& weights = policy.scoring().weights;
  const std::int64_t own = score.terms[dimension].value_or(FinePoints{}).steps();
  Int128 others = 0, sum_of_others = 0;  // sum of weight x term, sum of weights
  for (const Dimension d : kDimensions) {
    if (d == dimension) continue;
    others += Int128{weights[d].steps()} * score.terms[d].value_or(FinePoints{}).steps();
    sum_of_others += weights[d].steps();
  }
  Bounds bounds;
  if (sum_of_others == 0) {
    bounds.require(1, 1, false);  // the weights must not all be 0
    return bounds.interval();
  }
  // A rounded score reaches `limit` from half a hundredth below it on:
  // (w own + others) / (w + sum_of_others) >= limit - 1/2 hundredth.
  const auto edge = [](Points limit) { return limit.steps() * kFinePerHundredth - kFinePerHundredth / 2; };
  const auto tiers = policy.tiers();
  if (score.tier + 1U < tiers.size()) {
    const Int128 at_least = edge(tiers[score.tier].min_score);
    bounds.require(own - at_least, at_least * sum_of_others - others, false);
  }
  if (score.tier > 0) {
    const Int128 below = edge(tiers[score.tier - 1U].min_score);
    bounds.require(below - own, others - below * sum_of_others, true);
  }
  return bounds.interval();
}

}  // namespace migplan
