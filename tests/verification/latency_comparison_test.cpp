#include "migplan/verification/latency_comparison.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "migplan/base/random_stream.hpp"

using namespace migplan;

namespace {

// Exponential latencies of mean 20 ms; so many per thousand of them take ten times as long.
std::vector<Milliseconds> latencies(std::size_t size, std::uint64_t slow_per_thousand, std::uint64_t stream) {
  RandomStream random(21, stream);
  std::vector<Milliseconds> result;
  for (std::size_t i = 0; i < size; ++i) {
    const double factor = random.below(1000) < slow_per_thousand ? 10 : 1;
    result.push_back(Milliseconds::from_steps(std::llround(-20'000 * factor * std::log(random.positive_uniform()))));
  }
  return result;
}

std::vector<Milliseconds> spaced(std::int64_t first, std::size_t size) {
  std::vector<Milliseconds> result;
  for (std::size_t i = 0; i < size; ++i) result.push_back(Milliseconds::whole(first + static_cast<std::int64_t>(i)));
  return result;
}

}  // namespace

TEST_CASE("latency_comparison: a tail that moves is seen though the median stays", "[verification]") {
  // Three requests in a hundred take ten times as long. The ranks as a whole hardly move.
  const LatencyComparison result = compare_latencies(latencies(2000, 0, 1), latencies(2000, 30, 2), {});
  CHECK(result.slowdown == Slowdown::Tail);
  CHECK(result.ranks.p_greater > 0.025);
  CHECK(result.p_tail < 0.001);
  CHECK(result.quantiles[0].bounds->low < Milliseconds{});
  CHECK(result.quantiles[2].bounds->low > Milliseconds{});
  CHECK(result.quantiles[2].quantile == Percent::whole(99));
}

TEST_CASE("latency_comparison: seven slow samples of ten do not pass", "[verification]") {
  // The data of spinnaker/spinnaker#6278, which a judge by ranks and medians lets pass. By hand: U = 7 x 10 + 3 x 10 /
  // 2 = 85, mean 50; ties 13 and 7 long, 13^3 - 13 + 7^3 - 7 = 2520; variance 100 / 12 (21 - 2520 / 380) = 119.7; z
  // = 34.5 / 10.94 = 3.15, p = 0.0008.
  const std::vector<Milliseconds> before(10, Milliseconds::whole(1));
  auto after = before;
  std::fill_n(after.begin(), 7, Milliseconds::whole(100));
  const auto result = compare_latencies(before, after, {});
  CHECK(result.slowdown == Slowdown::Whole);
  CHECK(result.ranks.twice_u == 170);
  CHECK(result.ranks.p_greater == Approx(0.0008).margin(0.00005));
  // Of two slow ones the ranks say nothing; ten samples rule nothing out.
  after = before;
  std::fill_n(after.begin(), 2, Milliseconds::whole(100));
  CHECK(compare_latencies(before, after, {}).slowdown == Slowdown::TooFew);
}

TEST_CASE("latency_comparison: latencies that are greater as a whole are seen", "[verification]") {
  auto slower = latencies(500, 0, 4);
  for (auto& value : slower) value += Milliseconds::whole(5);
  CHECK(compare_latencies(latencies(500, 0, 3), slower, {}).slowdown == Slowdown::Whole);
  CHECK(compare_latencies(slower, latencies(500, 0, 3), {}).slowdown == Slowdown::NotShown);
}

TEST_CASE("latency_comparison: sides of one distribution are told apart no oftener than the level says") {
  int told = 0;
  constexpr int kTrials = 400;
  for (int i = 0; i < kTrials; ++i) {
    const auto stream = 2 * static_cast<std::uint64_t>(i) + 100;
    const auto result = compare_latencies(latencies(300, 0, stream), latencies(300, 0, stream + 1), {.draws = 10});
    told += result.slowdown != Slowdown::NotShown ? 1 : 0;
  }
  // 5 % and four standard deviations, 4 sqrt(0.05 x 0.95 / 400) = 4.4 %.
  CHECK(told <= 0.094 * kTrials);
}

TEST_CASE("latency_comparison: two or three samples are never a verdict", "[verification]") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    const auto result = compare_latencies(spaced(1, 1000), spaced(100'000, size), {});
    CHECK(result.slowdown == Slowdown::TooFew);
    CHECK(result.least == 299);
    CHECK(compare_latencies(spaced(1, size), spaced(100'000, 1000), {}).slowdown == Slowdown::TooFew);
  }
}

TEST_CASE("latency_comparison: few samples may show a slowdown, but do not rule one out", "[verification]") {
  CHECK(compare_latencies(spaced(1, 20), spaced(1000, 20), {}).slowdown == Slowdown::Whole);
  CHECK(compare_latencies(spaced(1, 298), spaced(1, 298), {}).slowdown == Slowdown::TooFew);
  CHECK(compare_latencies(spaced(1, 299), spaced(1, 299), {}).slowdown == Slowdown::NotShown);
}

TEST_CASE("latency_comparison: the tail's p value is that of counting", "[verification]") {
  // 100 old values, the 99th percentile is the 99th, one lies above it. Two of 5 new ones above that value: of the 3
  // greatest of all 105, 2 or 3 are new. (5 choose 2)(100 choose 1) + (5 choose 3) = 1010 of (105 choose 3) = 187460.
  auto after = spaced(-10, 3);
  after.push_back(Milliseconds::from_steps(99'500));  // above 99, below 100
  after.push_back(Milliseconds::whole(200));
  const auto result = compare_latencies(spaced(1, 100), after, {});
  CHECK(result.tail_from == Milliseconds::whole(99));
  CHECK(result.beyond == 2);
  CHECK(result.p_tail == Approx(1010.0 / 187'460).epsilon(1e-9));
  // None above: certain.
  CHECK(compare_latencies(spaced(1, 100), spaced(1, 5), {}).p_tail == Approx(1));
}

TEST_CASE("latency_comparison: equal latencies are no slowdown", "[verification]") {
  const std::vector<Milliseconds> same(500, Milliseconds::whole(10));
  const auto result = compare_latencies(same, same, {});
  CHECK(result.slowdown == Slowdown::NotShown);
  CHECK(result.beyond == 0);
}
