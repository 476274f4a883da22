#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/load/report_reader.hpp"
#include "migplan/merge/fact_text.hpp"

namespace migplan::test {

inline Result<Observations> read_report_text(std::string_view text, ReportOptions options = {}) {
  TextSource source(text);
  return read_report(source, "in", options);
}

// "cart debt.sonar_debt_days 3"
inline std::vector<std::string> fact_rows(const Result<Observations>& read) {
  std::vector<std::string> rows;
  if (!read.is_ok()) return rows;
  for (const Observation& fact : read.value().facts) {
    rows.push_back(fact.subject + " " + fact.fact + " " + plain_text(fact.value));
  }
  return rows;
}
// "cart stock weak outside"
inline std::vector<std::string> call_rows(const Result<Observations>& read) {
  std::vector<std::string> rows;
  if (!read.is_ok()) return rows;
  for (const ObservedCall& call : read.value().calls) {
    std::string row = call.caller + " " + call.callee;
    if (call.strength) row += " " + std::string(name_of(*call.strength));
    if (call.callee_kind == EndpointKind::Outside) row += " outside";
    rows.push_back(std::move(row));
  }
  return rows;
}
inline std::vector<std::string> issue_rows(const Result<Observations>& read) {
  std::vector<std::string> rows;
  for (const Issue& issue : read.issues().kept()) rows.push_back(to_string(issue));
  return rows;
}

}  // namespace migplan::test
