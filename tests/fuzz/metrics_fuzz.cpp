#include <numeric>

#include "migplan/load/evidence_reader.hpp"
#include "migplan/verification/metric_facts.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

void check_series(MetricSamples& samples) {
  const std::size_t count = samples.series().size();
  for (const MetricSamples::Series& series : samples.series()) {
    fuzz::require(series.points != 0, "a series has points", std::string(series.name));
    const auto points = samples.points(series);
    for (std::size_t i = 1; i < points.size(); ++i) {
      fuzz::require(points[i - 1].time_ms < points[i].time_ms, "points stand in the order of time");
    }
  }
  fuzz::require(samples.gather().points == 0 && samples.series().size() == count, "each series stands there once");
}

void check_facts(const MetricSamples& samples) {
  if (const auto calls = grpc_calls(samples)) {
    const auto known = std::accumulate(calls->ended.begin(), calls->ended.end(), std::uint64_t{0});
    fuzz::require(known <= calls->calls, "calls that ended are among all calls");
  }
  for (const auto& reading : {resident_memory(samples), heap_memory(samples)}) {
    if (!reading) continue;
    fuzz::require(Bytes() <= reading->size && reading->size <= Bytes::max(), "a size is in its range");
    fuzz::require(reading->samples != 0, "a reading is of something");
  }
  constexpr std::string_view kSuffix = "_bucket";
  for (const MetricSamples::Series& series : samples.series()) {
    if (!series.name.ends_with(kSuffix)) continue;
    const auto buckets = histogram_buckets(samples, series.name.substr(0, series.name.size() - kSuffix.size()));
    const auto quantile = histogram_quantile(0.95, buckets);
    if (!quantile) continue;
    fuzz::require(quantile->lower <= quantile->value && quantile->value <= quantile->upper,
                  "a quantile lies in its bucket");
    break;  // one histogram is enough, and many would be slow
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TextSource source(fuzz::text_of(data, size));
  Result<Evidence> evidence = read_evidence(source, "input");
  fuzz::require(evidence.is_ok() != evidence.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(evidence.issues());
  if (!evidence.is_ok() || !std::holds_alternative<MetricSamples>(evidence.value())) return 0;
  auto samples = std::get<MetricSamples>(std::move(evidence).value());
  check_series(samples);
  check_facts(samples);
  return 0;
}
