#pragma once

#include <optional>
#include <string>
#include <vector>

#include "migplan/model/evidence.hpp"

namespace migplan {

// One destination of log lines, as a logging configuration describes it.
struct LogOutput {
  std::string name;     // of the appender
  std::string encoder;  // "LogstashEncoder", "PatternLayout"; empty = none is named
  bool is_structured = false;
  // Names of the fields that it writes as far as the file says; null = a template that is not among the files.
  std::optional<std::vector<std::string>> fields = std::vector<std::string>{};
  bool has_context = false;               // writes what the thread's context holds (MDC), whichever that is
  std::vector<std::string> context_keys;  // only these of it; empty = all
  EvidencePlace place;
};

// A configuration of Logback, Log4j 2 or Spring Boot: the outputs that loggers use.
struct LoggingConfig {
  std::string file;
  std::string service;  // the folder of the project that it belongs to, or spring.application.name
  std::string object;   // "Logging FILE", or the ConfigMap that it stands in
  std::vector<LogOutput> outputs;
};

}  // namespace migplan
