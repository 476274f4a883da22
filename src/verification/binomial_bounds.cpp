#include "migplan/verification/binomial_bounds.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "migplan/base/assert.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

// long double has another width on every platform.
using Real = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr std::uint64_t kMostTrials = 1'000'000'000'000;
constexpr std::int64_t kWhole = Percent::max().steps();

double fraction(Percent percent) noexcept { return static_cast<double>(percent.steps()) / static_cast<double>(kWhole); }

// Less than the rounding of the real arithmetic may add to a bound, far less than one trial more or less changes it.
constexpr double kNoise = 1e-6;
Percent rounded_up(double share) {
  return Percent::from_steps(static_cast<std::int64_t>(std::ceil(share * static_cast<double>(kWhole) - kNoise)));
}
Percent rounded_down(double share) {
  return Percent::from_steps(static_cast<std::int64_t>(std::floor(share * static_cast<double>(kWhole) + kNoise)));
}

// Quantiles of beta distributions; `miss` is the probability that the bound does not hold.
double upper(const Tally& tally, double miss) {
  const auto n = static_cast<double>(tally.trials), k = static_cast<double>(tally.events);
  if (tally.events == tally.trials) return 1;
  if (tally.events == 0) return -std::expm1(std::log(miss) / n);
  return boost::math::ibetac_inv(k + 1, n - k, miss, Real());
}
double lower(const Tally& tally, double miss) {
  const auto n = static_cast<double>(tally.trials), k = static_cast<double>(tally.events);
  if (tally.events == 0) return 0;
  if (tally.events == tally.trials) return std::exp(std::log(miss) / n);
  return boost::math::ibeta_inv(k, n - k + 1, miss, Real());
}

ShareBounds bounds(const Tally& tally, double miss) {
  MIGPLAN_ASSERT(tally.trials > 0 && tally.events <= tally.trials);
  return {rounded_down(lower(tally, miss)), rounded_up(upper(tally, miss))};
}

// Whether the bound on the share's own side of the limit would be kept by n trials with the same share, whole or not.
bool is_settled(const Tally& tally, double n, Percent limit, double miss) {
  const double k = n * static_cast<double>(tally.events) / static_cast<double>(tally.trials);
  if (share_of(tally) <= limit) return boost::math::ibetac(k + 1, n - k, fraction(limit), Real()) <= miss;
  return boost::math::ibeta(k, n - k + 1, fraction(limit), Real()) < miss;
}

}  // namespace

Percent share_of(const Tally& tally) noexcept {
  const auto trials = static_cast<Int128>(tally.trials);
  return Percent::from_steps(
      static_cast<std::int64_t>((static_cast<Int128>(tally.events) * kWhole + trials - 1) / trials));
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

Standing standing(const Tally& tally, Percent limit, Percent confidence) {
  const ShareBounds sides = one_sided_bounds(tally, confidence);
  if (share_of(tally) <= limit) return sides.high <= limit ? Standing::Within : Standing::Open;
  return sides.low > limit ? Standing::Beyond : Standing::Open;
}

std::optional<std::uint64_t> trials_still_needed(const Tally& tally, Percent limit, Percent confidence) {
  if (standing(tally, limit, confidence) != Standing::Open) return 0;
  if (tally.events == 0) {
    const auto trials = trials_without_event(limit, confidence);
    return trials ? std::optional(*trials - tally.trials) : std::nullopt;
  }
  const double miss = fraction(Percent::max() - confidence);
  const auto is_enough = [&](std::uint64_t n) { return is_settled(tally, static_cast<double>(n), limit, miss); };
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
