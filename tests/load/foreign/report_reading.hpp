#pragma once

// Texts of other tools for read_report, and what it says of them as lines.

#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "evidence_reading.hpp"
#include "migplan/load/report_reader.hpp"
#include "migplan/model/service.hpp"

namespace migplan::reports {

using evidence::complaints;
using evidence::fixture;
using Lines = std::vector<std::string>;

inline Result<Observations> read(std::string_view text, const ReportOptions& options = {}) {
  TextSource source(text);
  return read_report(source, "in", options);
}
inline ReportOptions of_service(std::string name) {
  ReportOptions options;
  options.service = std::move(name);
  return options;
}

inline Lines issue_rows(const Result<Observations>& read) {
  Lines rows;
  for (const Issue& issue : read.issues().kept()) rows.push_back(to_string(issue));
  return rows;
}
inline Observations observed(std::string_view text, const ReportOptions& options = {}) {
  auto result = read(text, options);
  INFO(complaints(result.issues()));
  REQUIRE(result.is_ok());
  return std::move(result).value();
}
inline std::string refusal(std::string_view text, const ReportOptions& options = {}) {
  const auto result = read(text, options);
  CHECK_FALSE(result.is_ok());
  return complaints(result.issues());
}

// "cart debt.sonar_debt_days 1.25"
inline Lines facts(const Observations& observations) {
  Lines lines;
  for (const Observation& fact : observations.facts) {
    std::string value;
    if (const auto* number = std::get_if<ObservedNumber>(&fact.value)) value = number->text;
    if (const auto* text = std::get_if<ObservedText>(&fact.value)) value = text->text;
    if (const auto* boolean = std::get_if<bool>(&fact.value)) value = *boolean ? "true" : "false";
    if (const auto* list = std::get_if<std::vector<std::string>>(&fact.value)) {
      for (const std::string& item : *list) value += (value.empty() ? "" : "+") + item;
    }
    lines.push_back(fact.subject + " " + fact.fact + " " + value);
  }
  return lines;
}

// "cart CVE-2021-1 in log4j HIGH"
inline Lines findings(const Observations& observations) {
  constexpr std::array<const char*, 5> kNames{"UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"};
  Lines lines;
  for (const ObservedVulnerability& one : observations.vulnerabilities) {
    lines.push_back(one.subject + " " + one.id + " in " + one.package + " " +
                    kNames[static_cast<std::size_t>(one.severity)]);
  }
  return lines;
}

// "cart -> stock 3/1", "cart -> stock weak", an end that is no service with what it is: "cart -> mysql(database) 3".
inline Lines calls(const Observations& observations) {
  constexpr std::array<const char*, 7> kKinds{"",          "(database)", "(messaging)", "(gateway)",
                                              "(outside)", "(unknown)",  "(artefact)"};
  const auto kind = [&kKinds](EndpointKind one) { return std::string(kKinds[static_cast<std::size_t>(one)]); };
  Lines lines;
  for (const ObservedCall& call : observations.calls) {
    std::string line = call.caller + kind(call.caller_kind) + " -> " + call.callee + kind(call.callee_kind);
    if (call.strength) line += " " + std::string(name_of(*call.strength));
    if (call.calls) line += " " + std::to_string(*call.calls);
    if (call.failed && *call.failed != 0) line += "/" + std::to_string(*call.failed);
    lines.push_back(std::move(line));
  }
  return lines;
}

inline std::string notes(const Observations& observations) { return complaints(observations.notes); }
inline bool says(const Observations& observations, std::string_view part) {
  return notes(observations).find(part) != std::string::npos;
}

}  // namespace migplan::reports
