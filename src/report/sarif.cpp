#include <fmt/format.h>

#include <cctype>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "migplan/report/report.hpp"

namespace migplan {
namespace {

using Json = nlohmann::ordered_json;

// A path as a URI reference: bytes that a URI cannot hold are written %XX.
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain =
        byte < 0x80 && (std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos);
    if (is_plain) {
      uri += c;
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", byte);
    }
  }
  return uri;
}

Json location_of(const Finding& finding) {
  Json place{{"artifactLocation", {{"uri", uri_of(finding.file)}}}};
  if (finding.at.line != 0) {
    place["region"] = {{"startLine", finding.at.line}};
    if (finding.at.column != 0) place["region"]["startColumn"] = finding.at.column;
  }
  return {{"physicalLocation", std::move(place)}};
}

std::string_view level_of(const Finding& finding) noexcept {
  if (finding.verdict != Verdict::Inconclusive) return name_of(finding.severity);
  return finding.is_objection ? "warning" : "note";
}

std::string fingerprint_of(const Finding& finding) {
  const std::string of_service = fmt::format("{}/{}", finding.check, printable(finding.service));
  return finding.subject.empty() ? of_service : fmt::format("{}/{}", of_service, printable(finding.subject));
}

// A rule with what comes of it and what to do, where that is said.
Json rule_of(const CheckRule& rule) {
  Json out{{"id", rule.check}, {"shortDescription", {{"text", rule.description}}}};
  if (!rule.why.empty()) out["fullDescription"] = {{"text", rule.why}};
  if (!rule.remedy.empty()) out["help"] = {{"text", rule.remedy}};
  return out;
}

Json result_of(const Finding& finding) {
  std::string text = printable(finding.message);
  for (const std::string& detail : finding.details) text += "\n" + printable(detail);
  Json result{{"ruleId", finding.check},
              {"level", level_of(finding)},
              {"message", {{"text", std::move(text)}}},
              {"partialFingerprints", {{"check/v1", fingerprint_of(finding)}}}};
  if (!finding.file.empty()) result["locations"] = Json::array({location_of(finding)});
  if (finding.exemption != nullptr) {
    const Exemption& exemption = *finding.exemption;
    result["suppressions"] =
        Json::array({{{"kind", "external"},
                      {"status", "accepted"},
                      {"justification", fmt::format("{} ({}, until {})", printable(exemption.reason),
                                                    printable(exemption.owner), exemption.expires.to_string())}}});
  }
  return result;
}

}  // namespace

// What failed, exempted or not: a passed check is no result. SARIF 2.1.0, OASIS standard of 2020-03-27.
void write_sarif(const Report& report, const FormatOptions&, ByteSink& sink) {
  Json rules = Json::array(), results = Json::array();
  for (const CheckRule& rule : report.findings->rules) rules.push_back(rule_of(rule));
  for (const Finding& finding : report.findings->all()) {
    if (finding.verdict != Verdict::Pass) results.push_back(result_of(finding));
  }
  Json driver{{"name", "migplan"}, {"version", MIGPLAN_VERSION}, {"rules", std::move(rules)}};
  Json run{{"tool", {{"driver", std::move(driver)}}}, {"results", std::move(results)}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({std::move(run)})}};
  sink.write(log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace migplan
