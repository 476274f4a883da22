#include "sonarqube_issues.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace migplan {
namespace {

bool is_open(std::string_view status) noexcept {
  return status == "OPEN" || status == "CONFIRMED" || status == "REOPENED";
}

// BLOCKER is above CRITICAL: their names are moved by one step, as remark_severities says.
FindingSeverity standard_severity(std::string_view text) noexcept {
  if (text == "BLOCKER") return FindingSeverity::Critical;
  if (text == "CRITICAL") return FindingSeverity::High;
  if (text == "MAJOR") return FindingSeverity::Medium;
  if (text == "MINOR" || text == "INFO") return FindingSeverity::Low;
  return FindingSeverity::Unknown;
}

FindingSeverity impact_severity(std::string_view text) noexcept {
  if (text == "BLOCKER") return FindingSeverity::Critical;
  return parse_severity(text).value_or(FindingSeverity::Unknown);
}

}  // namespace

void SonarqubeIssues::begin_issue(Position at) {
  issue_ = {};
  issue_.at = at;
}

void SonarqubeIssues::begin_impact() {
  issue_.quality.clear();
  issue_.impact.clear();
}

void SonarqubeIssues::end_impact() {
  if (issue_.quality == "SECURITY") issue_.security = issue_.impact;
}

void SonarqubeIssues::end_issue() {
  ++listed_;
  if (issue_.project.empty()) issue_.project = issue_.component.substr(0, issue_.component.find(':'));
  const std::uint32_t subject = findings_.add_subject(issue_.project);
  // An issue of several qualities has one type; where a server no longer states types, its impacts tell.
  const bool has_type = !issue_.type.empty();
  if (has_type ? issue_.type != "VULNERABILITY" : issue_.security.empty()) return;
  has_vulnerability_ = true;
  if (!is_open(issue_.status)) {
    ++closed_;
    return;
  }
  has_standard_ = has_standard_ || has_type;
  findings_.add(subject, issue_.key, issue_.component,
                has_type ? standard_severity(issue_.severity) : impact_severity(issue_.security), issue_.at);
}

// Whether the page is whole in itself. That others are missing is seen where all reports are.
bool SonarqubeIssues::check_page(std::string_view service, Observations& observations) const {
  const auto warn = [&](std::string message, std::string hint) {
    observations.notes.add(remark(file_, Severity::Warning, std::move(message), std::move(hint)));
  };
  const std::optional<std::uint64_t> total = page_.total ? page_.total : page_.root_total;
  if (!total) return true;
  bool is_whole = true;
  if (page_.root_total && page_.total && *page_.root_total != *page_.total) {
    warn(fmt::format("total says {} issues, paging.total {}, and {} stand there: the page was changed",
                     *page_.root_total, *page_.total, listed_),
         "ask the server again");
    is_whole = false;
  }
  const std::uint64_t size = page_.size.value_or(listed_), before = (page_.number.value_or(1) - 1) * size;
  const std::uint64_t due = std::min(size, *total > before ? *total - before : 0);
  if (listed_ != due && is_whole) {
    warn(fmt::format("{} stand on the page, {} are due", counted(listed_, "issue"), due), "ask the server again");
    is_whole = false;
  }
  if (*total > size && size != 0 && is_whole) {
    observations.page = ObservedPage{.query = std::string(service),
                                     .first = before,
                                     .listed = listed_,
                                     .total = *total,
                                     .number = page_.number.value_or(1),
                                     .pages = (*total + size - 1) / size};
  }
  return is_whole;
}

void SonarqubeIssues::remark_severities(Observations& observations) const {
  if (has_standard_) {
    observations.notes.add(remark(file_, Severity::Note,
                                  "severities of SonarQube: BLOCKER counts as CRITICAL, CRITICAL as HIGH, MAJOR as "
                                  "MEDIUM, MINOR and INFO as LOW"));
  }
  if (closed_ != 0) {
    observations.notes.add(
        remark(file_, Severity::Note,
               fmt::format("{} not open: not counted",
                           closed_ == 1 ? "1 vulnerability is" : fmt::format("{} vulnerabilities are", closed_))));
  }
}

void SonarqubeIssues::finish(std::string_view service, Observations& observations, Issues& issues) {
  if (!service.empty()) {
    if (findings_.subjects() == 0) findings_.add_subject(service);
    for (std::uint32_t i = 0; i < findings_.subjects(); ++i) findings_.name_subject(i, service);
  }
  if (findings_.subjects() == 0) {
    issues.add(remark(file_, Severity::Error, "no issues, and nothing says of which project",
                      "say whose answer it is: service: NAME"));
    return;
  }
  const bool is_whole = check_page(service, observations);
  const bool was_asked = has_vulnerability_ || listed_ == 0;
  if (!was_asked) {
    observations.notes.add(remark(file_, Severity::Note,
                                  "no issue is a vulnerability, and nothing says that these were asked for: not 0"));
  }
  // Keys of issues are no CVE: of these nothing is said.
  findings_.finish(observations);
  observations.covers_vulnerabilities = is_whole && was_asked;
  if (!service.empty()) observations.subjects.resize(1);
  remark_severities(observations);
}

}  // namespace migplan
