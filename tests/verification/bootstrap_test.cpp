#include "migplan/verification/bootstrap.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "migplan/base/distribution.hpp"
#include "migplan/base/random_stream.hpp"

using namespace migplan;

namespace {

using Counts = std::vector<std::uint32_t>;

// Normal counts about a mean, each by itself.
Counts counts(double mean, double deviation, std::size_t size, std::uint64_t stream) {
  RandomStream random(11, stream);
  const Normal normal;
  Counts result(size);
  for (auto& count : result) {
    count = static_cast<std::uint32_t>(std::max(0.0, std::round(mean + deviation * normal(random))));
  }
  return result;
}

std::vector<Milliseconds> exponential(double mean_ms, std::size_t size, std::uint64_t stream) {
  RandomStream random(12, stream);
  std::vector<Milliseconds> result(size);
  for (auto& value : result) {
    value = Milliseconds::from_steps(std::llround(-1000 * mean_ms * std::log(random.positive_uniform())));
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

TEST_CASE("bootstrap: counts that never vary have one lift, exactly", "[verification]") {
  const Counts before(60, 1000), after(45, 1300);
  CHECK(lift_of_means(before, after) == Percent::whole(30));
  const auto bounds = lift_bounds(before, after, {});
  REQUIRE(bounds);
  CHECK(bounds->low == Percent::whole(30));
  CHECK(bounds->high == Percent::whole(30));
}

TEST_CASE("bootstrap: a lift is rounded down, losses too", "[verification]") {
  // 4/3 - 1 = 33.333333…%, 2/3 - 1 = -33.333333…%.
  CHECK(lift_of_means(Counts{3}, Counts{4}) == Percent::from_steps(33'333'333));
  CHECK(lift_of_means(Counts{3}, Counts{2}) == Percent::from_steps(-33'333'334));
  CHECK(lift_of_means(Counts{3, 3}, Counts{0, 0, 0}) == Percent::whole(-100));
}

TEST_CASE("bootstrap: bounds of a lift are about where the normal distribution has them", "[verification]") {
  const Counts before = counts(1000, 50, 400, 1), after = counts(1300, 50, 400, 2);
  const auto bounds = lift_bounds(before, after, {});
  REQUIRE(bounds);
  const auto lift = static_cast<double>(lift_of_means(before, after).steps()) / 1e6;
  // Standard error of the ratio by the delta method: 1.3 sqrt((50/1000)^2/400 + (50/1300)^2/400) = 0.0041, so that one
  // side of 95 % lies 1.645 x 0.41 = 0.67 points away; the draws make that uncertain by a few per cent.
  CHECK(lift - static_cast<double>(bounds->low.steps()) / 1e6 == Approx(0.67).margin(0.12));
  CHECK(static_cast<double>(bounds->high->steps()) / 1e6 - lift == Approx(0.67).margin(0.12));
}

TEST_CASE("bootstrap: the lower bound of a lift holds about as often as it says, in short series too",
          "[verification]") {
  for (const std::size_t size : {std::size_t{10}, std::size_t{30}, std::size_t{120}}) {
    int held = 0;
    constexpr int kTrials = 400;
    for (int i = 0; i < kTrials; ++i) {
      const auto stream = 2 * static_cast<std::uint64_t>(i);
      const auto bounds = lift_bounds(counts(1000, 100, size, stream), counts(1300, 100, size, stream + 1), {});
      REQUIRE(bounds);
      held += bounds->low <= Percent::whole(30) ? 1 : 0;
    }
    INFO(size << " counts: " << held << " of " << kTrials);
    // 95 % less four standard deviations of a binomial share, 4 sqrt(0.95 x 0.05 / 400) = 4.4 %.
    CHECK(held >= 0.906 * kTrials);
  }
}

TEST_CASE("bootstrap: counts that hang together widen the bounds", "[verification]") {
  // Each count stands eight times in a row: 50 observations, not 400.
  Counts before, after;
  for (const auto count : counts(1000, 100, 50, 5)) before.insert(before.end(), 8, count);
  for (const auto count : counts(1300, 100, 50, 6)) after.insert(after.end(), 8, count);
  const auto width = [](const LiftBounds& bounds) { return (*bounds.high - bounds.low).steps(); };
  const auto together = width(*lift_bounds(before, after, {}));
  RandomStream random(1, 1);
  for (std::size_t i = before.size(); i > 1; --i) {
    std::swap(before[i - 1], before[random.below(i)]);
    std::swap(after[i - 1], after[random.below(i)]);
  }
  const auto shuffled = width(*lift_bounds(before, after, {}));
  // Blocks of 7 see most of it: sqrt(8) = 2.8 would be all.
  CHECK(static_cast<double>(together) > 1.8 * static_cast<double>(shuffled));
}

TEST_CASE("bootstrap: too short a series has no bounds", "[verification]") {
  const Counts many(100, 10);
  for (std::size_t size = 0; size < 8; ++size) {
    CHECK_FALSE(lift_bounds(Counts(size, 10), many, {}));
    CHECK_FALSE(lift_bounds(many, Counts(size, 10), {}));
  }
  for (std::size_t size = 8; size < 40; ++size) CHECK(lift_bounds(Counts(size, 10), Counts(size, 10), {}));
}

TEST_CASE("bootstrap: an old series that is mostly empty has no upper bound", "[verification]") {
  Counts before(30, 0);
  before[7] = 900;
  const auto bounds = lift_bounds(before, Counts(30, 40), {});
  // Most draws miss the one second that has anything.
  CHECK((!bounds || !bounds->high));
}

TEST_CASE("bootstrap: the same seed gives the same bounds, on every machine", "[verification]") {
  const Counts before{900, 1010, 980, 1040, 1100, 960, 1005, 995, 970, 1020};
  const Counts after{1290, 1350, 1310, 1280, 1400, 1330, 1270, 1360, 1300, 1345};
  const auto first = lift_bounds(before, after, {.seed = 7});
  const auto second = lift_bounds(before, after, {.seed = 7});
  REQUIRE(first);
  CHECK(first->low == second->low);
  CHECK(first->high == second->high);
  // Recorded from GCC 12 with -O0 and -O3 -march=native and from Clang 14, which agree.
  CHECK(first->low == Percent::from_steps(27'263'875));
  CHECK(first->high == Percent::from_steps(37'300'360));
  CHECK(lift_bounds(before, after, {.seed = 8})->low != first->low);
  CHECK(lift_bounds(before, after, {.seed = 7, .draws = 500}).has_value());
}

TEST_CASE("bootstrap: a quantile is the nearest rank", "[verification]") {
  std::vector<Milliseconds> values;
  for (int i = 1; i <= 10; ++i) values.push_back(Milliseconds::whole(i));
  CHECK(quantile_of(values, Percent::whole(50)) == Milliseconds::whole(5));
  CHECK(quantile_of(values, Percent::whole(51)) == Milliseconds::whole(6));
  CHECK(quantile_of(values, Percent::whole(99)) == Milliseconds::whole(10));
  CHECK(quantile_of(values, Percent{}) == Milliseconds::whole(1));
}

TEST_CASE("bootstrap: bounds of a difference of quantiles hold about as often as they say", "[verification]") {
  // 99th percentiles of exponential latencies of mean 20 and 30 ms: 20 ln 100 = 92.1, 30 ln 100 = 138.2; 46.1 apart.
  const Milliseconds truth = Milliseconds::from_steps(46'052);
  int low_held = 0, high_held = 0;
  constexpr int kTrials = 300;
  for (int i = 0; i < kTrials; ++i) {
    const auto stream = 2 * static_cast<std::uint64_t>(i);
    const auto bounds = quantile_difference_bounds(exponential(20, 1000, stream), exponential(30, 1000, stream + 1),
                                                   Percent::whole(99), {.draws = 500});
    REQUIRE(bounds);
    low_held += bounds->low <= truth ? 1 : 0;
    high_held += bounds->high >= truth ? 1 : 0;
  }
  // 95 % less four standard deviations, 4 sqrt(0.95 x 0.05 / 300) = 5 %.
  CHECK(low_held >= 0.9 * kTrials);
  CHECK(high_held >= 0.9 * kTrials);
}

TEST_CASE("bootstrap: a quantile that too few samples bound has no bounds", "[verification]") {
  const auto many = exponential(20, 1000, 0);
  const auto has = [&many](std::size_t size, std::int64_t quantile) {
    return quantile_difference_bounds(many, exponential(20, size, 1), Percent::whole(quantile), {}).has_value();
  };
  CHECK_FALSE(has(298, 99));
  CHECK(has(299, 99));
  CHECK_FALSE(has(58, 95));
  CHECK(has(59, 95));
  CHECK_FALSE(has(3, 50));
}
