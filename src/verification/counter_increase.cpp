#include "counter_increase.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace migplan {
namespace {

constexpr char without_dot(char c) noexcept { return c == '.' ? '_' : c; }

}  // namespace

bool is_same_name(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return without_dot(x) == without_dot(y); });
}

std::optional<std::string_view> label_named(const MetricSamples& samples, const MetricSamples::Series& series,
                                            std::span<const std::string_view> names) noexcept {
  for (const std::string_view name : names) {
    for (const MetricLabel& label : samples.labels(series)) {
      if (is_same_name(label.name, name)) return label.value;
    }
  }
  return std::nullopt;
}

bool is_count(double value) noexcept { return std::isfinite(value) && value >= 0 && value <= kMostCounted; }

CounterIncrease::CounterIncrease(const MetricSamples& samples, const SeriesList& counters) : samples_(samples) {
  for (const MetricSamples::Series* const counter : counters) {
    const auto points = samples.points(*counter);
    if (points.empty()) continue;
    is_watched_ = is_watched_ || points.size() > 1;
    if (points.back().time_ms == MetricPoint::kNoTime) continue;
    const std::int64_t first = points.front().time_ms, last = points.back().time_ms;
    began_ms_ = std::min(began_ms_.value_or(first), first);
    ended_ms_ = std::max(ended_ms_.value_or(last), last);
    const auto [place, is_new] = target_began_.try_emplace(target_of(*counter), first);
    if (!is_new) place->second = std::min(place->second, first);
  }
}

double CounterIncrease::of(const MetricSamples::Series& counter) {
  double sum = 0;
  std::optional<double> before;
  for (const MetricPoint& point : samples_.points(counter)) {
    if (!is_count(point.value)) {
      ++left_out_;
    } else if (counter.is_delta) {
      sum += point.value;
    } else if (before) {
      const bool is_reset = point.value < *before;
      sum += is_reset ? point.value : point.value - *before;
      resets_ += is_reset ? 1 : 0;
      before = point.value;
    } else {
      before = point.value;
      const auto target = target_began_.find(target_of(counter));
      const bool is_new = target != target_began_.end() && point.time_ms > target->second;
      if (!is_watched_ || is_new) sum += point.value;
      if (is_watched_ && is_new) ++begun_within_;
    }
  }
  return sum;
}

std::string CounterIncrease::target_of(const MetricSamples::Series& series) const {
  constexpr std::array<std::string_view, 14> kNames{"instance",
                                                    "job",
                                                    "pod",
                                                    "container",
                                                    "namespace",
                                                    "cluster",
                                                    "node",
                                                    "service.name",
                                                    "host.name",
                                                    "service.namespace",
                                                    "service.instance.id",
                                                    "k8s.pod.name",
                                                    "k8s.namespace.name",
                                                    "k8s.container.name"};
  std::string target;
  for (const std::string_view& name : kNames) {
    target += label_named(samples_, series, {&name, 1}).value_or("");
    target += '\n';
  }
  return target;
}

}  // namespace migplan
