#include "migplan/load/objectives_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "foreign/objective_formats.hpp"

namespace migplan {
namespace {

constexpr std::array<const ObjectiveFormat*, 4> kFormats{&kOpenSlo, &kSloth, &kPyrra, &kStatedLevels};

const ObjectiveFormat* format_of(const YamlValue& document) {
  const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                  [&document](const ObjectiveFormat* format) { return format->is_this(document); });
  return found == kFormats.end() ? nullptr : *found;
}

// The documents themselves and those inside lists, of which `kubectl get -o yaml` makes one document.
std::vector<YamlValue> unfolded(const YamlTree& tree) {
  std::vector<YamlValue> documents;
  for (const YamlValue& document : tree.documents()) {
    const auto listed = document.find("items");
    const bool is_list = document.is_list() || (document.text_of("kind").ends_with("List") && listed);
    if (!is_list) {
      documents.push_back(document);
      continue;
    }
    const std::vector<YamlValue> items = document.is_list() ? document.items() : listed->items();
    documents.insert(documents.end(), items.begin(), items.end());
  }
  return documents;
}

bool is_rules(const YamlValue& document) {
  const auto groups = document.find("groups");
  return document.text_of("kind") == "PrometheusRule" || (groups && groups->is_list());
}

// The service whose objectives rules were generated from; empty = they do not say.
std::string service_of_rules(const YamlValue& document) {
  const auto in_spec = document.find_in({"spec", "groups"});
  const auto groups = in_spec ? in_spec : document.find("groups");
  if (!groups) return {};
  for (const YamlValue& group : groups->items()) {
    const auto rules = group.find("rules");
    if (!rules) continue;
    for (const YamlValue& rule : rules->items()) {
      const auto service = rule.find_in({"labels", "sloth_service"});
      if (service) return std::string(service->text());
    }
  }
  return {};
}

Issue refused_rules(const YamlValue& document) {
  const std::string service = service_of_rules(document);
  return document.issue("these are rules of Prometheus, not service level objectives",
                        service.empty() ? "name the objectives that they were generated from"
                                        : fmt::format("name the file of {} that Sloth generated them from", service));
}

Issue nothing_known(std::string_view file) {
  return {Severity::Error,
          std::string(file),
          {},
          "",
          "no service level objectives in a format that is known",
          fmt::format("known: {}, {}, {}, {}", kStatedLevels.description, kOpenSlo.description, kSloth.description,
                      kPyrra.description)};
}

}  // namespace

void ObjectiveFile::warn(const YamlValue& value, std::string message, std::string hint) {
  Issue issue = value.issue(std::move(message), std::move(hint));
  issue.severity = Severity::Warning;
  issues.add(std::move(issue));
}

Result<std::vector<ServiceObjective>> read_objectives(ByteSource& source, std::string_view name) {
  const YamlTree tree(source, name);
  if (tree.issues().has_errors()) return tree.issues();
  ObjectiveFile file{.name = name, .documents = unfolded(tree)};
  bool is_known = false;
  for (const YamlValue& document : file.documents) {
    if (const ObjectiveFormat* const format = format_of(document)) {
      is_known = true;
      format->read(document, file);
    }
  }
  const auto rules = std::find_if(file.documents.begin(), file.documents.end(), is_rules);
  if (!is_known) return rules == file.documents.end() ? nothing_known(name) : refused_rules(*rules);
  if (file.objectives.empty() && !file.issues.has_errors()) {
    file.issues.add({Severity::Error, std::string(name), {}, "", "no objective stands in this file", ""});
  }
  if (file.issues.has_errors()) return std::move(file.issues);
  return Result<std::vector<ServiceObjective>>(std::move(file.objectives), std::move(file.issues));
}

namespace {

constexpr std::array<std::string_view, 4> kVersions{"openslo/", "prometheus/v", "sloth.slok.dev/", "pyrra.dev/"};
constexpr std::array<std::string_view, 3> kOwnKeys{"availability_slo", "error_budget_monthly", "latency_p95_target_ms"};
constexpr std::string_view kAround = " \t\"'{[,-";  // of a key, in JSON or in a list

std::string_view trimmed_front(std::string_view text) {
  const auto first = text.find_first_not_of(kAround);
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

// What follows "key:", or nullopt where the line does not begin so.
std::optional<std::string_view> value_behind(std::string_view line, std::string_view key) {
  line = trimmed_front(line);
  if (!line.starts_with(key)) return std::nullopt;
  line.remove_prefix(key.size());
  const auto colon = line.find_first_not_of("\"' ");
  if (colon == std::string_view::npos || line[colon] != ':') return std::nullopt;
  return trimmed_front(line.substr(colon + 1));
}

bool is_line_of_objectives(std::string_view line) {
  const auto is_own = [line](std::string_view key) { return value_behind(line, key).has_value(); };
  if (std::any_of(kOwnKeys.begin(), kOwnKeys.end(), is_own)) return true;
  for (const std::string_view key : {"apiVersion", "version"}) {
    const auto value = value_behind(line, key);
    const auto is_version = [&value](std::string_view version) { return value->starts_with(version); };
    if (value && std::any_of(kVersions.begin(), kVersions.end(), is_version)) return true;
  }
  return false;
}

}  // namespace

bool has_objectives(std::string_view beginning) {
  while (!beginning.empty()) {
    const std::string_view line = beginning.substr(0, beginning.find('\n'));
    if (is_line_of_objectives(line)) return true;
    beginning.remove_prefix(std::min(line.size() + 1, beginning.size()));
  }
  return false;
}

}  // namespace migplan
