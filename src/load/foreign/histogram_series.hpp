#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "migplan/model/metric_samples.hpp"

namespace migplan {

// A bucket by itself: how many observations lie above `lower` and not above `upper`.
struct HistogramBucket {
  double lower = 0, upper = 0, count = 0;
};

// What a histogram held at one time.
struct HistogramPoint {
  std::int64_t time_ms = MetricPoint::kNoTime;
  std::vector<HistogramBucket> buckets;
  double count = 0;
  std::optional<double> sum;
};

struct HistogramFrame {
  std::string_view name;
  std::span<const MetricLabel> labels;
  bool is_delta = false;
  Position at;
};

// Adds a histogram as Prometheus writes it: NAME_bucket for every bound that occurs at any of the times, NAME_sum and
// NAME_count. Where buckets of one time are split by a bound of another, they count at their upper bound. Keeps the
// texts.
void add_histogram(MetricSamples& samples, const HistogramFrame& frame, std::span<const HistogramPoint> points);

// A bound as the label le has it: "0.005", "+Inf".
[[nodiscard]] std::string bound_text(double bound);

}  // namespace migplan
