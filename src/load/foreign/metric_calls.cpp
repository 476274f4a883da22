#include "metric_calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "migplan/base/ascii.hpp"
#include "report_parts.hpp"

namespace migplan {
namespace {

using Series = MetricSamples::Series;

constexpr double kSecondsAnHour = 3600;

// What a counter counted: between its times, or since it began.
double counted_by(const MetricSamples& samples, const Series& series) {
  const auto points = samples.points(series);
  double total = 0;
  double last = points.size() == 1 || series.is_delta ? 0 : points.front().value;
  for (std::size_t i = points.size() == 1 || series.is_delta ? 0 : 1; i < points.size(); ++i) {
    const double value = points[i].value;
    if (!std::isfinite(value) || value < 0) continue;
    total += series.is_delta || value < last ? value : value - last;
    last = value;
  }
  return total;
}

struct Ends {
  std::string caller, callee;
  EndpointKind caller_kind = EndpointKind::Service, callee_kind = EndpointKind::Service;
  [[nodiscard]] auto key() const { return std::tie(caller, callee, caller_kind, callee_kind); }
  friend bool operator<(const Ends& a, const Ends& b) { return a.key() < b.key(); }
};

// Sums of counters by ends of calls. What a query has made of them may be rates: fractions tell.
class CallSums {
 public:
  struct Sum {
    double calls = 0, failed = 0, failed_apart = 0;
    bool has_calls = false, is_open = false;  // is_open: a connection, whose calls are not counted
    Position at;
  };
  Sum& of(Ends ends, Position at) {
    const auto [place, is_new] = sums_.try_emplace(std::move(ends));
    if (is_new) place->second.at = at;
    return place->second;
  }
  void note_value(const Series& series, double value) {
    are_rates_ = are_rates_ || (series.name.empty() && value != std::floor(value));
  }
  [[nodiscard]] bool is_empty() const noexcept { return sums_.empty(); }

  void finish(const std::string& file, Observations& observations) const {
    CallGraph graph(file);
    const double scale = are_rates_ ? kSecondsAnHour : 1;
    const auto whole = [scale](double value) {
      constexpr double kMost = 9e18;
      return static_cast<std::uint64_t>(std::llround(std::min(value * scale, kMost)));
    };
    for (const auto& [ends, sum] : sums_) {
      if (!sum.has_calls && sum.is_open) {
        graph.add({graph.name(ends.caller), ends.caller_kind}, {graph.name(ends.callee), ends.callee_kind},
                  {std::nullopt, std::nullopt}, sum.at);
      }
      if (!sum.has_calls) continue;
      graph.add({graph.name(ends.caller), ends.caller_kind}, {graph.name(ends.callee), ends.callee_kind},
                {whole(sum.calls), whole(std::min(std::max(sum.failed, sum.failed_apart), sum.calls))}, sum.at);
    }
    graph.finish(observations);
    if (are_rates_) {
      observations.notes.add(
          remark(file, Severity::Note, "values with fractions are taken as calls a second, and told as calls an hour"));
    }
  }

 private:
  std::map<Ends, Sum> sums_;
  bool are_rates_ = false;
};

std::string_view label_of(const MetricSamples& samples, const Series& series, std::string_view name) {
  return samples.label(series, name).value_or(std::string_view());
}

Ends graph_ends(const MetricSamples& samples, const Series& series) {
  const auto label = [&](std::string_view name) { return label_of(samples, series, name); };
  Ends ends{std::string(label("client")), std::string(label("server"))};
  const std::string_view type = label("connection_type");
  if (type == "database") ends.callee_kind = EndpointKind::Database;
  if (type == "messaging_system") ends.callee_kind = EndpointKind::Messaging;
  if (type == "virtual_node") {
    const bool is_client =
        label("virtual_node") == "client" || (label("virtual_node").empty() && ends.caller == "user");
    (is_client ? ends.caller_kind : ends.callee_kind) = EndpointKind::Outside;
  }
  for (auto& [name, kind] : {std::pair<std::string&, EndpointKind&>(ends.caller, ends.caller_kind),
                             std::pair<std::string&, EndpointKind&>(ends.callee, ends.callee_kind)}) {
    if (!name.empty() && name != "unknown") continue;
    name = "unknown";
    kind = EndpointKind::Unknown;
  }
  return ends;
}

// The first of the labels that says something.
std::string name_by(const MetricSamples& samples, const Series& series,
                    std::initializer_list<std::string_view> labels) {
  for (const std::string_view label : labels) {
    const std::string_view name = label_of(samples, series, label);
    if (!name.empty() && name != "unknown") return std::string(name);
  }
  return "unknown";
}

EndpointKind mesh_kind(std::string_view name) noexcept {
  if (name == "unknown") return EndpointKind::Unknown;
  if (name == "PassthroughCluster" || name == "BlackHoleCluster") return EndpointKind::Outside;
  return EndpointKind::Service;
}

// Of TCP a mesh knows who connects to whom.
bool is_connection(const Series& series) noexcept { return series.name == "istio_tcp_connections_opened_total"; }

bool is_mesh_series(const MetricSamples& samples, const Series& series) {
  if (!series.name.empty()) return series.name == "istio_requests_total" || is_connection(series);
  const auto has = [&](std::string_view label) { return samples.label(series, label).has_value(); };
  return (has("source_workload") || has("source_app") || has("source_canonical_service")) &&
         (has("destination_workload") || has("destination_app") || has("destination_service_name") ||
          has("destination_canonical_service"));
}

// Without labels of its own a service is known as a callee by the name of its Service, and as a caller by its workload:
// what serves under one name alone is called by that name there, too.
class MeshNames {
 public:
  explicit MeshNames(const MetricSamples& samples) : samples_(samples) {
    for (const Series& series : samples.series()) {
      if (!is_mesh_series(samples, series)) continue;
      const std::string_view workload = label_of(samples, series, "destination_workload"),
                             service = label_of(samples, series, "destination_service_name");
      if (workload.empty() || workload == "unknown" || service.empty() || service == "unknown") continue;
      const auto [place, is_new] = service_of_.try_emplace(workload, service);
      if (!is_new && place->second != service) place->second = workload;
    }
  }

