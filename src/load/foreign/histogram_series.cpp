#include "histogram_series.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace migplan {
namespace {

void begin_series(MetricSamples& samples, const HistogramFrame& frame, std::string_view suffix) {
  const std::string_view name = samples.arena().keep_shared(fmt::format("{}{}", frame.name, suffix));
  samples.add_series(name, MetricType::Histogram, frame.at).is_delta = frame.is_delta;
  for (const MetricLabel& label : frame.labels) {
    samples.add_label(samples.arena().keep_shared(label.name), samples.arena().keep_shared(label.value));
  }
}

std::vector<double> finite_bounds(std::span<const HistogramPoint> points) {
  std::vector<double> bounds;
  for (const HistogramPoint& point : points) {
    for (const HistogramBucket& bucket : point.buckets) {
      if (std::isfinite(bucket.lower)) bounds.push_back(bucket.lower);
      if (std::isfinite(bucket.upper)) bounds.push_back(bucket.upper);
    }
  }
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  return bounds;
}

double count_up_to(const HistogramPoint& point, double bound) noexcept {
  double count = 0;
  for (const HistogramBucket& bucket : point.buckets) {
    if (bucket.upper <= bound) count += bucket.count;
  }
  return count;
}

}  // namespace

void add_histogram(MetricSamples& samples, const HistogramFrame& frame, std::span<const HistogramPoint> points) {
  const auto add_bucket = [&](double bound, const auto& count) {
    begin_series(samples, frame, "_bucket");
    samples.add_label("le", samples.arena().keep_shared(bound_text(bound)));
    for (const HistogramPoint& point : points) samples.add_point({point.time_ms, count(point)});
  };
  for (const double bound : finite_bounds(points)) {
    add_bucket(bound, [bound](const HistogramPoint& point) { return count_up_to(point, bound); });
  }
  add_bucket(std::numeric_limits<double>::infinity(), [](const HistogramPoint& point) { return point.count; });

  if (std::any_of(points.begin(), points.end(), [](const HistogramPoint& point) { return point.sum.has_value(); })) {
    begin_series(samples, frame, "_sum");
    for (const HistogramPoint& point : points) {
      if (point.sum) samples.add_point({point.time_ms, *point.sum});
    }
  }
  begin_series(samples, frame, "_count");
  for (const HistogramPoint& point : points) samples.add_point({point.time_ms, point.count});
}

std::string bound_text(double bound) {
  if (std::isinf(bound)) return bound > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", bound);
}

}  // namespace migplan
