#pragma once

#include <cstdint>
#include <optional>

#include "migplan/base/quantity.hpp"
#include "migplan/base/value_counts.hpp"

namespace migplan {

// The value of nearest rank, ceil(permille / 1000 * n), of latencies counted in microseconds; null where there are
// none.
[[nodiscard]] std::optional<Milliseconds> latency_quantile(const ValueCounts& latencies, unsigned permille);

// By how much a quantile of `newer` lies above that of `older`, and the interval of it.
struct QuantileShift {
  Milliseconds shift, low, high;
};

// The two-sided percentile interval of a seeded bootstrap (Efron 1979) with `draws` resamples of both sides. Resamples
// are not made: the k-th smallest of a resample of n values is the value of rank ceil(n * U), U of Beta(k, n - k + 1).
// Null where a side has no latencies.
[[nodiscard]] std::optional<QuantileShift> quantile_shift(const ValueCounts& older, const ValueCounts& newer,
                                                          unsigned permille, Percent confidence, std::uint64_t seed,
                                                          std::size_t draws = 2000);

}  // namespace migplan
