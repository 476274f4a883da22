#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report_parts.hpp"

namespace migplan {

struct SonarqubeIssue {
  std::string key, type, severity, status, project, component;
  std::string quality, impact;  // of the impact that is read
  std::string security;         // how grave its impact on security is; empty where it has none
  Position at;
};

// What a page says of itself; nullopt where it does not.
struct SonarqubePage {
  std::optional<std::uint64_t> root_total, total, number, size;
};

// The issues of a page of api/issues/search, or of a list of them: those that are open vulnerabilities.
class SonarqubeIssues {
 public:
  explicit SonarqubeIssues(std::string_view file) : file_(file), findings_(file) {}

  void begin_list() { has_list_ = true; }
  [[nodiscard]] bool has_list() const noexcept { return has_list_; }
  [[nodiscard]] SonarqubePage& page() noexcept { return page_; }

  void begin_issue(Position at);
  [[nodiscard]] SonarqubeIssue& issue() noexcept { return issue_; }
  void begin_impact();
  void end_impact();
  void end_issue();

  // `service`: whose all of them are; empty: their projects'.
  void finish(std::string_view service, Observations& observations, Issues& issues);

 private:
  [[nodiscard]] bool check_page(std::string_view service, Observations& observations) const;
  void remark_severities(Observations& observations) const;

  std::string file_;
  ScanFindings findings_;
  SonarqubePage page_;
  bool has_list_ = false;
  SonarqubeIssue issue_;  // that is read
  std::vector<std::string> projects_;
  std::uint64_t listed_ = 0, closed_ = 0;
  bool has_vulnerability_ = false;
  bool has_standard_ = false;  // severities of before the clean code taxonomy
};

}  // namespace migplan