  [[nodiscard]] Ends ends(const Series& series) const {
    Ends ends{name_by(samples_, series, {"source_canonical_service", "source_app"}),
              name_by(samples_, series,
                      {"destination_canonical_service", "destination_app", "destination_service_name",
                       "destination_workload"})};
    if (ends.caller == "unknown") {
      ends.caller = name_by(samples_, series, {"source_workload"});
      if (const auto known = service_of_.find(ends.caller); known != service_of_.end()) ends.caller = known->second;
    }
    ends.caller_kind = mesh_kind(ends.caller);
    ends.callee_kind = mesh_kind(ends.callee);
    return ends;
  }

 private:
  const MetricSamples& samples_;
  std::map<std::string_view, std::string_view, std::less<>> service_of_;  // by workload
};

// Of gRPC's codes those for which the server is to blame, as numbers and as words; a failed call has 200 as its HTTP
// code. https://grpc.github.io/grpc/core/md_doc_statuscodes.html
bool is_failed_grpc(std::string_view status) {
  constexpr std::array<std::string_view, 14> kFailed{"2",
                                                     "4",
                                                     "8",
                                                     "12",
                                                     "13",
                                                     "14",
                                                     "15",
                                                     "unknown",
                                                     "deadlineexceeded",
                                                     "resourceexhausted",
                                                     "unimplemented",
                                                     "internal",
                                                     "unavailable",
                                                     "dataloss"};
  std::string word;
  for (const char c : status) {
    if (c != '_' && c != ' ') word += lower(c);
  }
  return std::find(kFailed.begin(), kFailed.end(), word) != kFailed.end();
}

bool has_failed(const MetricSamples& samples, const Series& series) {
  const std::string_view code = label_of(samples, series, "response_code");
  return code.starts_with('5') || code == "0" || is_failed_grpc(label_of(samples, series, "grpc_response_status"));
}

// How well a reporter knows a call: its caller best. Both sides of a call report it, and one of them counts.
int reporter_rank(std::string_view reporter) noexcept {
  if (reporter == "source") return 2;
  return reporter == "destination" ? 1 : 0;
}

// Of all calls the best reporter that there is.
std::map<Ends, int> best_reporters(const MetricSamples& samples, const MeshNames& names) {
  std::map<Ends, int> best;
  for (const Series& series : samples.series()) {
    if (!is_mesh_series(samples, series)) continue;
    int& rank = best[names.ends(series)];
    rank = std::max(rank, reporter_rank(label_of(samples, series, "reporter")));
  }
  return best;
}

}  // namespace

bool add_service_graph(const MetricSamples& samples, Observations& observations) {
  constexpr std::string_view kCalls = "traces_service_graph_request_total",
                             kFailed = "traces_service_graph_request_failed_total";
  CallSums sums;
  for (const Series& series : samples.series()) {
    const bool is_nameless = series.name.empty() && samples.label(series, "client") && samples.label(series, "server");
    if (series.name != kCalls && series.name != kFailed && !is_nameless) continue;
    const double value = counted_by(samples, series);
    sums.note_value(series, value);
    CallSums::Sum& sum = sums.of(graph_ends(samples, series), series.at);
    if (series.name == kFailed) {
      sum.failed_apart += value;
      continue;
    }
    sum.has_calls = true;
    sum.calls += value;
    if (label_of(samples, series, "failed") == "true") sum.failed += value;
  }
  if (sums.is_empty()) return false;
  sums.finish(samples.file, observations);
  return true;
}

bool add_mesh_requests(const MetricSamples& samples, Observations& observations) {
  const MeshNames names(samples);
  const std::map<Ends, int> best = best_reporters(samples, names);
  CallSums sums;
  std::uint64_t others = 0;
  for (const Series& series : samples.series()) {
    if (!is_mesh_series(samples, series)) continue;
    Ends ends = names.ends(series);
    if (reporter_rank(label_of(samples, series, "reporter")) != best.at(ends)) {
      ++others;
      continue;
    }
    CallSums::Sum& sum = sums.of(std::move(ends), series.at);
    if (is_connection(series)) {
      sum.is_open = true;
      continue;
    }
    const double value = counted_by(samples, series);
    sums.note_value(series, value);
    sum.has_calls = true;
    sum.calls += value;
    if (has_failed(samples, series)) sum.failed += value;
  }
  if (sums.is_empty()) return false;
  sums.finish(samples.file, observations);
  if (others != 0) {
    observations.notes.add(remark(
        samples.file, Severity::Note,
        fmt::format("calls are reported by both of their ends: that of the caller counts, {} other series do not",
                    others)));
  }
  return true;
}

}  // namespace migplan
