#pragma once

// What the encoders and layouts of Logback and Log4j 2 write, as far as their configuration says.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log_element.hpp"
#include "migplan/verification/log_output.hpp"

namespace migplan {

// The last part of a class: "LogstashEncoder".
[[nodiscard]] std::string_view class_name(std::string_view name) noexcept;
// Every text of a JSON text, or of what is to become one, that a colon follows.
[[nodiscard]] std::vector<std::string> json_keys(std::string_view text);
// Whether a pattern writes JSON by itself.
[[nodiscard]] bool is_json_pattern(std::string_view pattern) noexcept;

// Keys of a template of JsonTemplateLayout by its address; nullopt = it is not known.
using TemplateKeys = std::function<std::optional<std::vector<std::string>>(std::string_view uri)>;

// Of a class of which nothing is known here.
[[nodiscard]] LogOutput unknown_output(std::string_view type);
// Of an appender that a logger names and none of the files holds.
struct LogReference {
  std::string name;
  EvidencePlace place;
};
[[nodiscard]] LogOutput unresolved_output(const LogReference& reference);
// Of <encoder> or <layout>. `context` are the properties of the logger context, which many encoders write.
[[nodiscard]] LogOutput logback_output(const LogElement& encoder, const std::vector<std::string>& context);
// Of a layout of Log4j 2.
[[nodiscard]] LogOutput log4j_output(const LogElement& layout, const TemplateKeys& templates);
// Of logging.structured.format, or of StructuredLogEncoder: ecs, gelf or logstash.
[[nodiscard]] LogOutput spring_output(std::string_view format, bool has_service_name);

}  // namespace migplan
