#include "migplan/model/metric_samples.hpp"

#include "migplan/base/assert.hpp"

namespace migplan {

std::optional<std::string_view> MetricSamples::label(const Series& series, std::string_view name) const noexcept {
  for (const MetricLabel& label : labels(series)) {
    if (label.name == name) return label.value;
  }
  return std::nullopt;
}

MetricSamples::Series& MetricSamples::add_series(std::string_view name, MetricType type, Position at) {
  series_.push_back({.name = name,
                     .type = type,
                     .at = at,
                     .first_label = static_cast<std::uint32_t>(labels_.size()),
                     .first_point = static_cast<std::uint32_t>(points_.size())});
  return series_.back();
}

void MetricSamples::add_label(std::string_view name, std::string_view value) {
  MIGPLAN_ASSERT(!series_.empty());
  labels_.push_back({name, value});
  ++series_.back().labels;
}

void MetricSamples::add_point(MetricPoint point) {
  MIGPLAN_ASSERT(!series_.empty());
  points_.push_back(point);
  ++series_.back().points;
}

}  // namespace migplan
