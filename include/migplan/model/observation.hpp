#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "migplan/model/evidence.hpp"
#include "migplan/model/service.hpp"

namespace migplan {

// What the reports of other tools say of services: under the tools' own names, before anything is matched, merged or
// decided. Readers make it, `merge` uses it.

// Which tool said it, and when; fields that a report does not state are empty.
struct ReportOrigin {
  std::string tool;     // "trivy"
  std::string version;  // of the tool
  std::string taken;    // RFC 3339, as the report says it
};

// A value as it would stand in an inventory.
struct ObservedText {
  std::string text;
};
struct ObservedNumber {
  std::string text;  // plain decimal, as exact as the report had it: "12.5"
};
using ObservedValue = std::variant<ObservedNumber, ObservedText, bool, std::vector<std::string>>;

// One fact about one service.
struct Observation {
  std::string subject;  // as the tool names it
  std::string fact;     // dotted path of inventory v1: "debt.sonar_debt_days"
  ObservedValue value;
  EvidencePlace place{};
};

// One finding of a scanner. Findings of several reports are united by (id, package) before they are counted.
enum class FindingSeverity : std::uint8_t { Unknown, Low, Medium, High, Critical };
struct ObservedVulnerability {
  std::string subject;
  std::string id;  // "CVE-2021-44228"
  std::string package;
  FindingSeverity severity = FindingSeverity::Unknown;
  EvidencePlace place{};
};

// What a tool says that an endpoint of a call is.
enum class EndpointKind : std::uint8_t { Service, Database, Messaging, Gateway, Outside, Unknown, Artefact };
// A caller, a callee, and what is known of the calls between them. The same pair may come more than once.
struct ObservedCall {
  std::string caller, callee;
  EndpointKind caller_kind = EndpointKind::Service, callee_kind = EndpointKind::Service;
  std::optional<std::uint64_t> calls{};   // in whatever time the report covers
  std::optional<std::uint64_t> failed{};  // of them
  EvidencePlace place{};
  // Where a person stated it, who also says of a callee Outside that it is a dependency; else the calls decide.
  std::optional<Strength> strength{};
};

// One page of an answer that comes in several: all of them together are as good as one report.
struct ObservedPage {
  std::string query;                               // whose it is said to be; pages of one answer have the same
  std::uint64_t first = 0, listed = 0, total = 0;  // items in front of the page, on it, on all pages
  std::uint64_t number = 1, pages = 1;             // "page 2 of 3"
};

// Everything that one report says. `subjects` are all services that it covers, those without a single finding, too:
// a clean scan is 0 vulnerabilities, no scan is none.
struct Observations {
  ReportOrigin origin;
  std::vector<std::string> subjects;
  std::vector<Observation> facts;
  std::vector<ObservedVulnerability> vulnerabilities;
  std::vector<ObservedCall> calls;
  // Whether the report lists every call of the services that it covers (declared dependencies) or only those seen.
  bool has_all_calls = false;
  std::vector<std::string> whole_callers{};  // of which it lists every call even so
  bool covers_vulnerabilities = false;       // a scan, so that none found is 0
  std::vector<std::string> covered{};        // subjects for which it is one even so
  bool covers_cves = false;                  // the same for CVEs of any severity
  bool lists_cves = false;                   // some of them: those found count even so
  std::optional<ObservedPage> page{};        // what it covers, it covers with its sibling pages
  std::vector<std::string> met{}, unmet{};   // names of the map that the report has, and that another one must have
  Issues notes;                              // gaps: a truncated page, a filtered scan, an incomplete analysis
};

}  // namespace migplan
