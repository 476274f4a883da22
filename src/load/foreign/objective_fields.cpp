#include <fmt/format.h>

#include <utility>

#include "objective_formats.hpp"

namespace migplan {

EvidencePlace place_of(const YamlValue& value, std::string_view file) {
  return {std::string(file), value.at(), value.path()};
}

Issue missing(const YamlValue& map, std::string_view key, std::string_view expected) {
  Issue issue = map.issue(fmt::format("missing, expected {}", expected));
  issue.path += issue.path.empty() ? "" : ".";
  issue.path += key;
  return issue;
}

std::optional<std::string> required_text(const YamlValue& map, std::string_view key, std::string_view expected,
                                         ObjectiveFile& file) {
  const auto value = map.find(key);
  if (!value) {
    file.issues.add(missing(map, key, expected));
    return std::nullopt;
  }
  if (value->is_text() && !value->text().empty()) return std::string(value->text());
  file.issues.add(value->unexpected(expected, value->is_number() ? "put it in quotes" : ""));
  return std::nullopt;
}

std::optional<Percent> exact_percent(const YamlValue& value, WrittenAs written, bool is_fraction, ObjectiveFile& file) {
  const std::string_view whole = is_fraction ? "1" : "100";
  const bool has_sign = value.text().ends_with('%');
  const bool is_single = value.is_number() || value.is_text();
  const PercentReading reading = is_fraction ? read_fraction(value.text()) : read_percent(value.text());
  if (!is_single || reading.fault != PercentFault::None) {
    std::string hint;
    if (has_sign) hint = "without the sign: this format has none";
    if (is_fraction && !has_sign && read_percent(value.text()).fault == PercentFault::None) {
      hint = fmt::format("a percentage stands under targetPercent: {}", value.text());
    }
    file.issues.add(value.unexpected(expectation(reading.fault, whole), std::move(hint)));
    return std::nullopt;
  }
  if (value.is_text() && written == WrittenAs::Number) {
    file.warn(value, fmt::format("{} is a text here, and the tool wants a number", in_quotes(value.text())),
              "write it without quotes");
  }
  if (value.is_number() && written == WrittenAs::Text) {
    file.warn(value, fmt::format("{} is a number here, and the tool wants a text", printable(value.text())),
              "put it in quotes");
  }
  return reading.value;
}

}  // namespace migplan
