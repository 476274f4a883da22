#include "migplan/model/metric_samples.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace migplan {
namespace {

void add(MetricSamples& samples, std::string_view name, const std::vector<MetricLabel>& labels,
         const std::vector<MetricPoint>& points, std::uint32_t line) {
  samples.add_series(name, MetricType::Counter, {line, 1});
  for (const MetricLabel& label : labels) samples.add_label(label.name, label.value);
  for (const MetricPoint& point : points) samples.add_point(point);
}

TEST_CASE("metric samples: series of the same name and labels become one, at the place of the first") {
  MetricSamples samples;
  add(samples, "a", {{"x", "1"}, {"y", "2"}}, {{3000, 3}}, 1);
  add(samples, "b", {{"x", "1"}, {"y", "2"}}, {{1000, 7}}, 2);
  add(samples, "a", {{"y", "2"}, {"x", "1"}}, {{1000, 1}, {2000, 2}}, 3);
  add(samples, "a", {{"x", "2"}, {"y", "1"}}, {{1000, 9}}, 4);
  add(samples, "a", {{"x", "1"}}, {{1000, 8}}, 5);
  CHECK(samples.gather().points == 0);
  REQUIRE(samples.series().size() == 4);
  const auto points = samples.points(samples.series()[0]);
  REQUIRE(points.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(points[i].value == static_cast<double>(i + 1));
  CHECK(samples.series()[0].at.line == 1);
  CHECK(samples.label(samples.series()[0], "y") == "2");
  CHECK(samples.points(samples.series()[1])[0].value == 7);
  CHECK(samples.points(samples.series()[3])[0].value == 8);
}

TEST_CASE("metric samples: of points for one time the last stays, and the first that stands there again is told") {
  MetricSamples samples;
  add(samples, "a", {}, {{1000, 1}, {1000, 2}}, 1);
  add(samples, "a", {}, {{1000, 3}, {2000, 4}}, 5);
  const auto repeated = samples.gather();
  CHECK(repeated.points == 2);
  CHECK(repeated.first.line == 1);
  const auto points = samples.points(samples.series()[0]);
  REQUIRE(points.size() == 2);
  CHECK(points[0].value == 3);
  CHECK(points[1].value == 4);
}

TEST_CASE("metric samples: what counts since the point before is another series") {
  MetricSamples samples;
  add(samples, "a", {}, {{1000, 1}}, 1);
  samples.add_series("a", MetricType::Counter, {2, 1}).is_delta = true;
  samples.add_point({1000, 2});
  CHECK(samples.gather().points == 0);
  CHECK(samples.series().size() == 2);
}

TEST_CASE("metric samples: many series stay apart") {
  MetricSamples samples;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const std::string_view id = samples.arena().keep(std::to_string(i));
    samples.add_series("a", MetricType::Gauge, {i + 1, 1});
    samples.add_label("id", id);
    samples.add_point({MetricPoint::kNoTime, static_cast<double>(i)});
  }
  CHECK(samples.gather().points == 0);
  CHECK(samples.series().size() == 20'000);
}

}  // namespace
}  // namespace migplan
