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

// What a point holds up to each of the bounds, which rise.
std::vector<double> cumulative_counts(const HistogramPoint& point, const std::vector<double>& bounds) {
  std::vector<HistogramBucket> buckets = point.buckets;
  std::stable_sort(buckets.begin(), buckets.end(),
                   [](const HistogramBucket& a, const HistogramBucket& b) { return a.upper < b.upper; });
  std::vector<double> counts;
  double count = 0;
  auto next = buckets.begin();
  for (const double bound : bounds) {
    for (; next != buckets.end() && next->upper <= bound; ++next) count += next->count;
    counts.push_back(count);
  }
  return counts;
}

}  // namespace

void add_histogram(MetricSamples& samples, const HistogramFrame& frame, std::span<const HistogramPoint> points) {
  const std::vector<double> bounds = finite_bounds(points);
  std::vector<std::vector<double>> counts;
  for (const HistogramPoint& point : points) counts.push_back(cumulative_counts(point, bounds));
  const auto begin_bucket = [&](double bound) {
    begin_series(samples, frame, "_bucket");
    samples.add_label("le", samples.arena().keep_shared(bound_text(bound)));
  };
  for (std::size_t k = 0; k < bounds.size(); ++k) {
    begin_bucket(bounds[k]);
    for (std::size_t i = 0; i < points.size(); ++i) samples.add_point({points[i].time_ms, counts[i][k]});
  }
  begin_bucket(std::numeric_limits<double>::infinity());
  for (const HistogramPoint& point : points) samples.add_point({point.time_ms, point.count});

  const auto has_sum = [](const HistogramPoint& point) { return point.sum.has_value(); };
  if (std::any_of(points.begin(), points.end(), has_sum)) {
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
