#include "migplan/verification/latency_quantiles.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "migplan/base/random_stream.hpp"

using namespace migplan;

namespace {

constexpr Percent kConfidence = Percent::whole(95);

ValueCounts up_to(std::uint64_t last) {
  ValueCounts counts;
  for (std::uint64_t value = 1; value <= last; ++value) counts.add(value);
  return counts;
}

}  // namespace

TEST_CASE("latency quantiles: the value of nearest rank", "[verification]") {
  // Of 1..200 the rank of the 99th percentile is ceil(198) = 198, of the median 100; of 1..5 they are 5 and 3.
  CHECK(latency_quantile(up_to(200), 990) == Milliseconds::from_steps(198));
  CHECK(latency_quantile(up_to(200), 500) == Milliseconds::from_steps(100));
  CHECK(latency_quantile(up_to(5), 990) == Milliseconds::from_steps(5));
  CHECK(latency_quantile(up_to(5), 500) == Milliseconds::from_steps(3));
  CHECK_FALSE(latency_quantile(ValueCounts{}, 990));
}

TEST_CASE("latency quantiles: no shift between the same latencies, and its interval holds 0", "[verification]") {
  const auto shift = quantile_shift(up_to(10'000), up_to(10'000), 990, kConfidence, 1);
  REQUIRE(shift);
  CHECK(shift->shift == Milliseconds{});
  CHECK(shift->low < Milliseconds{});
  CHECK(Milliseconds{} < shift->high);
  // The rank of the 99th percentile of 10,000 has the standard deviation sqrt(10000 * 0.99 * 0.01) = 9.95; of the
  // difference of two it is 14.07, and 95 % lie within 27.6.
  CHECK(shift->high.steps() == Approx(27.6).margin(3));
  CHECK(shift->low.steps() == Approx(-27.6).margin(3));
}

TEST_CASE("latency quantiles: the same seed gives the same interval, one value a width of 0", "[verification]") {
  const auto once = quantile_shift(up_to(500), up_to(900), 990, kConfidence, 7);
  const auto again = quantile_shift(up_to(500), up_to(900), 990, kConfidence, 7);
  REQUIRE(once);
  CHECK(once->low == again->low);
  CHECK(once->high == again->high);
  ValueCounts slow, fast;
  slow.add(80'000, 1000);
  fast.add(30'000, 1000);
  const auto exact = quantile_shift(slow, fast, 990, kConfidence, 1);
  CHECK(exact->shift == Milliseconds::whole(-50));
  CHECK(exact->low == exact->high);
  CHECK_FALSE(quantile_shift(slow, ValueCounts{}, 990, kConfidence, 1));
}

TEST_CASE("latency quantiles: the interval is that of resamples which are made", "[verification]") {
  // Two thousand resamples of 400 values each, in the plain way.
  constexpr std::size_t kCount = 400, kDraws = 2000;
  RandomStream random(11, 0);
  std::vector<std::uint64_t> values(kCount);
  ValueCounts counts;
  for (auto& value : values) {
    const double x = random.positive_uniform();
    value = static_cast<std::uint64_t>(1000 / x);
    counts.add(value);
  }
  std::vector<std::int64_t> medians;
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    std::vector<std::uint64_t> sample(kCount);
    for (auto& value : sample) value = values[random.next() % kCount];
    std::sort(sample.begin(), sample.end());
    medians.push_back(static_cast<std::int64_t>(sample[kCount / 2 - 1]));
  }
  std::sort(medians.begin(), medians.end());
  ValueCounts still;
  still.add(0, kCount);
  const auto shift = quantile_shift(still, counts, 500, kConfidence, 3);
  // Both are estimates of the same bounds; a width apart would be another distribution.
  const double width = static_cast<double>(medians[1949] - medians[50]);
  CHECK(static_cast<double>(shift->low.steps()) == Approx(static_cast<double>(medians[50])).margin(width / 8));
  CHECK(static_cast<double>(shift->high.steps()) == Approx(static_cast<double>(medians[1949])).margin(width / 8));
}
