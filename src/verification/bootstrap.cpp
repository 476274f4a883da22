#include "migplan/verification/bootstrap.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "double_policy.hpp"
#include "migplan/base/assert.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/distribution.hpp"
#include "migplan/base/random_stream.hpp"
#include "migplan/verification/binomial_bounds.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kInfinite = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kHundredPercent = Percent::max().steps();

// (new / new_size) / (old / old_size) - 1 in steps of a percentage, rounded down.
std::int64_t lift_steps(std::uint64_t old_sum, std::size_t old_size, std::uint64_t new_sum, std::size_t new_size) {
  if (old_sum == 0) return kInfinite;
  const auto numerator = static_cast<Int128>(new_sum) * static_cast<Int128>(old_size) * kHundredPercent;
  const auto denominator = static_cast<Int128>(old_sum) * static_cast<Int128>(new_size);
  return static_cast<std::int64_t>(std::min<Int128>(numerator / denominator - kHundredPercent, kInfinite));
}

std::uint64_t sum_of(std::span<const std::uint32_t> counts) noexcept {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

// A series of counts from which blocks are drawn.
class Blocks {
 public:
  explicit Blocks(std::span<const std::uint32_t> counts) : size_(counts.size()) {
    // The cube root, rounded: one more as long as length + 1/2 is not above it.
    while ((2 * length_ + 1) * (2 * length_ + 1) * (2 * length_ + 1) <= 8 * size_) ++length_;
    sums_.reserve(size_ + length_ + 1);
    sums_.push_back(0);
    for (std::size_t i = 0; i < size_ + length_; ++i) sums_.push_back(sums_.back() + counts[i % size_]);
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t whole_blocks() const noexcept { return size_ / length_; }
  // The sum of a series of the same length, the last block cut to what is left.
  [[nodiscard]] std::uint64_t draw(RandomStream& random) const noexcept {
    std::uint64_t sum = 0;
    for (std::size_t done = 0; done < size_; done += length_) {
      const std::size_t first = random.below(size_);
      sum += sums_[first + std::min(length_, size_ - done)] - sums_[first];
    }
    return sum;
  }

 private:
  std::size_t size_, length_ = 1;
  std::vector<std::uint64_t> sums_;  // of all before; the series goes on from its beginning
};

double miss_of(Percent confidence) noexcept {
  return static_cast<double>((Percent::max() - confidence).steps()) / static_cast<double>(kHundredPercent);
}

// The k-th smallest of the draws bounds them below, the k-th greatest above; 0 = none of them does.
std::size_t rank_of(double miss, std::uint32_t draws) noexcept {
  return static_cast<std::size_t>(miss * (static_cast<double>(draws) + 1));
}

double expanded(double miss, std::size_t observations) {
  if (observations < 2) return 0;
  const auto n = static_cast<double>(observations);
  const boost::math::students_t_distribution<double, DoublePolicy> student(n - 1);
  const double t = boost::math::quantile(boost::math::complement(student, miss));
  return 0.5 * std::erfc(std::sqrt(n / (n - 1)) * t / std::sqrt(2.0));
}

// Where the r-th smallest of n values drawn from a sorted sample of n stands in it: the r-th smallest of n uniform
// numbers has the beta distribution with r and n - r + 1.
std::size_t drawn_place(std::size_t size, std::size_t rank, RandomStream& random) noexcept {
  const double below = gamma_draw(static_cast<double>(rank), random);
  const double above = gamma_draw(static_cast<double>(size - rank + 1), random);
  const double place = static_cast<double>(size) * (below / (below + above));
  return std::min(static_cast<std::size_t>(place), size - 1);
}

std::size_t nearest_rank(std::size_t size, Percent quantile) noexcept {
  const Int128 rank = (static_cast<Int128>(size) * quantile.steps() + kHundredPercent - 1) / kHundredPercent;
  return std::max<std::size_t>(1, static_cast<std::size_t>(rank));
}

}  // namespace

Percent lift_of_means(std::span<const std::uint32_t> old_counts, std::span<const std::uint32_t> new_counts) {
  const std::uint64_t old_sum = sum_of(old_counts);
  MIGPLAN_ASSERT(old_sum > 0 && !new_counts.empty());
  return Percent::from_steps(lift_steps(old_sum, old_counts.size(), sum_of(new_counts), new_counts.size()));
}

std::optional<LiftBounds> lift_bounds(std::span<const std::uint32_t> old_counts,
                                      std::span<const std::uint32_t> new_counts, const Bootstrap& bootstrap) {
  if (old_counts.empty() || new_counts.empty()) return std::nullopt;
  const Blocks before(old_counts), after(new_counts);
  const std::size_t observations = std::min(before.whole_blocks(), after.whole_blocks());
  const std::size_t rank = rank_of(expanded(miss_of(bootstrap.confidence), observations), bootstrap.draws);
  if (rank == 0) return std::nullopt;
  std::vector<std::int64_t> lifts(bootstrap.draws);
  RandomStream random(bootstrap.seed, 0);
  for (std::int64_t& lift : lifts) {
    const std::uint64_t old_sum = before.draw(random);
    lift = lift_steps(old_sum, before.size(), after.draw(random), after.size());
  }
  std::sort(lifts.begin(), lifts.end());
  const std::int64_t low = lifts[rank - 1], high = lifts[lifts.size() - rank];
  if (low == kInfinite) return std::nullopt;
  return LiftBounds{Percent::from_steps(low),
                    high == kInfinite ? std::nullopt : std::optional(Percent::from_steps(high))};
}

Milliseconds quantile_of(std::span<const Milliseconds> sorted, Percent quantile) noexcept {
  return sorted[nearest_rank(sorted.size(), quantile) - 1];
}

std::optional<DifferenceBounds> quantile_difference_bounds(std::span<const Milliseconds> old_sorted,
                                                           std::span<const Milliseconds> new_sorted, Percent quantile,
                                                           const Bootstrap& bootstrap) {
  const auto least = trials_without_event(Percent::max() - quantile, bootstrap.confidence);
  const std::size_t rank = rank_of(miss_of(bootstrap.confidence), bootstrap.draws);
  if (!least || std::min(old_sorted.size(), new_sorted.size()) < *least || rank == 0) return std::nullopt;
  const std::size_t old_rank = nearest_rank(old_sorted.size(), quantile);
  const std::size_t new_rank = nearest_rank(new_sorted.size(), quantile);
  std::vector<Milliseconds> differences(bootstrap.draws);
  RandomStream random(bootstrap.seed, 0);
  for (Milliseconds& difference : differences) {
    const Milliseconds before = old_sorted[drawn_place(old_sorted.size(), old_rank, random)];
    difference = new_sorted[drawn_place(new_sorted.size(), new_rank, random)] - before;
  }
  std::sort(differences.begin(), differences.end());
  return DifferenceBounds{differences[rank - 1], differences[differences.size() - rank]};
}

}  // namespace migplan
