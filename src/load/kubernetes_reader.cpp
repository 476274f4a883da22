#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <utility>

#include "kubernetes.hpp"
#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kMost = 1'000'000'000;

bool is_single(const YamlValue& value) { return !value.is_map() && !value.is_list() && !value.is_null(); }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_good = error == std::errc{} && end == text.data() + text.size() && number >= 0 && number <= kMost;
  return is_good ? std::optional(number) : std::nullopt;
}

void read_budget(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const auto spec = reader.map(document, "spec");
  Budget budget;
  budget.id = reader.id(document);
  budget.selector = reader.selector(spec, "selector");
  budget.min_available = reader.pod_count(spec, "minAvailable");
  budget.max_unavailable = reader.pod_count(spec, "maxUnavailable");
  budget.is_beta = document.text_of("apiVersion") == "policy/v1beta1";
  set.budgets.push_back(std::move(budget));
}

// PodDisruptionBudgets were never in another group, whatever version of it.
bool is_served(const YamlValue& budget, Issues& issues) {
  const auto version = budget.find("apiVersion");
  if (version->text().starts_with("policy/")) return true;
  Issue issue = version->unexpected("policy/v1");
  issue.severity = Severity::Warning;
  issues.add(std::move(issue));
  return false;
}

void read_autoscaler(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const auto spec = reader.map(document, "spec");
  const auto target = reader.map(spec, "scaleTargetRef");
  set.autoscalers.push_back({reader.id(document), reader.text(target, "kind"), reader.text(target, "name"),
                             reader.whole(spec, "minReplicas")});
}

void read_config_map(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  ConfigMap map;
  map.id = reader.id(document);
  if (const auto data = reader.map(document, "data")) {
    data->for_each_item([&](const YamlValue& entry) {
      if (entry.is_map() || entry.is_list() || is_directive(entry.key())) return;
      map.entries.push_back(config_entry_of(entry, std::string(entry.key()), entry.key_at(), reader));
    });
  }
  set.config_maps.push_back(std::move(map));
}

}  // namespace

ConfigEntry config_entry_of(const YamlValue& value, std::string key, Position at, ObjectReader& reader) {
  EvidencePlace place = reader.place(value);
  place.at = at;
  std::vector<ConfigValue> values = config_values(key, value.text());
  return {std::move(key),   std::string(value.text()), std::move(place),
          value.block_at(), value.is_null(),           std::move(values)};
}

bool is_kubernetes(const YamlValue& document) noexcept {
  return !document.text_of("apiVersion").empty() && !document.text_of("kind").empty();
}

bool read_kubernetes(const YamlValue& document, std::string_view file, ManifestSet& set, Issues& issues) {
  ObjectReader reader(file, issues);
  const std::string_view kind = document.text_of("kind");
  if (kind.ends_with("List") && document.find("items")) {
    bool is_used = false;
    std::size_t kindless = 0;
    for (const YamlValue& item : reader.list(document, "items")) {
      if (is_kubernetes(item)) {
        is_used = read_kubernetes(item, file, set, issues) || is_used;
      } else {
        ++kindless;
      }
    }
    // The API server leaves the kind of a typed list's items away, kubectl puts it in.
    if (kindless != 0) {
      Issue issue = document.issue(
          fmt::format("{} of its items {} passed over: no kind is stated", kindless, kindless == 1 ? "is" : "are"),
          "kubectl get -o yaml states it");
      issue.severity = Severity::Warning;
      issues.add(std::move(issue));
    }
    return is_used;
  }
  if (kind == "PodDisruptionBudget" && !is_served(document, issues)) return false;
  if (kind == "PodDisruptionBudget") return read_budget(document, reader, set), true;
  if (kind == "HorizontalPodAutoscaler") return read_autoscaler(document, reader, set), true;
  if (kind == "ConfigMap") return read_config_map(document, reader, set), true;
  return read_workload(document, reader, set) || read_entrance(document, reader, set) ||
         read_access(document, reader, set);
}

