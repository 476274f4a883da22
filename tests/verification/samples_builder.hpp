#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/model/metric_samples.hpp"

namespace migplan {

using Labels = std::vector<std::pair<std::string, std::string>>;

// Time series by hand; times in minutes.
class SamplesBuilder {
 public:
  SamplesBuilder() { samples_.file = "m"; }
  SamplesBuilder& series(std::string_view name, const Labels& labels,
                         const std::vector<std::pair<int, double>>& points) {
    constexpr std::int64_t kMinute = 60'000;
    begin(name, labels);
    for (const auto& [minute, value] : points) samples_.add_point({minute * kMinute, value});
    return *this;
  }
  SamplesBuilder& once(std::string_view name, const Labels& labels, double value) {
    begin(name, labels);
    samples_.add_point({MetricPoint::kNoTime, value});
    return *this;
  }
  SamplesBuilder& delta(std::string_view name, const Labels& labels,
                        const std::vector<std::pair<int, double>>& points) {
    series(name, labels, points);
    last_->is_delta = true;
    return *this;
  }
  [[nodiscard]] const MetricSamples& made() {
    (void)samples_.gather();
    return samples_;
  }

 private:
  void begin(std::string_view name, const Labels& labels) {
    TextArena& arena = samples_.arena();
    last_ = &samples_.add_series(arena.keep(name), MetricType::Unknown, {++line_, 1});
    for (const auto& [label, value] : labels) samples_.add_label(arena.keep(label), arena.keep(value));
  }

  MetricSamples samples_;
  MetricSamples::Series* last_ = nullptr;
  std::uint32_t line_ = 0;
};

}  // namespace migplan
