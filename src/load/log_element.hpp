#pragma once

// Logging configurations of every syntax as one tree: XML, YAML, JSON and properties of Log4j 2, XML of Logback.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/model/evidence.hpp"
#include "yaml_tree.hpp"

namespace migplan {

struct LogElement {
  std::string name;
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<LogElement> children;
  EvidencePlace place;

  // Names of elements and attributes do not mind capitals. Empty where there is none.
  [[nodiscard]] std::string_view attribute(std::string_view key) const noexcept;
  [[nodiscard]] const LogElement* child(std::string_view key) const noexcept;
  // The text of a child or, where there is none, an attribute.
  [[nodiscard]] std::string_view value(std::string_view key) const noexcept;
};

// The values of properties by their names.
using LogProperties = std::map<std::string, std::string, std::less<>>;
// With ${name} as the properties say, or as its own default does, ${name:-default}; what neither says stays.
[[nodiscard]] std::string resolved(std::string_view text, const LogProperties& properties);
[[nodiscard]] LogElement resolved(LogElement element, const LogProperties& properties);

[[nodiscard]] bool is_same_word(std::string_view a, std::string_view b) noexcept;

// The root element of a logging configuration in XML, or of a part that another one includes. Nullopt = another
// document, or `issues` has an error.
[[nodiscard]] std::optional<LogElement> read_log_xml(std::string_view text, std::string_view file, Issues& issues);
// The element that a key of a YAML or JSON document stands for: values become attributes, maps and lists of maps
// elements.
[[nodiscard]] LogElement log_element_of(const YamlValue& value, std::string_view file);

// A line of a properties file, continued lines joined.
struct Property {
  std::string key, value;
  Position at;
};
[[nodiscard]] std::vector<Property> read_properties(std::string_view text);
// Log4j 2's properties as the tree that its XML would be; nullopt = they are not Log4j 2's.
[[nodiscard]] std::optional<LogElement> log_element_of(const std::vector<Property>& properties, std::string_view file);

}  // namespace migplan
