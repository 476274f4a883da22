#include "migplan/verification/mann_whitney.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "migplan/base/assert.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

constexpr std::size_t kExactBelow = 50;

// Both samples by value, and what is counted on one pass over them.
struct Ranking {
  std::uint64_t twice_u = 0;
  double ties = 0;  // sum of t^3 - t over the runs of t equal values
};

Ranking ranking(std::vector<Milliseconds> first, std::vector<Milliseconds> second) {
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  Ranking result;
  std::size_t i = 0, j = 0;
  while (i < first.size() || j < second.size()) {
    const Milliseconds value = j == second.size() || (i < first.size() && first[i] < second[j]) ? first[i] : second[j];
    const std::size_t i_start = i, j_start = j;
    while (i < first.size() && first[i] == value) ++i;
    while (j < second.size() && second[j] == value) ++j;
    result.twice_u += (i - i_start) * (2 * j_start + (j - j_start));
    const auto run = static_cast<double>(i - i_start + j - j_start);
    result.ties += run * run * run - run;
  }
  return result;
}

// How many of the (m + n choose n) orders of m and n values have each U, 0 to m n: the coefficients of the Gaussian
// binomial, the product over i = 1..n of (1 - q^(m+i)) / (1 - q^i). Below 2^97 for 49 and 49 values.
std::vector<Int128> orders_by_u(std::size_t m, std::size_t n) {
  const std::size_t greatest = m * n;
  std::vector<Int128> orders(greatest + 1, 0);
  orders[0] = 1;
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t u = greatest; u >= m + i; --u) orders[u] -= orders[u - m - i];
    for (std::size_t u = i; u <= greatest; ++u) orders[u] += orders[u - i];
  }
  return orders;
}

void set_exact(MannWhitney& test, std::size_t m, std::size_t n) {
  const auto orders = orders_by_u(m, n);
  const std::size_t u = test.twice_u / 2;
  Int128 below = 0, total = 0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (i < u) below += orders[i];
    total += orders[i];
  }
  const auto share = [total](Int128 count) { return static_cast<double>(count) / static_cast<double>(total); };
  test.p_less = share(below + orders[u]);
  test.p_greater = share(total - below);
  test.p_two_sided = std::min(1.0, 2 * std::min(test.p_less, test.p_greater));
  test.is_exact = true;
}

double beyond_normal(double z) noexcept { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

void set_normal(MannWhitney& test, double m, double n, double ties) {
  const double all = m + n;
  const double deviation = std::sqrt(m * n / 12 * ((all + 1) - ties / (all * (all - 1))));
  if (!(deviation > 0)) return;  // all values are the same: every p is 1
  const double distance = static_cast<double>(test.twice_u) / 2 - m * n / 2;
  constexpr double kContinuity = 0.5;
  test.p_greater = beyond_normal((distance - kContinuity) / deviation);
  test.p_less = beyond_normal((-distance - kContinuity) / deviation);
  test.p_two_sided = std::min(1.0, 2 * beyond_normal((std::abs(distance) - kContinuity) / deviation));
}

}  // namespace

MannWhitney mann_whitney(std::span<const Milliseconds> first, std::span<const Milliseconds> second) {
  MIGPLAN_ASSERT(!first.empty() && !second.empty());
  const Ranking ranks = ranking({first.begin(), first.end()}, {second.begin(), second.end()});
  MannWhitney test{.twice_u = ranks.twice_u};
  const bool is_small = first.size() < kExactBelow && second.size() < kExactBelow;
  if (is_small && ranks.ties == 0) {
    set_exact(test, first.size(), second.size());
  } else {
    set_normal(test, static_cast<double>(first.size()), static_cast<double>(second.size()), ranks.ties);
  }
  return test;
}

std::size_t least_ranked_samples(Percent confidence) {
  const auto miss = static_cast<double>((Percent::max() - confidence).steps());
  const auto whole = static_cast<double>(Percent::max().steps());
  double orders = 2;  // (2n choose n)
  std::size_t n = 1;
  while (2 * whole > miss * orders) {
    ++n;
    orders *= static_cast<double>(2 * (2 * n - 1)) / static_cast<double>(n);
  }
  return n;
}

}  // namespace migplan