ObjectId ObjectReader::id(const YamlValue& document) {
  const auto metadata = map(document, "metadata");
  ObjectId id;
  id.kind = document.text_of("kind");
  id.name = text(metadata, "name");
  if (id.name.empty()) id.name = text(metadata, "generateName");
  id.space = text(metadata, "namespace");
  ObjectMarks marks{labels(metadata, "labels"), labels(metadata, "annotations")};
  id.service = id.name;
  for (const char* const label : {"app.kubernetes.io/name", "app"}) {
    const auto found = marks.labels.find(label);
    if (found == marks.labels.end() || found->second.empty()) continue;
    id.service = found->second;
    break;
  }
  const bool has_marks = !marks.labels.empty() || !marks.annotations.empty();
  if (has_marks) id.marks = std::make_shared<const ObjectMarks>(std::move(marks));
  const auto name = metadata ? metadata->find("name") : std::nullopt;
  id.place = place(name ? *name : document);
  id.is_removed = text(document, "$patch") == "delete";
  if (std::vector<Removal> removals = removals_of(document, file_); !removals.empty()) {
    id.removals = std::make_shared<const std::vector<Removal>>(std::move(removals));
  }
  return id;
}

void ObjectReader::tell(const YamlValue& value, std::string_view expected) {
  Issue issue = value.unexpected(expected);
  issue.severity = Severity::Warning;
  issues_.add(std::move(issue));
}

std::optional<YamlValue> ObjectReader::map(const std::optional<YamlValue>& in, std::string_view key) {
  const auto value = in ? in->find(key) : std::nullopt;
  if (!value || value->is_map()) return value;
  tell(*value, "a map");
  return std::nullopt;
}

std::vector<YamlValue> ObjectReader::list(const std::optional<YamlValue>& in, std::string_view key) {
  const auto value = in ? in->find(key) : std::nullopt;
  if (!value) return {};
  if (value->is_list()) return value->items();
  tell(*value, "a list");
  return {};
}

std::string ObjectReader::text(const std::optional<YamlValue>& in, std::string_view key) {
  const auto value = in ? in->find(key) : std::nullopt;
  if (!value) return {};
  if (is_single(*value)) return std::string(value->text());
  tell(*value, "a text");
  return {};
}

std::vector<std::string> ObjectReader::texts(const std::optional<YamlValue>& in, std::string_view key) {
  std::vector<std::string> texts;
  for (const YamlValue& item : list(in, key)) {
    if (is_single(item)) {
      texts.emplace_back(item.text());
    } else if (!item.is_null()) {
      tell(item, "a text");
    }
  }
  return texts;
}

Labels ObjectReader::labels(const std::optional<YamlValue>& in, std::string_view key) {
  const auto value = map(in, key);
  return value ? labels(*value) : Labels();
}

Labels ObjectReader::labels(const YamlValue& map) {
  Labels labels;
  map.for_each_item([&](const YamlValue& item) {
    if (is_directive(item.key())) return;
    if (is_single(item)) {
      labels.emplace(item.key(), item.text());
    } else if (!item.is_null()) {
      tell(item, "a text");
    }
  });
  return labels;
}

std::optional<std::int64_t> ObjectReader::whole(const std::optional<YamlValue>& in, std::string_view key) {
  const auto value = in ? in->find(key) : std::nullopt;
  if (!value) return std::nullopt;
  const auto number = value->is_number() ? whole_number(value->text()) : std::nullopt;
  if (!number) tell(*value, "a whole number from 0");
  return number;
}

std::optional<PodCount> ObjectReader::pod_count(const std::optional<YamlValue>& in, std::string_view key) {
  const auto value = in ? in->find(key) : std::nullopt;
  if (!value) return std::nullopt;
  // The API server refuses a number in quotes, and more than all of the pods.
  constexpr std::int64_t kAll = 100;
  const std::string_view text = value->text();
  const bool is_percent = value->is_text() && text.ends_with('%');
  const auto number = is_percent           ? whole_number(text.substr(0, text.size() - 1))
                      : value->is_number() ? whole_number(text)
                                           : std::nullopt;
  if (number && (!is_percent || *number <= kAll)) return PodCount{*number, is_percent};
  tell(*value, "a whole number without quotes or a percentage up to 100%");
  return std::nullopt;
}

std::optional<LabelSelector> ObjectReader::selector(const std::optional<YamlValue>& in, std::string_view key) {
  const auto value = map(in, key);
  if (!value) return std::nullopt;
  LabelSelector selector;
  selector.labels = labels(value, "matchLabels");
  for (const YamlValue& item : list(value, "matchExpressions")) {
    if (item.is_map()) {
      selector.requirements.push_back({text(item, "key"), text(item, "operator"), texts(item, "values")});
    } else {
      tell(item, "a map");
    }
  }
  return selector;
}

}  // namespace migplan
