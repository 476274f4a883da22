#pragma once

#include <vector>

#include "load_test_reading.hpp"

namespace migplan::testing {

// The run that the tests of both kinds of Gatling's log write: two users and four requests, one of which fails. It
// lasts from 10,000 to 14,500, 4.5 s, which Gatling rounds up to 5: 4 / 5 = 0.8 requests a second, of which 3 / 5 = 0.6
// succeed. Response times 200, 300, 900, 1500: p50 is rank ceil(2) = 300, p95 and p99 rank ceil(3.8) = ceil(3.96) = 4:
// 1500. Full seconds of the clock within the run: 10 to 13; successes end at 10.2, 11.3, 13.9.
inline void check_checkout_run(const LoadTest& test) {
  CHECK(test.place.file == kFile);
  CHECK(test.requests == 4U);
  CHECK(test.failed == 1U);
  CHECK(millionths(test.rate) == 800'000);
  CHECK(millionths(test.succeeded_rate) == 600'000);
  CHECK(test.duration == Seconds::from_steps(4500));
  CHECK(microseconds(test.p50) == 300'000);
  CHECK(microseconds(test.p95) == 1'500'000);
  CHECK(microseconds(test.p99) == 1'500'000);
  CHECK(test.succeeded == std::vector<std::uint32_t>{1, 1, 0, 1});
  CHECK(test.began_ms == 10'000);
  CHECK(test.ended_ms == 14'500);
  CHECK(test.notes.empty());
}

}  // namespace migplan::testing
