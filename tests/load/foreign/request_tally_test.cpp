#include "foreign/request_tally.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

namespace migplan {
namespace {

constexpr TallyRules kExact{false, PercentileRule::CommonsMathLegacy};
constexpr TallyRules kGatling{true, PercentileRule::NearestRank};

}  // namespace

TEST_CASE("latency counts: percentiles of counted values are those of the sorted ones", "[load]") {
  // 1 1 2 2 2 5000: nearest rank of 50 % is rank 3 = 2; the legacy place of 99 % is 6.93, behind the last = 5000; of
  // 75 %: 5.25, a quarter from 2 to 5000 = 1251.5.
  LatencyCounts counts;
  counts.add(5000);
  counts.add(2, 3);
  counts.add(1, 2);
  CHECK(counts.percentile(50, PercentileRule::NearestRank) == Milliseconds::whole(2));
  CHECK(counts.percentile(99, PercentileRule::CommonsMathLegacy) == Milliseconds::whole(5000));
  CHECK(counts.percentile(75, PercentileRule::CommonsMathLegacy) == Milliseconds::from_steps(1'251'500));
}

TEST_CASE("latency counts: negative and very long latencies are counted apart", "[load]") {
  LatencyCounts counts;
  CHECK_FALSE(counts.percentile(50, PercentileRule::NearestRank).has_value());
  counts.add(-1, 4);
  CHECK_FALSE(counts.percentile(50, PercentileRule::NearestRank).has_value());
  counts.add(LatencyCounts::kLongest);
  counts.add(LatencyCounts::kLongest + 1);
  counts.add(std::numeric_limits<std::int64_t>::max());
  CHECK(counts.negative() == 4);
  CHECK(counts.longer() == 2);
  CHECK(counts.size() == 3);
  // Ranks 1 of 3 (33 %) and 2 of 3 (34 %); the legacy place of 25 % is 1, of 30 % is 1.2, already on the way to rank 2.
  CHECK(counts.percentile(33, PercentileRule::NearestRank) == Milliseconds::max());
  CHECK_FALSE(counts.percentile(34, PercentileRule::NearestRank).has_value());
  CHECK(counts.percentile(25, PercentileRule::CommonsMathLegacy) == Milliseconds::max());
  CHECK_FALSE(counts.percentile(30, PercentileRule::CommonsMathLegacy).has_value());
}

TEST_CASE("request tally: counts beyond 32 bits stay exact", "[load]") {
  // 5e9 requests of 100 ms and 5e9 of 300 ms, the latter failed, over 10 s: 1e9 requests a second.
  RequestTally tally;
  REQUIRE(tally.add({0, 100, true}, 5'000'000'000));
  REQUIRE(tally.add({9'700, 10'000, false}, 5'000'000'000));
  const LoadTest test = tally.load_test({"log"}, kGatling);
  CHECK(test.requests == 10'000'000'000U);
  CHECK(test.failed == 5'000'000'000U);
  CHECK(test.rate == RequestsPerSecond::whole(1'000'000'000));
  CHECK(test.succeeded_rate == RequestsPerSecond::whole(500'000'000));
  CHECK(test.p50 == Milliseconds::whole(100));
  CHECK(test.p95 == Milliseconds::whole(300));
  // A second holds 32 bits, more than any machine sends; beyond, the count stays at its largest.
  CHECK(test.succeeded.at(0) == std::numeric_limits<std::uint32_t>::max());
}

TEST_CASE("request tally: a rate beyond what its quantity holds is not given", "[load]") {
  RequestTally tally;
  REQUIRE(tally.add({0, 1, true}, 2'000'000'000));
  const LoadTest test = tally.load_test({"log"}, kExact);
  CHECK_FALSE(test.rate.has_value());
  CHECK(test.notes.size() == 1);
}

TEST_CASE("request tally: only whole seconds of the clock within the run are given", "[load]") {
  // The run lasts from 1.5 s to 4.5 s: seconds 2 and 3 are whole. Ends at 1.9, 2.0, 2.999, 3.5 and 4.2 s.
  RequestTally tally;
  REQUIRE(tally.has_begun(1'500));
  for (const std::int64_t end : {1'900, 2'000, 2'999, 3'500, 4'200}) REQUIRE(tally.add({1'600, end, true}));
  REQUIRE(tally.has_lasted_to(4'500));
  CHECK(tally.load_test({"log"}, kExact).succeeded == std::vector<std::uint32_t>{2, 1});
}

TEST_CASE("request tally: the order of the rows does not matter", "[load]") {
  std::vector<TimedRequest> requests;
  for (std::int64_t i = 0; i < 50; ++i) requests.push_back({7'000 + 137 * i, 7'050 + 151 * i, i % 7 != 0});
  const auto sum_up = [&] {
    RequestTally tally;
    for (const TimedRequest& request : requests) REQUIRE(tally.add(request));
    return tally.load_test({"log"}, kExact);
  };
  const LoadTest forward = sum_up();
  std::reverse(requests.begin(), requests.end());
  const LoadTest backward = sum_up();
  CHECK(forward.rate == backward.rate);
  CHECK(forward.p95 == backward.p95);
  CHECK(forward.succeeded == backward.succeeded);
}

TEST_CASE("request tally: times that are none or too far apart are not taken", "[load]") {
  RequestTally tally;
  CHECK_FALSE(tally.has_begun(-1));
  CHECK_FALSE(tally.has_begun(RequestTally::kLatestTime + 1));
  CHECK_FALSE(tally.add({std::numeric_limits<std::int64_t>::min(), 5, true}));
  REQUIRE(tally.add({1'000'000, 1'000'500, true}));
  CHECK_FALSE(tally.add({1'000'000, 1'000'001 + RequestTally::kLongestRun, true}));
  CHECK(tally.add({1'000'000, 1'000'000 + RequestTally::kLongestRun, true}));
  CHECK_FALSE(tally.has_begun(999'999));
  CHECK(tally.requests() == 2);
}

TEST_CASE("request tally: the part of a rate that successes make is rounded once", "[load]") {
  // 10 * (3 - 1) / 3 = 6.666667
  CHECK(succeeded_part(RequestsPerSecond::whole(10), 3, 1) == RequestsPerSecond::from_steps(6'666'667));
  CHECK(succeeded_part(RequestsPerSecond::whole(10), 3, 3) == RequestsPerSecond());
}

}  // namespace migplan
