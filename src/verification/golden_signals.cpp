#include "migplan/verification/golden_signals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "counted_metric.hpp"
#include "migplan/verification/latency_sample.hpp"
#include "migplan/verification/metric_facts.hpp"

namespace migplan {
namespace {

// What counts requests by their status, and the histogram of their latencies.
struct AnswerMetric {
  std::string_view base, suffix;
  std::array<std::string_view, 3> status_labels;
  std::string_view histogram;  // without its unit
  LatencyUnit unit;            // where its name does not tell
};

// A histogram tells statuses, too, where it is labelled with them. Those of the server before those of a proxy.
constexpr std::array<AnswerMetric, 9> kAnswerMetrics{{
    {"http_server_requests", "_count", {"status", "code", ""}, "http_server_requests", LatencyUnit::InSeconds},
    {"http.server.request.duration",
     "_count",
     {"http.response.status_code", "http.status_code", ""},
     "http.server.request.duration",
     LatencyUnit::InSeconds},
    {"http.server.duration",
     "_count",
     {"http.status_code", "http.response.status_code", ""},
     "http.server.duration",
     LatencyUnit::InMilliseconds},
    {"istio_requests", "_total", {"response_code", "", ""}, "istio_request_duration", LatencyUnit::InMilliseconds},
    {"nginx_ingress_controller_requests",
     "",
     {"status", "", ""},
     "nginx_ingress_controller_request_duration",
     LatencyUnit::InSeconds},
    {"traefik_service_requests",
     "_total",
     {"code", "", ""},
     "traefik_service_request_duration",
     LatencyUnit::InSeconds},
    {"envoy_cluster_upstream_rq",
     "",
     {"envoy_response_code", "response_code", ""},
     "envoy_cluster_upstream_rq_time",
     LatencyUnit::InMilliseconds},
    {"http_requests", "_total", {"code", "status", "status_code"}, "http_request_duration", LatencyUnit::InSeconds},
    {"http_request_duration",
     "_count",
     {"code", "status", "status_code"},
     "http_request_duration",
     LatencyUnit::InSeconds},
}};

// Istio counts a request at both of its ends; the one that serves it is nearer to the truth.
bool is_reported_by(const MetricSamples& samples, const MetricSamples::Series& series, std::string_view end) noexcept {
  return samples.label(series, "reporter") == end;
}

SeriesList series_of(const MetricSamples& samples, std::string_view base, std::string_view suffix) {
  SeriesList list;
  for (const MetricSamples::Series& series : samples.series()) {
    if (is_metric(series.name, base, suffix)) list.push_back(&series);
  }
  const auto is_at_destination = [&samples](const auto* series) {
    return is_reported_by(samples, *series, "destination");
  };
  if (std::any_of(list.begin(), list.end(), is_at_destination)) {
    std::erase_if(list, [&](const auto* series) { return !is_at_destination(series); });
  }
  return list;
}

// 500 to 599, or "5xx", or 0, by which proxies mean that nobody answered; nullopt for what is no status.
std::optional<bool> is_server_error(std::string_view status) noexcept {
  if (status == "0") return true;
  if (status.size() != 3 || status.front() < '0' || status.front() > '9') return std::nullopt;
  return status.front() == '5';
}

SignalShare bad_share(const Tally& tally, const EvidencePlace& place, Text doubt = {}) {
  return {share_of(tally), tally, place, std::move(doubt)};
}

// The same, told by the requests that are good.
SignalShare good_share(const Tally& tally, const EvidencePlace& place, Text doubt = {}) {
  return {Percent::max() - share_of(tally), tally, place, std::move(doubt)};
}

struct Answers {
  Tally tally;
  Text doubt;
};

// Statuses of HTTP, of series that tell any.
std::optional<Answers> answers_of(const MetricSamples& samples, const AnswerMetric& metric, const SeriesList& list,
                                  std::vector<std::string>& notes) {
  CounterIncrease increase(samples, list);
  Tally tally;
  std::uint64_t without_status = 0;
  bool is_delta = false;
  for (const MetricSamples::Series* const series : list) {
    const std::uint64_t count = whole_count(increase.of(*series));
    is_delta = is_delta || series->is_delta;
    const auto is_bad = is_server_error(label_named(samples, *series, metric.status_labels).value_or(""));
    add_count(is_bad ? tally.trials : without_status, count);
    if (is_bad.value_or(false)) add_count(tally.events, count);
  }
  for (std::string& note : notes_of(increase, !increase.is_watched() && !is_delta)) notes.push_back(std::move(note));
  if (tally.trials == 0) return std::nullopt;
  Answers answers{tally, {}};
  if (without_status != 0) {
    answers.doubt = say("{} requests have no status", without_status);
  } else if (increase.left_out() != 0) {
    answers.doubt = say("{} points are no counts", increase.left_out());
  }
  return answers;
}

// The only place where bounds of buckets become milliseconds; rounded so that the quantile stays between them.
std::optional<SignalLatency> quantile_of(const std::vector<CumulativeBucket>& buckets, double quantile,
                                         double milliseconds, const EvidencePlace& place) {
  const auto found = histogram_quantile(quantile, buckets);
  const double most = static_cast<double>(Milliseconds::max().steps());
  const double scale = milliseconds * static_cast<double>(Milliseconds::scale());
  if (!found || found->lower * scale > most || found->value * scale > most) return std::nullopt;
  const auto steps = [scale](double bound) { return Milliseconds::from_steps(std::llround(bound * scale)); };
  SignalLatency latency{steps(found->value), steps(std::max(0.0, found->lower)), {}, 0, place};
  if (found->upper * scale <= most) latency.high = steps(found->upper);
  latency.samples = whole_count(buckets.back().count);
  return latency;
}

void add_quantiles(const MetricSamples& samples, const AnswerMetric& metric, GoldenSignals& signals) {
  const SeriesList list = series_of(samples, metric.histogram, "_bucket");
  if (list.empty()) return;
  const std::string_view bucket = list.front()->name;
  const std::string_view name = bucket.substr(0, bucket.size() - std::string_view("_bucket").size());
  const bool is_seconds = unit_of_metric(name).value_or(metric.unit) == LatencyUnit::InSeconds;
  const auto buckets = histogram_buckets(samples, name);
  const EvidencePlace place{samples.file, list.front()->at, std::string(bucket)};
  signals.p95 = quantile_of(buckets, 0.95, is_seconds ? 1000 : 1, place);
  signals.p99 = quantile_of(buckets, 0.99, is_seconds ? 1000 : 1, place);
}

// Those that gRPC-Gateway answers with 500, 501, 503 or 504.
constexpr std::array kServerFaults{GrpcStatus::Unknown,  GrpcStatus::DeadlineExceeded, GrpcStatus::Unimplemented,
                                   GrpcStatus::Internal, GrpcStatus::Unavailable,      GrpcStatus::DataLoss};

GoldenSignals signals_of(const GrpcCalls& calls) {
  GoldenSignals signals;
  signals.notes = calls.notes;
  if (calls.calls == 0) return signals;
  Tally tally{0, calls.calls};
  for (const GrpcStatus status : kServerFaults) add_count(tally.events, calls.count(status));
  signals.success_rate = good_share(tally, calls.place);
  signals.http_5xx = bad_share(tally, calls.place);
  signals.notes.emplace_back("gRPC calls, by the HTTP status that gRPC-Gateway gives them");
  return signals;
}

GoldenSignals measured_in(const std::optional<TimeWindow>& window, GoldenSignals signals) {
  for (auto* share : {&signals.success_rate, &signals.http_5xx}) {
    if (*share) (*share)->window = window;
  }
  for (auto* latency : {&signals.p95, &signals.p99}) {
    if (*latency) (*latency)->window = window;
  }
  return signals;
}

}  // namespace

GoldenSignals signals_of(const LoadTest& test) {
  GoldenSignals signals;
  const std::uint64_t requests = test.requests.value_or(0);
  if (requests != 0 && test.failed) {
    signals.success_rate = good_share({std::min(*test.failed, requests), requests}, test.place);
  }
  const auto exact = [&](const std::optional<Milliseconds>& value) {
    return value ? std::optional(SignalLatency{*value, *value, *value, requests, test.place}) : std::nullopt;
  };
  signals.p95 = exact(test.p95);
  signals.p99 = exact(test.p99);
  signals.notes = test.notes;
  return measured_in(window_of(test), std::move(signals));
}

GoldenSignals signals_of(const MetricSamples& samples) {
  for (const AnswerMetric& metric : kAnswerMetrics) {
    const SeriesList list = series_of(samples, metric.base, metric.suffix);
    if (list.empty()) continue;
    GoldenSignals signals;
    if (const auto answers = answers_of(samples, metric, list, signals.notes)) {
      const EvidencePlace place{samples.file, list.front()->at, std::string(list.front()->name)};
      signals.success_rate = good_share(answers->tally, place, answers->doubt);
      signals.http_5xx = bad_share(answers->tally, place, answers->doubt);
    }
    add_quantiles(samples, metric, signals);
    if (signals.success_rate || signals.p95) return measured_in(samples.window(), std::move(signals));
  }
  const auto calls = grpc_calls(samples);
  return calls ? measured_in(window_of(*calls), signals_of(*calls)) : GoldenSignals{};
}

}  // namespace migplan
