#include "migplan/load/canary_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/verification/service_series.hpp"

namespace migplan {
namespace {

class Gatherer {
 public:
  Gatherer(const std::string& service, const CanaryFiles& paths, const EvidenceFiles& files)
      : paths_(paths), files_(files) {
    found_.evidence.service = service;
  }

  Result<GatheredCanary> gather(std::span<const CanaryDocument> documents) {
    for (const CanaryDocument& document : documents) take(document);
    CanaryEvidence& evidence = found_.evidence;
    for (const std::string& path : paths_.old_side) add_signals(path, "old", evidence.old_side);
    for (const std::string& path : paths_.new_side) add_signals(path, "new", evidence.new_side);
    for (const std::string& path : paths_.old_latencies) add_latencies(path, "old", evidence.old_latencies);
    for (const std::string& path : paths_.new_latencies) add_latencies(path, "new", evidence.new_latencies);
    if (issues_.has_errors()) return std::move(issues_);
    return Result<GatheredCanary>(std::move(found_), std::move(issues_));
  }

 private:
  void reject(const std::string& file, std::string message, std::string hint = {}) {
    issues_.add({Severity::Error, file, {}, "", std::move(message), std::move(hint)});
  }
  void warn(const std::string& file, std::string message) {
    issues_.add({Severity::Warning, file, {}, "", std::move(message), ""});
  }
  void note(const std::string& file, std::string_view text) {
    found_.notes.push_back(fmt::format("{}: {}", file, text));
  }

  void take(const CanaryDocument& document) {
    CanaryEvidence& evidence = found_.evidence;
    if (evidence.service.empty()) {
      evidence.service = document.service;
    } else if (!document.service.empty() && document.service != evidence.service) {
      reject(document.file,
             fmt::format("is evidence of {}, expected {}", in_quotes(document.service), in_quotes(evidence.service)));
    }
    if (document.reconciled) {
      if (evidence.reconciled) {
        reject(document.file, fmt::format("is a second reconciliation beside {}", evidence.reconciled->place.file),
               "reconcile all records in one run");
      } else {
        evidence.reconciled = document.reconciled;
      }
    }
    merge(document.old_side, "old", evidence.old_side);
    merge(document.new_side, "new", evidence.new_side);
    append(document.old_latencies, evidence.old_latencies);
    append(document.new_latencies, evidence.new_latencies);
  }

  static void append(const LatencySample& more, LatencySample& all) {
    if (more.values.empty()) return;
    if (all.values.empty()) {
      all.place = more.place;
      all.window = more.window;
    } else if (all.window && more.window) {
      all.window->began_ms = std::min(all.window->began_ms, more.window->began_ms);
      all.window->ended_ms = std::max(all.window->ended_ms, more.window->ended_ms);
    } else {
      all.window.reset();
    }
    all.values.insert(all.values.end(), more.values.begin(), more.values.end());
  }

  void merge(const GoldenSignals& more, std::string_view side, GoldenSignals& all) {
    merge_one(more.success_rate, "success rate", side, all.success_rate);
    merge_one(more.http_5xx, "share of HTTP 5xx", side, all.http_5xx);
    merge_one(more.p95, "95th percentile", side, all.p95);
    merge_one(more.p99, "99th percentile", side, all.p99);
  }

  template <class Signal>
  void merge_one(const std::optional<Signal>& more, std::string_view what, std::string_view side,
                 std::optional<Signal>& all) {
    if (!more) return;
    if (!all) {
      all = more;
      return;
    }
    issues_.add({Severity::Error, more->place.file, more->place.at, more->place.field,
                 fmt::format("tells the {} of the {} side a second time, beside {}", what, side, to_string(all->place)),
                 "which of the two counts?"});
  }

  // The part of a file's series that is the service's; nullopt after the reason was told. Where nobody names the
  // service, a file of a single one is taken for its.
  std::optional<MetricSamples> own_series(const std::string& path, const MetricSamples& samples) {
    const std::string_view service = found_.evidence.service;
    ServiceSeries own = series_of(samples, {&service, service.empty() ? std::size_t{0} : std::size_t{1}});
    if (service.empty() && own.others.size() == 1) {
      const std::string_view only = own.others.front();
      return series_of(samples, {&only, 1}).samples;
    }
    if (!own.is_foreign) return std::move(own.samples);
    const std::string others =
        fmt::format("{}{}", in_quotes(own.others.front()),
                    own.others.size() > 1 ? fmt::format(" and {} more", own.others.size() - 1) : "");
    reject(path,
           service.empty() ? fmt::format("holds metrics of {}", others)
                           : fmt::format("holds metrics of {}, none of {}", others, in_quotes(service)),
           service.empty() ? "name one --service" : "");
    return std::nullopt;
  }

  void add_signals(const std::string& path, std::string_view side, GoldenSignals& all) {
    const Evidence& evidence = files_.find(path)->second;
    GoldenSignals found;
    if (const auto* test = std::get_if<LoadTest>(&evidence)) {
      found = signals_of(*test);
    } else if (const auto* samples = std::get_if<MetricSamples>(&evidence)) {
      const auto own = own_series(path, *samples);
      if (!own) return;
      found = signals_of(*own);
    } else {
      return reject(path, "holds readings of memory, expected a load test or metrics");
    }
    for (const std::string& text : found.notes) note(path, text);
    if (!found.success_rate && !found.http_5xx && !found.p95 && !found.p99) {
      warn(path, "holds none of the golden signals that are known here: answers by status, latencies");
    }
    merge(found, side, all);
  }

  void add_latencies(const std::string& path, std::string_view side, LatencySample& all) {
    const auto* samples = std::get_if<MetricSamples>(&files_.find(path)->second);
    if (samples == nullptr) {
      return reject(path, "holds no time series, expected those of a latency",
                    fmt::format("a load test tells its percentiles under --{}", side));
    }
    const auto own = own_series(path, *samples);
    if (!own) return;
    const LatencyPoints points = latency_points(*own, paths_.latency_unit);
    if (!points.no_latency.empty()) {
      return reject(path, fmt::format("{} only grows, expected a latency at each time", in_quotes(points.no_latency)),
                    "query histogram_quantile(0.99, rate(…_bucket[1m])), or give the counters to --old and --new");
    }
    if (!points.no_unit_of.empty()) {
      return reject(path, fmt::format("does not tell the unit of {}", in_quotes(points.no_unit_of)),
                    "give --latency-unit s, or ms");
    }
    if (points.not_a_number != 0)
      note(path, fmt::format("points that are no number, left out: {}", points.not_a_number));
    if (points.negative != 0) note(path, fmt::format("negative latencies, left out: {}", points.negative));
    if (points.beyond != 0) {
      note(path, fmt::format("latencies beyond {1} s, which count as that: {0}", points.beyond,
                             Milliseconds::max().steps() / 1'000'000));
    }
    if (points.sample.values.empty()) warn(path, "holds no latencies: that is no evidence");
    append(points.sample, all);
  }

  const CanaryFiles& paths_;
  const EvidenceFiles& files_;
  GatheredCanary found_;
  Issues issues_;
};

}  // namespace

Result<GatheredCanary> gather_canary(const std::string& service, std::span<const CanaryDocument> documents,
                                     const CanaryFiles& paths, const EvidenceFiles& files) {
  return Gatherer(service, paths, files).gather(documents);
}

}  // namespace migplan
