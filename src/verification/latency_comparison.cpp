#include "migplan/verification/latency_comparison.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <vector>

#include "double_policy.hpp"
#include "migplan/verification/binomial_bounds.hpp"

namespace migplan {
namespace {

constexpr Percent kTail = Percent::whole(99);
constexpr std::array kQuantiles{Percent::whole(50), Percent::whole(95), kTail};

std::vector<Milliseconds> sorted(std::span<const Milliseconds> values) {
  std::vector<Milliseconds> result(values.begin(), values.end());
  std::sort(result.begin(), result.end());
  return result;
}

double log_choose(double n, double k) {
  const auto log_factorial = [](double x) { return boost::math::lgamma(x + 1, DoublePolicy()); };
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

// The probability that, of m old and n new values of one distribution, k or more new ones lie above the old value that
// `above` old ones exceed. That is so when the greatest above + k of all hold k new ones or more, and how many new ones
// they hold is hypergeometric.
double exceedance(double m, double n, double above, double k) {
  const double drawn = above + k;
  const double all = log_choose(m + n, drawn);
  double sum = 0;
  const auto terms = static_cast<std::size_t>(std::min(n, drawn) - k) + 1;
  for (std::size_t term = 0; term < terms; ++term) {
    const double i = k + static_cast<double>(term);
    sum += std::exp(log_choose(n, i) + log_choose(m, drawn - i) - all);
  }
  return std::min(1.0, sum);
}

}  // namespace

LatencyComparison compare_latencies(std::span<const Milliseconds> old_latencies,
                                    std::span<const Milliseconds> new_latencies, const Bootstrap& bootstrap) {
  LatencyComparison result;
  result.least = *trials_without_event(Percent::max() - kTail, bootstrap.confidence);
  const std::size_t fewest = std::min(old_latencies.size(), new_latencies.size());
  if (fewest < least_ranked_samples(bootstrap.confidence)) return result;
  const auto before = sorted(old_latencies), after = sorted(new_latencies);
  for (std::size_t i = 0; i < kQuantiles.size(); ++i) {
    result.quantiles[i] = {kQuantiles[i], quantile_of(before, kQuantiles[i]), quantile_of(after, kQuantiles[i]),
                           quantile_difference_bounds(before, after, kQuantiles[i], bootstrap)};
  }
  result.ranks = mann_whitney(after, before);
  result.tail_from = result.quantiles.back().old_value;
  result.beyond =
      static_cast<std::uint64_t>(after.end() - std::upper_bound(after.begin(), after.end(), result.tail_from));
  // Of equal old values only some count as above; new ones that equal them never do, so the test stays on the safe
  // side.
  const std::size_t above = before.size() / 100;
  result.p_tail = exceedance(static_cast<double>(before.size()), static_cast<double>(after.size()),
                             static_cast<double>(above), static_cast<double>(result.beyond));
  const double level = static_cast<double>((Percent::max() - bootstrap.confidence).steps()) /
                       static_cast<double>(Percent::max().steps()) / 2;
  if (result.ranks.p_greater <= level) {
    result.slowdown = Slowdown::Whole;
  } else if (result.p_tail <= level) {
    result.slowdown = Slowdown::Tail;
  } else if (fewest >= result.least) {
    result.slowdown = Slowdown::NotShown;
  }
  return result;
}

}  // namespace migplan
