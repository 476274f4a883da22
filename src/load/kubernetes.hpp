#pragma once

// Kubernetes objects as the values that the rules look at. What the rules do not need is passed over; what they need
// and is of another kind is told as a warning and counts as absent.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/verification/manifest.hpp"
#include "yaml_tree.hpp"

namespace migplan {

// Whether a document says that it is an object: apiVersion and kind.
[[nodiscard]] bool is_kubernetes(const YamlValue& document) noexcept;

// Adds the object, or those of a List, to the set. False = an object of a kind that no rule looks at.
bool read_kubernetes(const YamlValue& document, std::string_view file, ManifestSet& set, Issues& issues);

// The values of an object with their places; what is of the wrong kind is told once and counts as absent.
class ObjectReader {
 public:
  ObjectReader(std::string_view file, Issues& issues) : file_(file), issues_(issues) {}

  [[nodiscard]] ObjectId id(const YamlValue& document);
  [[nodiscard]] EvidencePlace place(const YamlValue& value) const { return {std::string(file_), value.at(), ""}; }
  [[nodiscard]] std::optional<YamlValue> map(const std::optional<YamlValue>& in, std::string_view key);
  [[nodiscard]] std::vector<YamlValue> list(const std::optional<YamlValue>& in, std::string_view key);
  // Numbers and switches are texts, too: many files leave the quotes away.
  [[nodiscard]] std::string text(const std::optional<YamlValue>& in, std::string_view key);
  [[nodiscard]] std::vector<std::string> texts(const std::optional<YamlValue>& in, std::string_view key);
  [[nodiscard]] Labels labels(const std::optional<YamlValue>& in, std::string_view key);
  [[nodiscard]] Labels labels(const YamlValue& map);
  // From 0 to 1,000,000,000.
  [[nodiscard]] std::optional<std::int64_t> whole(const std::optional<YamlValue>& in, std::string_view key);
  [[nodiscard]] std::optional<PodCount> pod_count(const std::optional<YamlValue>& in, std::string_view key);
  [[nodiscard]] std::optional<LabelSelector> selector(const std::optional<YamlValue>& in, std::string_view key);

 private:
  void tell(const YamlValue& value, std::string_view expected);

  std::string_view file_;
  Issues& issues_;
};

// One family of kinds a file; false = another kind.
bool read_workload(const YamlValue& document, ObjectReader& reader, ManifestSet& set);
bool read_entrance(const YamlValue& document, ObjectReader& reader, ManifestSet& set);
bool read_access(const YamlValue& document, ObjectReader& reader, ManifestSet& set);

[[nodiscard]] Container container_of(const YamlValue& value, ObjectReader& reader);
[[nodiscard]] AccessRule access_rule_of(const YamlValue& value, ObjectReader& reader);
// The entry of a ConfigMap under its key; null is what a patch takes one out by.
[[nodiscard]] ConfigEntry config_entry_of(const YamlValue& value, std::string key, Position at, ObjectReader& reader);
// What a document takes out of the object that it is a strategic merge patch of.
[[nodiscard]] std::vector<Removal> removals_of(const YamlValue& document, std::string_view file);
// "$patch", "$setElementOrder/containers": a word of such a patch, no key of the object.
[[nodiscard]] inline bool is_directive(std::string_view key) noexcept { return key.starts_with('$'); }
// Of an entry that is called *.yaml and is YAML; else none.
[[nodiscard]] std::vector<ConfigValue> config_values(std::string_view key, std::string_view text);
// Of a rule of an Ingress; "*" = it states none, which is any.
[[nodiscard]] std::string host_of(const YamlValue& rule, ObjectReader& reader);
// Of the blocks of an Ingress' spec.tls; empty = all.
[[nodiscard]] std::vector<std::string> secured_hosts(const std::vector<YamlValue>& blocks, ObjectReader& reader);
// What has the shape of an environment variable: {name, value}.
[[nodiscard]] EnvVariable env_variable(const YamlValue& item, ObjectReader& reader);

}  // namespace migplan
