#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migplan/base/quantity.hpp"
#include "migplan/base/text.hpp"
#include "migplan/model/evidence.hpp"
#include "migplan/model/metric_samples.hpp"
#include "migplan/verification/binomial_bounds.hpp"

namespace migplan {

// A share of requests that someone measured.
struct SignalShare {
  Percent share;
  std::optional<Tally> tally{};  // bad requests of all; null = how many requests there were is not known
  EvidencePlace place{};
  Text doubt{};  // why it decides nothing; empty = it does
  std::optional<TimeWindow> window{};
};

// A quantile of the latencies. Histograms tell only between which bounds it lies.
struct SignalLatency {
  Milliseconds value;
  Milliseconds low;                    // it is not less
  std::optional<Milliseconds> high{};  // it is not more; null = above all bounds
  std::uint64_t samples = 0;           // requests behind it; 0 = not known
  EvidencePlace place{};
  std::optional<TimeWindow> window{};
  [[nodiscard]] bool is_exact() const noexcept { return high == low; }
};

// What one side says of its requests; absent = not measured.
struct GoldenSignals {
  std::optional<SignalShare> success_rate, http_5xx;  // the tallies of both count what is bad
  std::optional<SignalLatency> p95, p99;
  std::vector<std::string> notes{};  // how it was counted
};

// Of a load test: what its tool calls a failure is bad; it does not tell why.
[[nodiscard]] GoldenSignals signals_of(const LoadTest& test);

// Of time series: requests that were answered with status 500 and above are bad, others are not, as HTTP servers or the
// proxies in front of them count them: the first of Micrometer, OpenTelemetry, Istio, NGINX ingress, Traefik, Envoy and
// http_requests_total that is there, never the sum of two. Where there are gRPC calls instead, those that gRPC-Gateway
// answers so (google/rpc/code.proto). Quantiles come from the histogram that belongs to them.
[[nodiscard]] GoldenSignals signals_of(const MetricSamples& samples);

}  // namespace migplan
