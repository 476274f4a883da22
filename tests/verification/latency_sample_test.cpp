#include "migplan/verification/latency_sample.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "samples_builder.hpp"

namespace migplan {
namespace {

TEST_CASE("latency sample: the unit is the end of the metric's name") {
  CHECK(unit_of_metric("http_request_duration_seconds") == LatencyUnit::InSeconds);
  CHECK(unit_of_metric("http.server.duration.milliseconds") == LatencyUnit::InMilliseconds);
  CHECK(unit_of_metric("rt_ms") == LatencyUnit::InMilliseconds);
  CHECK_FALSE(unit_of_metric("latency"));
  CHECK_FALSE(unit_of_metric("items"));  // ends with "ms"
  CHECK_FALSE(unit_of_metric(""));
}

TEST_CASE("latency sample: each point of each series is one, what is no latency is counted") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinite = std::numeric_limits<double>::infinity();
  SamplesBuilder made;
  made.series("p99_seconds", {{"pod", "a"}}, {{0, 0.25}, {1, nan}, {2, infinite}})
      .series("p99_seconds", {{"pod", "b"}}, {{0, 0.0000005}, {1, -1}});
  const LatencyPoints points = latency_points(made.made(), std::nullopt);
  // 0.0000005 s is half a microsecond, the smallest step being one: half up.
  CHECK(points.sample.values ==
        std::vector{Milliseconds::whole(250), Milliseconds::max(), Milliseconds::from_steps(1)});
  CHECK(points.not_a_number == 1);
  CHECK(points.negative == 1);
  CHECK(points.beyond == 1);
  CHECK(points.sample.place.field == "p99_seconds");
}

TEST_CASE("latency sample: without a unit, or of what only grows, nothing is taken") {
  SamplesBuilder nameless;
  nameless.series("", {}, {{0, 0.25}});
  CHECK(latency_points(nameless.made(), std::nullopt).no_unit_of == "(no name)");
  CHECK(latency_points(nameless.made(), LatencyUnit::InMilliseconds).sample.values ==
        std::vector{Milliseconds::from_steps(250)});
  SamplesBuilder counter;
  counter.series("request_seconds_sum", {}, {{0, 0.25}});
  CHECK(latency_points(counter.made(), LatencyUnit::InSeconds).no_latency == "request_seconds_sum");
}

}  // namespace
}  // namespace migplan
