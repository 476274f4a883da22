#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "counted_metric.hpp"
#include "migplan/verification/metric_facts.hpp"

namespace migplan {
namespace {

struct CallMetric {
  std::string_view base, suffix;  // a unit may stand between them
  std::array<std::string_view, 2> code_labels;
  bool is_of_client;
};

// Most exact first; java-grpc-prometheus writes the labels code and grpc_code.
constexpr std::array<CallMetric, 10> kCallMetrics{{
    {"grpc_server_handled", "_total", {"grpc_code", "code"}, false},
    {"grpc_server_processing_duration", "_count", {"statusCode", "status_code"}, false},
    {"rpc.server.duration", "_count", {"rpc.grpc.status_code", "rpc.response.status_code"}, false},
    {"rpc.server.call.duration", "_count", {"rpc.response.status_code", "rpc.grpc.status_code"}, false},
    {"grpc.server.call.duration", "_count", {"grpc.status", "grpc_code"}, false},
    {"grpc_client_handled", "_total", {"grpc_code", "code"}, true},
    {"grpc_client_processing_duration", "_count", {"statusCode", "status_code"}, true},
    {"rpc.client.duration", "_count", {"rpc.grpc.status_code", "rpc.response.status_code"}, true},
    {"rpc.client.call.duration", "_count", {"rpc.response.status_code", "rpc.grpc.status_code"}, true},
    {"grpc.client.call.duration", "_count", {"grpc.status", "grpc_code"}, true},
}};

// OpenTelemetry counts calls of other systems under the same name.
bool is_of_other_system(const MetricSamples& samples, const MetricSamples::Series& series) noexcept {
  constexpr std::array<std::string_view, 2> kSystem{"rpc.system", "rpc.system.name"};
  return label_named(samples, series, kSystem).value_or("grpc") != "grpc";
}

SeriesList series_of(const MetricSamples& samples, const CallMetric& metric) {
  SeriesList list;
  for (const MetricSamples::Series& series : samples.series()) {
    if (is_metric(series.name, metric.base, metric.suffix) && !is_of_other_system(samples, series))
      list.push_back(&series);
  }
  return list;
}

// When the first of the processes began, where one tells.
std::optional<std::int64_t> process_began(const MetricSamples& samples) {
  constexpr double kMillis = 1000;
  std::optional<double> first;
  for (const MetricSamples::Series& series : samples.series()) {
    if (!is_same_name(series.name, "process_start_time_seconds")) continue;
    for (const MetricPoint& point : samples.points(series)) {
      if (is_count(point.value * kMillis)) first = std::min(first.value_or(point.value), point.value);
    }
  }
  return first ? std::optional(std::llround(*first * kMillis)) : std::nullopt;
}

GrpcCalls counted(const MetricSamples& samples, const CallMetric& metric, const SeriesList& list) {
  CounterIncrease increase(samples, list);
  GrpcCalls calls;
  calls.place = {samples.file, list.front()->at, std::string(list.front()->name)};
  std::map<std::string_view, std::uint64_t> unknown;
  bool is_delta = false;
  for (const MetricSamples::Series* const series : list) {
    const auto count = whole_count(increase.of(*series));
    const std::string_view code = label_named(samples, *series, metric.code_labels).value_or("");
    const auto status = parse_grpc_status(code);
    add_count(calls.calls, count);
    is_delta = is_delta || series->is_delta;
    if (status) {
      add_count(calls.ended[static_cast<std::size_t>(*status)], count);
    } else {
      add_count(unknown[code], count);
    }
  }
  const bool is_since_start = !increase.is_watched() && !is_delta;
  calls.began_ms = is_since_start ? process_began(samples) : increase.began_ms();
  calls.ended_ms = increase.ended_ms();
  if (metric.is_of_client) calls.notes.emplace_back("counted by clients");
  for (std::string& note : notes_of(increase, is_since_start)) calls.notes.push_back(std::move(note));
  for (const auto& [code, count] : unknown) {
    calls.notes.push_back(code.empty() ? fmt::format("{} calls without a code", count)
                                       : fmt::format("{} calls with the unknown code {}", count, in_quotes(code)));
  }
  return calls;
}

}  // namespace

std::optional<GrpcCalls> grpc_calls(const MetricSamples& samples) {
  std::optional<GrpcCalls> calls;
  for (const CallMetric& metric : kCallMetrics) {
    const SeriesList list = series_of(samples, metric);
    if (list.empty()) continue;
    if (!calls) {
      calls = counted(samples, metric, list);
    } else {
      calls->notes.push_back(fmt::format("{} counts calls, too, and was not added", printable(list.front()->name)));
    }
  }
  return calls;
}

}  // namespace migplan
