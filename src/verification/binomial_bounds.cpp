#include "migplan/verification/binomial_bounds.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "double_policy.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

// Beyond, the series of the incomplete beta function take too long to converge.
constexpr std::uint64_t kMostTrials = 100'000'000'000;
constexpr std::int64_t kAllPercent = Percent::max().steps();

double fraction(Percent percent) noexcept {
  return static_cast<double>(percent.steps()) / static_cast<double>(kAllPercent);
}

// Whether a probability is at most `miss`, but for the rounding of the arithmetic.
bool is_at_most(double probability, double miss) noexcept {
  constexpr double kRounding = 1e-12;
  return probability <= miss * (1 + kRounding);
}

// P(X <= k) and P(X >= k) of n trials whose share is p; k and n need not be whole. Functions of Boost invert these, but
// not everywhere: beside 10^11 trials they may be wrong by half.
double up_to(double k, double n, double p) { return boost::math::ibetac(k + 1, n - k, p, DoublePolicy()); }
double from(double k, double n, double p) { return boost::math::ibeta(k, n - k + 1, p, DoublePolicy()); }

// The least step of a percentage for which `holds`, which it does from there on; the greatest step does.
template <class Holds>
std::int64_t least_step(const Holds& holds) {
  std::int64_t below = -1, at = kAllPercent;
  while (at - below > 1) {
    const std::int64_t middle = below + (at - below) / 2;
    (holds(fraction(Percent::from_steps(middle))) ? at : below) = middle;
  }
  return at;
}

// `miss` is the probability that the bound does not hold.
Percent upper(const Tally& tally, double miss) {
  if (tally.events == tally.trials) return Percent::max();
  const auto n = static_cast<double>(tally.trials), k = static_cast<double>(tally.events);
  return Percent::from_steps(least_step([=](double p) { return is_at_most(up_to(k, n, p), miss); }));
}
Percent lower(const Tally& tally, double miss) {
  if (tally.events == 0) return {};
  const auto n = static_cast<double>(tally.trials), k = static_cast<double>(tally.events);
  return Percent::from_steps(least_step([=](double p) { return !is_at_most(from(k, n, p), miss); }) - 1);
}

ShareBounds bounds(const Tally& tally, double miss) {
  MIGPLAN_ASSERT(tally.trials > 0 && tally.events <= tally.trials);
  if (tally.trials <= kMostTrials) return {lower(tally, miss), upper(tally, miss)};
  // As if there had been no more trials, with a share rounded outwards.
  const auto events = static_cast<Int128>(tally.events) * kMostTrials, trials = static_cast<Int128>(tally.trials);
  const auto fewer = static_cast<std::uint64_t>(events / trials);
  const auto more = static_cast<std::uint64_t>((events + trials - 1) / trials);
  return {lower({fewer, kMostTrials}, miss), upper({more, kMostTrials}, miss)};
}

// Whether the bound on the share's own side of the limit would be kept by n trials with the same share, whole or not.
bool is_settled(const Tally& tally, double n, Percent limit, double miss) {
  const double k = n * static_cast<double>(tally.events) / static_cast<double>(tally.trials);
  if (share_of(tally) <= limit) return is_at_most(up_to(k, n, fraction(limit)), miss);
  return is_at_most(from(k, n, fraction(limit + Percent::from_steps(1))), miss);
}

}  // namespace

Percent share_of(const Tally& tally) noexcept {
  const auto trials = static_cast<Int128>(tally.trials);
  return Percent::from_steps(
      static_cast<std::int64_t>((static_cast<Int128>(tally.events) * kAllPercent + trials - 1) / trials));
}

ShareBounds one_sided_bounds(const Tally& tally, Percent confidence) {
  return bounds(tally, fraction(Percent::max() - confidence));
}

ShareBounds two_sided_bounds(const Tally& tally, Percent confidence) {
  return bounds(tally, fraction(Percent::max() - confidence) / 2);
}

std::optional<std::uint64_t> trials_without_event(Percent limit, Percent confidence) {
  if (limit <= Percent{}) return std::nullopt;
  if (limit >= Percent::max()) return 1;
  const double trials = std::log(fraction(Percent::max() - confidence)) / std::log1p(-fraction(limit));
  // A quotient that is whole but for its rounding is whole.
  constexpr double kRounding = 1e-12;
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(trials * (1 - kRounding))));
}

ShareStanding standing(const Tally& tally, Percent limit, Percent confidence) {
  const ShareBounds sides = one_sided_bounds(tally, confidence);
  if (share_of(tally) <= limit) return sides.high <= limit ? ShareStanding::Within : ShareStanding::Open;
  return sides.low > limit ? ShareStanding::Beyond : ShareStanding::Open;
}

std::optional<std::uint64_t> trials_still_needed(const Tally& tally, Percent limit, Percent confidence) {
  if (standing(tally, limit, confidence) != ShareStanding::Open) return 0;
  if (tally.events == 0) {
    const auto trials = trials_without_event(limit, confidence);
    return trials ? std::optional(*trials - tally.trials) : std::nullopt;
  }
  const double miss = fraction(Percent::max() - confidence);
  const auto is_enough = [&](std::uint64_t n) { return is_settled(tally, static_cast<double>(n), limit, miss); };
  if (tally.trials >= kMostTrials) return std::nullopt;
  std::uint64_t few = tally.trials, enough = few;
  do {
    if (enough >= kMostTrials) return std::nullopt;
    few = enough;
    enough = std::min(2 * enough, kMostTrials);
  } while (!is_enough(enough));
  while (enough - few > 1) {
    const std::uint64_t middle = few + (enough - few) / 2;
    (is_enough(middle) ? enough : few) = middle;
  }
  return enough - tally.trials;
}

}  // namespace migplan
