#include "migplan/verification/latency_sample.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace migplan {
namespace {

bool is_cumulative(const MetricSamples::Series& series) noexcept {
  constexpr std::array<std::string_view, 4> kParts{"_bucket", "_count", "_sum", "_total"};
  return series.type == MetricType::Counter || series.type == MetricType::Histogram ||
         std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) { return series.name.ends_with(part); });
}

void take(double value, LatencyUnit unit, LatencyPoints& points) {
  if (std::isnan(value)) {
    ++points.not_a_number;
    return;
  }
  if (value < 0) {
    ++points.negative;
    return;
  }
  const double steps = value * static_cast<double>(Milliseconds::scale()) * (unit == LatencyUnit::InSeconds ? 1000 : 1);
  const bool is_beyond = steps > static_cast<double>(Milliseconds::max().steps());
  if (is_beyond) ++points.beyond;
  points.sample.values.push_back(is_beyond ? Milliseconds::max() : Milliseconds::from_steps(std::llround(steps)));
}

}  // namespace

std::optional<LatencyUnit> unit_of_metric(std::string_view name) noexcept {
  constexpr std::array kSuffixes{
      std::pair{std::string_view("seconds"), LatencyUnit::InSeconds},
      std::pair{std::string_view("milliseconds"), LatencyUnit::InMilliseconds},
      std::pair{std::string_view("ms"), LatencyUnit::InMilliseconds},
      std::pair{std::string_view("millis"), LatencyUnit::InMilliseconds},
  };
  const auto separator = name.find_last_of("_.");
  const std::string_view last = separator == std::string_view::npos ? name : name.substr(separator + 1);
  for (const auto& [suffix, unit] : kSuffixes) {
    if (last == suffix) return unit;
  }
  return std::nullopt;
}

LatencyPoints latency_points(const MetricSamples& samples, std::optional<LatencyUnit> unit) {
  LatencyPoints points;
  points.sample.place.file = samples.file;
  points.sample.window = samples.window();
  for (const MetricSamples::Series& series : samples.series()) {
    const auto own_unit = unit ? unit : unit_of_metric(series.name);
    if (is_cumulative(series)) points.no_latency = series.name;
    if (!own_unit && points.no_unit_of.empty()) points.no_unit_of = series.name.empty() ? "(no name)" : series.name;
    if (!points.no_latency.empty() || !points.no_unit_of.empty()) break;
    if (points.sample.values.empty()) {
      points.sample.place = {samples.file, series.at, std::string(series.name)};
    }
    for (const MetricPoint& point : samples.points(series)) take(point.value, *own_unit, points);
  }
  return points;
}

}  // namespace migplan
