#include <fmt/format.h>

#include <array>

#include "objective_formats.hpp"

namespace migplan {
namespace {

constexpr std::string_view kVersion = "prometheus/v1";
constexpr std::string_view kResource = "sloth.slok.dev/v1";
constexpr std::string_view kKind = "PrometheusServiceLevel";

bool is_resource(const YamlValue& document) { return document.text_of("kind") == kKind; }

bool is_sloth(const YamlValue& document) {
  return is_resource(document) || document.text_of("version").starts_with("prometheus/") ||
         (document.find("slos") && document.find("service"));
}

// The same in a file and in a resource of Kubernetes, but for the keys.
struct Spelling {
  std::string_view error_query, total_query, error_ratio_query;
};
constexpr Spelling kOfFile{"error_query", "total_query", "error_ratio_query"};
constexpr Spelling kOfResource{"errorQuery", "totalQuery", "errorRatioQuery"};

bool has_window(std::string_view query) {
  for (std::size_t at = query.find("{{"); at != std::string_view::npos; at = query.find("{{", at + 2)) {
    const auto first = query.find_first_not_of(' ', at + 2);
    constexpr std::string_view kWindow = ".window";
    if (first == std::string_view::npos || query.substr(first, kWindow.size()) != kWindow) continue;
    const auto last = query.find_first_not_of(' ', first + kWindow.size());
    if (last != std::string_view::npos && query.substr(last, 2) == "}}") return true;
  }
  return false;
}

void check_query(const YamlValue& indicator, std::string_view key, ObjectiveFile& file) {
  if (!required_text(indicator, key, "a query of Prometheus", file)) return;
  const YamlValue query = *indicator.find(key);
  if (has_window(query.text())) return;
  file.issues.add(query.unexpected("a query over [{{.window}}]", "Sloth puts its windows there"));
}

void check_indicator(const YamlValue& slo, const Spelling& spelling, ObjectiveFile& file) {
  const auto sli = slo.find("sli");
  if (!sli || !sli->is_map()) {
    file.issues.add(missing(slo, "sli", "one of events, raw and plugin"));
    return;
  }
  const auto events = sli->find("events"), raw = sli->find("raw"), plugin = sli->find("plugin");
  const int given = int{events.has_value()} + int{raw.has_value()} + int{plugin.has_value()};
  if (given != 1) {
    file.issues.add(sli->issue(fmt::format("found {} of events, raw and plugin, expected one", given)));
    return;
  }
  if (events) {
    check_query(*events, spelling.error_query, file);
    check_query(*events, spelling.total_query, file);
  }
  if (raw) check_query(*raw, spelling.error_ratio_query, file);
  if (plugin) static_cast<void>(required_text(*plugin, "id", "the name of a plugin", file));
}

void read_slo(const YamlValue& slo, const std::string& service, const Spelling& spelling, ObjectiveFile& file) {
  const auto name = required_text(slo, "name", "the objective's name", file);
  check_indicator(slo, spelling, file);
  const auto stated = slo.find("objective");
  if (!stated) return file.issues.add(missing(slo, "objective", "a percentage above 0 and up to 100"));
  const auto target = exact_percent(*stated, WrittenAs::Number, false, file);
  if (!name || !target) return;
  if (*target == Percent{}) return file.issues.add(stated->unexpected("a percentage above 0 and up to 100"));
  ServiceObjective objective;
  objective.service = service;
  objective.name = *name;
  objective.target = *target;
  objective.is_rolling = true;
  objective.place = place_of(*stated, file.name);
  file.objectives.push_back(std::move(objective));
}

void read_sloth(const YamlValue& document, ObjectiveFile& file) {
  const bool is_in_cluster = is_resource(document);
  const auto version = document.find(is_in_cluster ? "apiVersion" : "version");
  const std::string_view expected = is_in_cluster ? kResource : kVersion;
  if (!version || version->text() != expected) {
    const std::string wanted(expected);
    return file.issues.add(version ? version->unexpected(wanted)
                                   : missing(document, is_in_cluster ? "apiVersion" : "version", wanted));
  }
  const auto spec = is_in_cluster ? document.find("spec") : document;
  if (!spec) return file.issues.add(missing(document, "spec", "a map"));
  const auto service = required_text(*spec, "service", "the service's name", file);
  const auto slos = spec->find("slos");
  if (!slos || !slos->is_list()) return file.issues.add(missing(*spec, "slos", "a list of objectives"));
  if (slos->items().empty()) file.issues.add(slos->issue("found none, expected one objective or more"));
  for (const YamlValue& slo : slos->items()) {
    if (!slo.is_map()) {
      file.issues.add(slo.unexpected("a map"));
      continue;
    }
    read_slo(slo, service.value_or(""), is_in_cluster ? kOfResource : kOfFile, file);
  }
}

}  // namespace

const ObjectiveFormat kSloth{"Sloth (version: prometheus/v1, or a PrometheusServiceLevel)", is_sloth, read_sloth};

}  // namespace migplan
