#include "migplan/verification/latency_quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "migplan/base/distribution.hpp"
#include "migplan/base/random_stream.hpp"

namespace migplan {
namespace {

// ceil(permille / 1000 * n), in 1..n.
std::uint64_t rank_of(std::uint64_t count, unsigned permille) noexcept {
  const std::uint64_t whole = count / 1000 * permille, rest = count % 1000 * permille;
  return std::max<std::uint64_t>(whole + (rest + 999) / 1000, 1);
}

std::int64_t value_at(const ValueCounts& latencies, std::uint64_t rank) {
  return static_cast<std::int64_t>(latencies.kth(rank));
}

// The quantile of each resample, in the order of the draws.
std::vector<std::int64_t> resampled(const ValueCounts& latencies, unsigned permille, std::size_t draws,
                                    RandomStream random) {
  const std::uint64_t count = latencies.count(), rank = rank_of(count, permille);
  std::vector<std::uint64_t> ranks;
  for (std::size_t i = 0; i < draws; ++i) {
    const double below = gamma_draw(static_cast<double>(rank), random);
    const double above = gamma_draw(static_cast<double>(count - rank + 1), random);
    const double place = std::ceil(static_cast<double>(count) * (below / (below + above)));
    ranks.push_back(std::clamp<std::uint64_t>(static_cast<std::uint64_t>(place), 1, count));
  }
  std::vector<std::size_t> order(draws);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&ranks](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  std::sort(ranks.begin(), ranks.end());
  const std::vector<std::uint64_t> values = latencies.kth(ranks);
  std::vector<std::int64_t> quantiles(draws);
  for (std::size_t i = 0; i < draws; ++i) quantiles[order[i]] = static_cast<std::int64_t>(values[i]);
  return quantiles;
}

}  // namespace

std::optional<Milliseconds> latency_quantile(const ValueCounts& latencies, unsigned permille) {
  if (latencies.count() == 0) return std::nullopt;
  return Milliseconds::from_steps(value_at(latencies, rank_of(latencies.count(), permille)));
}

std::optional<QuantileShift> quantile_shift(const ValueCounts& older, const ValueCounts& newer, unsigned permille,
                                            Percent confidence, std::uint64_t seed, std::size_t draws) {
  const auto before = latency_quantile(older, permille), after = latency_quantile(newer, permille);
  if (!before || !after) return std::nullopt;
  const auto old_draws = resampled(older, permille, draws, RandomStream(seed, 0));
  const auto new_draws = resampled(newer, permille, draws, RandomStream(seed, 1));
  std::vector<std::int64_t> shifts(draws);
  std::transform(new_draws.begin(), new_draws.end(), old_draws.begin(), shifts.begin(), std::minus<>());
  std::sort(shifts.begin(), shifts.end());
  // Of the draws, (1 - confidence) / 2 lie below and as many above.
  const auto outside = static_cast<std::size_t>((Percent::max() - confidence).steps()) * draws /
                       (2 * static_cast<std::size_t>(Percent::max().steps()));
  return QuantileShift{*after - *before, Milliseconds::from_steps(shifts[outside]),
                       Milliseconds::from_steps(shifts[draws - 1 - outside])};
}

}  // namespace migplan
