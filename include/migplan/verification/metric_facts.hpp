#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "migplan/model/evidence.hpp"
#include "migplan/model/metric_samples.hpp"

// What verdicts take from time series. Names of metrics are those of Prometheus or OpenTelemetry, with dots or
// underscores; a query whose result has lost the name of the metric tells nothing here.
namespace migplan {

// Calls by how they ended, as gRPC servers count them, or clients where no server does: the first of grpc-prometheus,
// java-grpc-prometheus, grpc-spring, OpenTelemetry and gRPC's own that is there, never the sum of two. Of counters that
// were read several times, what was added between the first and the last time; a counter that falls has begun anew, and
// one that its process did not have at first counts from 0. Of counters that were read once, all since the process
// began. nullopt: no such metric.
[[nodiscard]] std::optional<GrpcCalls> grpc_calls(const MetricSamples& samples);

// The greatest resident set of a single container or process, in that order of preference: a peak where it was read
// several times, else what it was at one time. Sums over several containers are passed over.
[[nodiscard]] std::optional<MemoryReading> resident_memory(const MetricSamples& samples);

// The same of the heap of a Java machine, its pools added up for each time, or of a Go process (HeapInuse).
[[nodiscard]] std::optional<MemoryReading> heap_memory(const MetricSamples& samples);

// How many observations were not above a bound.
struct CumulativeBucket {
  double upper = 0, count = 0;
};

// What NAME_bucket counted, in the way of grpc_calls, all series added up; by bound, the infinite one last. Empty: no
// such histogram.
[[nodiscard]] std::vector<CumulativeBucket> histogram_buckets(const MetricSamples& samples, std::string_view name);

// A quantile of a histogram, and the bucket that it lies in: that is all that is known of where it is. `upper` is
// infinite where it lies above all finite bounds, and the value then the greatest of these.
struct BucketQuantile {
  double value = 0, lower = 0, upper = 0;
};

// As histogram_quantile() of Prometheus: linear in the bucket, from 0 in the first one. `quantile` in 0..1; bounds
// stand there once. nullopt where it gives NaN: nothing was observed, there is no infinite bound, or none besides it.
[[nodiscard]] std::optional<BucketQuantile> histogram_quantile(double quantile, std::vector<CumulativeBucket> buckets);

}  // namespace migplan
