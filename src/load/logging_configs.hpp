#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "log_element.hpp"
#include "log_encoders.hpp"
#include "migplan/verification/log_output.hpp"

namespace migplan {

// An included file by what <include> of Logback or <xi:include> calls it; null = it is not among the files.
using IncludedFile = std::function<const LogElement*(std::string_view resource)>;

// The outputs that the loggers of a Logback configuration use. Those that are only for profiles of development and
// tests are left out: nobody collects their lines.
[[nodiscard]] std::vector<LogOutput> logback_outputs(const LogElement& root, const IncludedFile& included);
// The same of Log4j 2, whose elements are the same in every syntax.
[[nodiscard]] std::vector<LogOutput> log4j_outputs(const LogElement& root, const TemplateKeys& templates,
                                                   const IncludedFile& included);
[[nodiscard]] bool is_log4j(const LogElement& root);
// Of Spring Boot's application.yaml or .properties, by its properties; empty = they say nothing of the form of logs.
[[nodiscard]] std::vector<LogOutput> spring_outputs(const std::vector<Property>& properties, std::string_view file);
// Puts in what ECS writes where spring.application.name stands elsewhere.
void add_service_name(std::vector<LogOutput>& outputs);
// The profile that properties of Spring Boot are for, by themselves or by the name of their file; empty = all.
[[nodiscard]] std::string spring_profile(const std::vector<Property>& properties, std::string_view name);
// Whether profiles are only of development and tests, of which nobody collects lines: "dev", "local|test", "!prod".
[[nodiscard]] bool is_for_development(std::string_view profiles);
// The properties that a document of application.yaml stands for, "a.b[0].c".
[[nodiscard]] std::vector<Property> spring_properties(const YamlValue& document);

}  // namespace migplan
