#include "metric_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evidence_formats.hpp"
#include "metric_calls.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"

namespace migplan {
namespace {

using Series = MetricSamples::Series;

constexpr std::string_view kServiceLabel = "service_label";
constexpr std::array<std::string_view, 12> kUsualLabels{
    "service",     "service_name", "service.name", "app",      "app_kubernetes_io_name",
    "application", "job",          "deployment",   "workload", "destination_service_name",
    "container",   "pod"};
constexpr std::string_view kPeak = "impact.peak_orders_per_second";

// Whether the fact is a share of the whole, in percent or from 0 to 1.
bool is_percent(std::string_view fact) noexcept { return fact == "impact.sla_30d" || fact == "impact.sla_target"; }
bool is_share(std::string_view fact) noexcept {
  return fact == "platform.automated_test_coverage" || fact == "platform.missing_documentation" ||
         fact == "platform.community_activity";
}

// "reports/tps_peak.json" is tps_peak.
std::string_view stem_of(std::string_view file) noexcept {
  file.remove_prefix(std::min(file.find_last_of('/') + 1, file.size()));
  return file.substr(0, file.find('.'));
}

std::string number_text(double value) {
  std::string text = fmt::format("{:.6f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

class MetricFacts {
 public:
  MetricFacts(const MetricSamples& samples, const ReportOptions& options, Observations& observations)
      : samples_(samples), options_(options), observations_(observations) {
    for (const ReportMapping& mapping : options.map) {
      if (mapping.from == kServiceLabel) {
        label_ = mapping.fact;
      } else {
        maps_.push_back(&mapping);
      }
    }
  }

  [[nodiscard]] bool has_maps() const noexcept { return !maps_.empty(); }

  Issues add() {
    for (const ReportMapping* const mapping : maps_) add_fact(*mapping);
    for (const ReportMapping* const mapping : unmet_) {
      // Where the file has what another one means, this one's series may stand in another file.
      if (unmet_.size() < maps_.size()) {
        observations_.unmet.push_back(mapping->from);
        continue;
      }
      issues_.add(remark(samples_.file, Severity::Warning, fmt::format("no series is {}", in_quotes(mapping->from)),
                         known_names()));
    }
    return std::move(issues_);
  }

 private:
  struct Found {
    double value = 0;
    const Series* series = nullptr;
    std::size_t others = 0;  // series of the same service
  };

  // A result that has lost the metric's name is known by the name of its file, or is the only one that can be meant.
  [[nodiscard]] bool is_meant(const Series& series, const ReportMapping& mapping) const {
    if (!series.name.empty()) return series.name == mapping.from;
    return maps_.size() == 1 || stem_of(samples_.file) == mapping.from;
  }

  [[nodiscard]] std::optional<std::string> service_of(const Series& series) const {
    if (!label_.empty()) {
      const auto label = samples_.label(series, label_);
      return label && !label->empty() ? std::optional(std::string(*label)) : std::nullopt;
    }
    if (!options_.service.empty()) return options_.service;
    for (const std::string_view usual : kUsualLabels) {
      if (const auto label = samples_.label(series, usual); label && !label->empty()) return std::string(*label);
    }
    return std::nullopt;
  }

  // The greatest of several times for a peak, else the last one.
  [[nodiscard]] std::optional<double> value_of(const Series& series, std::string_view fact) const {
    std::optional<double> value;
    for (const MetricPoint& point : samples_.points(series)) {
      if (!std::isfinite(point.value)) continue;
      value = fact == kPeak && value ? std::max(*value, point.value) : point.value;
    }
    return value;
  }

  void add_fact(const ReportMapping& mapping) {
    std::map<std::string, Found> found;
    std::size_t meant = 0;
    for (const Series& series : samples_.series()) {
      if (!is_meant(series, mapping)) continue;
      ++meant;
      const auto service = service_of(series);
      if (!service) {
        issues_.add(not_named(series));
        return;
      }
      const auto value = value_of(series, mapping.fact);
      if (!value) {
        warn(series, fmt::format("{} of {}: no number (NaN or infinite): not known", mapping.from, printable(*service)),
             "");
        continue;
      }
      const auto [place, is_new] = found.try_emplace(*service, Found{*value, &series});
      if (!is_new) ++place->second.others;
    }
    if (meant == 0) {
      unmet_.push_back(&mapping);
    } else {
      observations_.met.push_back(mapping.from);
    }
    for (const auto& [service, one] : found) add_found(mapping, service, one);
  }

  void add_found(const ReportMapping& mapping, const std::string& service, const Found& one) {
    if (one.others != 0) {
      return warn(*one.series,
                  fmt::format("{} of {} has {} series: which one counts is not known", mapping.from, printable(service),
                              one.others + 1),
                  "ask for one: sum by (service) (…), max by (service) (…)");
    }
    double value = one.value;
    if (is_percent(mapping.fact) && value >= 0 && value <= 1) {
      value *= 100;
      has_scaled_ = true;
    } else if (is_share(mapping.fact) && value > 1 && value <= 100) {
      value /= 100;
      has_scaled_ = true;
    }
    observations_.facts.push_back({service, mapping.fact, ObservedNumber{number_text(value)},
                                   EvidencePlace{samples_.file, one.series->at, std::string(one.series->name)}});
    auto& subjects = observations_.subjects;
    if (std::find(subjects.begin(), subjects.end(), service) == subjects.end()) subjects.push_back(service);
    if (std::exchange(has_scaled_, false)) {
      observations_.notes.add(
          remark(samples_.file, Severity::Note,
                 fmt::format(
                     "{} of {}: {} is taken as {}", mapping.fact, printable(service), number_text(one.value),
                     is_percent(mapping.fact) ? number_text(value) + " percent" : "a share of " + number_text(value))));
    }
  }

  [[nodiscard]] Issue not_named(const Series& series) const {
    return {Severity::Error,
            samples_.file,
            series.at,
            "",
            label_.empty() ? std::string("no label of the series names a service")
                           : fmt::format("the series has no label {}", in_quotes(label_)),
            "map service_label to the label that does, or say whose the file is: service: NAME"};
  }

  void warn(const Series& series, std::string message, std::string hint) {
    issues_.add({Severity::Warning, samples_.file, series.at, "", std::move(message), std::move(hint)});
  }

  [[nodiscard]] std::string known_names() const {
    constexpr std::size_t kShown = 5;
    std::vector<std::string_view> names;
    for (const Series& series : samples_.series()) {
      if (!series.name.empty() && std::find(names.begin(), names.end(), series.name) == names.end()) {
        names.push_back(series.name);
      }
      if (names.size() == kShown) break;
    }
    if (names.empty()) return "the series have no names: call the file as the map calls the query";
    return fmt::format("found {}", fmt::join(names, ", "));
  }

  const MetricSamples& samples_;
  const ReportOptions& options_;
  Observations& observations_;
  std::vector<const ReportMapping*> maps_, unmet_;
  std::string label_;
  bool has_scaled_ = false;
  Issues issues_;
};

std::int64_t latest_time(const MetricSamples& samples) {
  std::int64_t latest = MetricPoint::kNoTime;
  for (const Series& series : samples.series()) {
    for (const MetricPoint& point : samples.points(series)) latest = std::max(latest, point.time_ms);
  }
  return latest;
}

bool is_prometheus(std::string_view beginning) {
  return kPrometheusApi.is_this(beginning) || kPrometheusText.is_this(beginning);
}

Result<Observations> read_prometheus(ByteSource& source, std::string_view file, const ReportOptions& options) {
  PeekedSource peeked(source);
  const EvidenceFormat& format = kPrometheusApi.is_this(peeked.front()) ? kPrometheusApi : kPrometheusText;
  return metric_observations(format.read(peeked, file), "prometheus", file, options);
}

Result<Observations> read_otlp(ByteSource& source, std::string_view file, const ReportOptions& options) {
  return metric_observations(kOtlpJson.read(source, file), "opentelemetry", file, options);
}

}  // namespace

Result<Observations> metric_observations(Result<Evidence> evidence, std::string_view tool, std::string_view file,
                                         const ReportOptions& options) {
  if (!evidence.is_ok()) return Issues(evidence.issues());
  Observations observations;
  observations.origin.tool = tool;
  observations.notes.append(Issues(evidence.issues()));
  const Evidence read = std::move(evidence).value();
  const auto& samples = std::get<MetricSamples>(read);
  observations.origin.taken = time_text(latest_time(samples));
  const bool has_graph = add_service_graph(samples, observations);
  const bool has_mesh = !has_graph && add_mesh_requests(samples, observations);
  MetricFacts facts(samples, options, observations);
  if (!has_graph && !has_mesh && !facts.has_maps() && !samples.series().empty()) {
    return remark(file, Severity::Error, "metrics that are no calls, and no map says what they are",
                  "map a metric to a fact, as tps_peak to impact.peak_orders_per_second");
  }
  Issues issues = facts.add();
  return observed(std::move(observations), std::move(issues));
}

const ReportFormat kPrometheusReport{"prometheus",
                                     "metrics as text or as Prometheus answers: service graph, mesh, mapped facts",
                                     is_prometheus, read_prometheus};
const ReportFormat kOtlpReport{"otlp", "metrics of OpenTelemetry as JSON: service graph, mesh, mapped facts",
                               kOtlpJson.is_this, read_otlp};

}  // namespace migplan
