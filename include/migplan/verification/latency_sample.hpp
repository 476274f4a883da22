#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/quantity.hpp"
#include "migplan/model/evidence.hpp"
#include "migplan/model/metric_samples.hpp"

namespace migplan {

struct LatencySample {
  std::vector<Milliseconds> values;  // single requests, or one a scrape
  EvidencePlace place;
  std::optional<TimeWindow> window{};
};

enum class LatencyUnit : std::uint8_t { InSeconds, InMilliseconds };
// As the name of a metric tells it: latency_seconds, http.server.duration_milliseconds, rt_ms.
[[nodiscard]] std::optional<LatencyUnit> unit_of_metric(std::string_view name) noexcept;

// Time series of a latency, read as a sample of it.
struct LatencyPoints {
  LatencySample sample;
  std::uint64_t not_a_number = 0, negative = 0;  // left out
  std::uint64_t beyond = 0;                      // infinite, or longer than Milliseconds hold: taken as the longest
  std::string no_unit_of;                        // a metric whose unit is not known; nothing was taken then
  std::string no_latency;                        // a counter or a part of a histogram; nothing was taken then
};
// Every point of every series. `unit`: of them all; null = as their names tell.
[[nodiscard]] LatencyPoints latency_points(const MetricSamples& samples, std::optional<LatencyUnit> unit);

}  // namespace migplan
