// What the Go service takes at its peak.

#include "migplan/playbook/memory_prediction.hpp"

#include <catch2/catch.hpp>

#include "builders.hpp"

using namespace migplan;
using namespace migplan::testing;

namespace {

Runtime runtime(std::string_view heap_max, std::string_view live, std::string_view threads) {
  Runtime made;
  made.heap_max = Known{heap_max};
  made.live_heap = Known{live};
  made.threads = Known{threads};
  return made;
}

MemoryPrediction prediction(const Runtime& of, const PolicyValues& rules = reference_rules()) {
  const auto made = memory_prediction(of, policy(rules));
  REQUIRE(made);
  return *made;
}

}  // namespace

TEST_CASE("memory prediction: a small live heap takes Go's own GOGC and stays within the test's limit") {
  // limit 8192 x 0.55 = 4505.6; stacks 256 x 8 KiB = 2 MiB; peak (2000 + 2) x 2 = 4004; drop 1 - 4004/8192 = 51.1 %.
  const auto made = prediction(runtime("8192", "2000", "256"));
  CHECK(made.limit.steps() == 4505);
  CHECK(made.live.steps() == 2000);
  CHECK(made.stacks.steps() == 2);
  CHECK(made.gogc == 100);
  CHECK(made.peak.steps() == 4004);
  CHECK(made.gomemlimit.steps() == 4505);
  CHECK(made.container_limit.steps() == 8192);
  CHECK(made.is_within());
  CHECK(made.drop == of<Percent>("51.1"));
}

TEST_CASE("memory prediction: GOGC falls as far as the limit asks") {
  // limit 5500, base 3300: 5500 / 3300 = 1.666, so GOGC 66 and a peak of 3300 x 1.66 = 5478.
  const auto made = prediction(runtime("10000", "3300", "0"));
  CHECK(made.gogc == 66);
  CHECK(made.peak.steps() == 5478);
  CHECK(made.is_within());
}

TEST_CASE("memory prediction: below the least GOGC it is the heap that has to shrink") {
  // limit 5500, base 4000: 137 %, GOGC would be 37; with 50 the peak is 6000, 500 above.
  const auto made = prediction(runtime("10000", "4000", "0"));
  CHECK(made.gogc == 50);
  CHECK(made.peak.steps() == 6000);
  CHECK(made.excess.steps() == 500);
  CHECK_FALSE(made.is_within());
  CHECK(made.gomemlimit.steps() == 6000);  // a lower one would have the collector run without end
  CHECK(made.container_limit.steps() == 10000);
}

TEST_CASE("memory prediction: a peak above the Java heap is a negative drop") {
  const auto made = prediction(runtime("1000", "900", "0"));  // 900 x 1.5 = 1350
  CHECK(made.drop.steps() == -35 * Percent::scale());
  CHECK(made.container_limit.steps() == 1485);  // 1350 x 1.1: within the old heap it would be killed
}

TEST_CASE("memory prediction: the limit is the policy's, and so is what becomes of the heap") {
  PolicyValues rules = reference_rules();
  rules.gate.memory_drop = Percent::whole(20);
  rules.playbook.live_heap_ratio = of<Ratio>("0.5");
  rules.playbook.goroutine_stack_kib = Count::whole(64);
  const auto made = prediction(runtime("1000", "301", "17"), rules);
  CHECK(made.limit.steps() == 800);
  CHECK(made.live.steps() == 151);  // 150.5, rounded up
  CHECK(made.stacks.steps() == 2);  // 17 x 64 KiB = 1.06 MiB, rounded up
  CHECK(made.peak.steps() == 306);
}

TEST_CASE("memory prediction: threads that are not stated take nothing; without a heap there is no prediction") {
  Runtime of;
  of.heap_max = Known{"1000"};
  CHECK_FALSE(memory_prediction(of, policy()));
  of.live_heap = Known{"0"};
  const auto made = memory_prediction(of, policy());
  REQUIRE(made);
  CHECK(made->peak.steps() == 0);
  CHECK(made->gogc == 100);
  of.heap_max = Known{"0"};
  CHECK_FALSE(memory_prediction(of, policy()));
}

TEST_CASE("memory prediction: within the limits of GOGC the peak never passes the limit, and one more would") {
  Random random(7);
  for (int i = 0; i < 2000; ++i) {
    Runtime of = runtime("1", "1", "1");
    of.heap_max = Stated<Megabytes>(Megabytes::whole(random.between(1, 100'000)));
    of.live_heap = Stated<Megabytes>(Megabytes::whole(random.between(0, 60'000)));
    of.threads = Stated<Count>(Count::whole(random.between(0, 5000)));
    const auto made = prediction(of);
    const std::int64_t base = (made.live + made.stacks).steps();
    CHECK(made.gogc >= 50);
    CHECK(made.gogc <= 100);
    if (made.gogc > 50) CHECK(made.is_within());
    if (made.is_within() && made.gogc < 100) CHECK(base * (101 + made.gogc) > made.limit.steps() * 100);
    CHECK(made.gomemlimit >= made.peak);
    CHECK(made.container_limit.steps() * 10 >= made.gomemlimit.steps() * 11);
  }
}
