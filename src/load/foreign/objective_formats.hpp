#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/load/percent_text.hpp"
#include "migplan/verification/objective.hpp"
#include "yaml_tree.hpp"

namespace migplan {

// What is read of one file, and what of it may be needed to read one of its documents.
struct ObjectiveFile {
  std::string_view name;
  std::vector<YamlValue> documents;
  std::vector<ServiceObjective> objectives{};
  Issues issues{};

  void warn(const YamlValue& value, std::string message, std::string hint = {});
};

struct ObjectiveFormat {
  std::string_view description;
  bool (*is_this)(const YamlValue& document);
  void (*read)(const YamlValue& document, ObjectiveFile& file);
};

// service-level-objectives.yaml of the source. models.md section 9.
extern const ObjectiveFormat kStatedLevels;
// https://github.com/OpenSLO/OpenSLO, v1 and v1alpha.
extern const ObjectiveFormat kOpenSlo;
// https://sloth.dev, prometheus/v1 and PrometheusServiceLevel.
extern const ObjectiveFormat kSloth;
// https://github.com/pyrra-dev/pyrra, ServiceLevelObjective.
extern const ObjectiveFormat kPyrra;

[[nodiscard]] EvidencePlace place_of(const YamlValue& value, std::string_view file);

// A text that is not empty; an issue where it is missing or something else.
[[nodiscard]] std::optional<std::string> required_text(const YamlValue& map, std::string_view key,
                                                       std::string_view expected, ObjectiveFile& file);
[[nodiscard]] Issue missing(const YamlValue& map, std::string_view key, std::string_view expected);

// A percentage as a number, "99.9" with a warning, or the other way round where the tool wants a text.
enum class WrittenAs : std::uint8_t { Number, Text };
[[nodiscard]] std::optional<Percent> exact_percent(const YamlValue& value, WrittenAs written, bool is_fraction,
                                                   ObjectiveFile& file);

}  // namespace migplan
