#include "diagnostics.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <nlohmann/json.hpp>

namespace migplan::cli {
namespace {

spdlog::level::level_enum level_of(Severity severity) {
  switch (severity) {
    case Severity::Note: return spdlog::level::info;
    case Severity::Warning: return spdlog::level::warn;
    case Severity::Error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

std::string json_of(const Issue& issue) {
  nlohmann::ordered_json line{{"level", name_of(issue.severity)}, {"message", issue.message}};
  if (!issue.file.empty()) line["file"] = issue.file;
  if (issue.at.line != 0) line["line"] = issue.at.line;
  if (issue.at.column != 0) line["column"] = issue.at.column;
  if (!issue.path.empty()) line["path"] = issue.path;
  if (!issue.hint.empty()) line["hint"] = issue.hint;
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

// No time stands in a line: the same input gives the same bytes.
Diagnostics::Diagnostics(std::ostream& err, LogFormat format, Verbosity verbosity)
    : logger_(std::make_shared<spdlog::logger>("migplan", std::make_shared<spdlog::sinks::ostream_sink_mt>(err, true))),
      format_(format),
      verbosity_(verbosity) {
  logger_->set_pattern("%v");
  logger_->set_level(verbosity == Verbosity::Quiet     ? spdlog::level::err
                     : verbosity == Verbosity::Verbose ? spdlog::level::debug
                                                       : spdlog::level::info);
}

void Diagnostics::log(const Issue& issue) {
  // What concerns no file is the program's own word, like its complaints about options.
  constexpr std::string_view kError = "error: ";
  std::string line = format_ == LogFormat::Json ? json_of(issue) : to_string(issue);
  if (issue.file.empty() && line.starts_with(kError)) line.replace(0, kError.size(), "migplan: ");
  logger_->log(level_of(issue.severity), "{}", line);
}

void Diagnostics::report(const Issues& issues) {
  for (const Issue& issue : issues.kept()) log(issue);
  if (issues.dropped() == 0) return;
  log(issues.has_errors() ? Severity::Error : Severity::Warning, fmt::format("… and {} more", issues.dropped()));
}

void Diagnostics::log(Severity severity, std::string_view message) {
  const std::string line = format_ == LogFormat::Json ? json_of({severity, "", {}, "", std::string(message)})
                                                      : fmt::format("migplan: {}", message);
  logger_->log(level_of(severity), "{}", line);
}

void Diagnostics::error(std::string_view message) { log(Severity::Error, message); }
void Diagnostics::note(std::string_view message) { log(Severity::Note, message); }
void Diagnostics::debug(std::string_view message) {
  if (verbosity_ == Verbosity::Verbose) log(Severity::Note, message);
}

}  // namespace migplan::cli
