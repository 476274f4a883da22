#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <optional>

#include "duration_text.hpp"
#include "objective_formats.hpp"

namespace migplan {
namespace {

constexpr std::string_view kVersion = "pyrra.dev/v1alpha1";
constexpr std::string_view kKind = "ServiceLevelObjective";
constexpr std::array<std::string_view, 4> kIndicators{"ratio", "latency", "latencyNative", "bool_gauge"};

bool is_pyrra(const YamlValue& document) {
  return document.text_of("apiVersion").starts_with("pyrra.dev/") && document.text_of("kind") == kKind;
}

void check_metric(const YamlValue& indicator, std::string_view key, ObjectiveFile& file) {
  const auto query = indicator.find(key);
  if (!query || !query->is_map()) return file.issues.add(missing(indicator, key, "a map with a metric"));
  static_cast<void>(required_text(*query, "metric", "a metric of Prometheus", file));
}

// The text behind le=" in a selector.
std::optional<std::string_view> bucket_of(std::string_view metric) {
  const auto braces = metric.find('{');
  if (braces == std::string_view::npos) return std::nullopt;
  for (std::size_t at = metric.find("le", braces); at != std::string_view::npos; at = metric.find("le", at + 1)) {
    const char before = metric[at - 1];
    if (before != '{' && before != ',' && before != ' ') continue;
    const auto equals = metric.find_first_not_of(' ', at + 2);
    if (equals == std::string_view::npos || metric[equals] != '=') continue;
    const auto quote = metric.find_first_not_of(' ', equals + 1);
    if (quote == std::string_view::npos || metric[quote] != '"') continue;
    return metric.substr(quote + 1, metric.find('"', quote + 1) - quote - 1);
  }
  return std::nullopt;
}

// Histograms of Prometheus are in seconds, and say so.
void read_bucket(const YamlValue& latency, ServiceObjective& objective, ObjectiveFile& file) {
  const auto metric = latency.find_in({"success", "metric"});
  if (!metric) return;
  const auto bound = bucket_of(metric->text());
  if (!bound) {
    return file.issues.add(metric->unexpected("a bucket of a histogram, with the label le", "Pyrra asks for it"));
  }
  const bool is_in_seconds = metric->text().find("_seconds") != std::string_view::npos;
  // Microseconds: a millisecond has three decimals.
  const Decimal limit = parse_decimal(*bound, 6);
  const bool is_known = limit.status == DecimalStatus::Ok && limit.steps >= 0 &&
                        limit.steps <= Milliseconds::max().steps() && is_in_seconds;
  if (is_known) {
    objective.latency_limit = Milliseconds::from_steps(limit.steps);
  } else {
    objective.notes.push_back(
        fmt::format("the limit is {}, and the metric's name does not say its unit", in_quotes(*bound)));
  }
}

void read_native(const YamlValue& native, ServiceObjective& objective, ObjectiveFile& file) {
  const auto text = required_text(native, "latency", "a duration such as 200ms", file);
  if (!text) return;
  const auto limit = prometheus_duration(*text);
  if (!limit || *limit > Seconds::from_steps(Milliseconds::max().steps() / Milliseconds::scale())) {
    return file.issues.add(native.find("latency")->unexpected("a duration such as 200ms"));
  }
  objective.latency_limit = Milliseconds::whole(limit->steps());
}

void read_indicator(const YamlValue& indicator, ServiceObjective& objective, ObjectiveFile& file) {
  std::vector<YamlValue> given;
  for (const std::string_view name : kIndicators) {
    if (const auto found = indicator.find(name)) given.push_back(*found);
  }
  if (given.size() != 1) {
    return file.issues.add(indicator.issue(
        fmt::format("found {} indicators, expected one of {}", given.size(), fmt::join(kIndicators, ", "))));
  }
  const YamlValue& one = given.front();
  if (one.key() == "bool_gauge") {
    static_cast<void>(required_text(one, "metric", "a metric of Prometheus", file));
  } else {
    check_metric(one, "total", file);
  }
  if (one.key() == "ratio") check_metric(one, "errors", file);
  if (one.key() == "latency") check_metric(one, "success", file);
  if (one.key() == "latency" || one.key() == "latencyNative") objective.kind = ObjectiveKind::Latency;
  if (one.key() == "latency") read_bucket(one, objective, file);
  if (one.key() == "latencyNative") read_native(one, objective, file);
  const auto grouping = one.find("grouping");
  if (!grouping || grouping->items().empty()) return;
  std::vector<std::string> labels;
  for (const YamlValue& label : grouping->items()) labels.push_back(printable(label.text()));
  objective.notes.push_back(fmt::format("each {} has this objective by itself", fmt::join(labels, " and ")));
}

void read_window(const YamlValue& spec, ServiceObjective& objective, ObjectiveFile& file) {
  const auto text = required_text(spec, "window", "a duration such as 4w", file);
  if (!text) return;
  const auto length = prometheus_duration(*text);
  if (length) objective.window = window_of(*length);
  if (!objective.window) {
    file.issues.add(spec.find("window")->unexpected("whole seconds up to 10,000 days, such as 4w or 30d"));
  }
}

void read_pyrra(const YamlValue& document, ObjectiveFile& file) {
  if (document.text_of("apiVersion") != kVersion) {
    return file.issues.add(document.find("apiVersion")->unexpected(kVersion));
  }
  ServiceObjective objective;
  const auto metadata = document.find("metadata"), spec = document.find("spec");
  if (!metadata) file.issues.add(missing(document, "metadata", "a map with a name"));
  if (!spec) return file.issues.add(missing(document, "spec", "a map"));
  if (metadata) objective.name = required_text(*metadata, "name", "the objective's name", file).value_or("");
  const auto service = document.find_in({"metadata", "labels", "pyrra.dev/service"});
  objective.service = service ? std::string(service->text()) : objective.name;
  objective.is_rolling = true;
  read_window(*spec, objective, file);
  const auto indicator = spec->find("indicator");
  if (indicator) {
    read_indicator(*indicator, objective, file);
  } else {
    file.issues.add(missing(*spec, "indicator", fmt::format("one of {}", fmt::join(kIndicators, ", "))));
  }
  const auto stated = spec->find("target");
  if (!stated) return file.issues.add(missing(*spec, "target", "a percentage in quotes, such as '99.5'"));
  const auto target = exact_percent(*stated, WrittenAs::Text, false, file);
  if (!target) return;
  objective.target = *target;
  objective.place = place_of(*stated, file.name);
  file.objectives.push_back(std::move(objective));
}

}  // namespace

const ObjectiveFormat kPyrra{"Pyrra (kind: ServiceLevelObjective)", is_pyrra, read_pyrra};

}  // namespace migplan
