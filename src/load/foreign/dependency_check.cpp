#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"

// The JSON of OWASP dependency-check, reportSchema 1.1 (core/src/main/resources/templates/jsonReport.vsl).
namespace migplan {
namespace {

enum What : int {
  kEngine,
  kException,
  kProject,
  kDate,
  kDependencies,
  kDependency,
  kFileName,
  kPackageId,
  kVulnerability,
  kName,
  kSeverity,
  kVersion4,
  kVersion3,
  kVersion2,
  kSuppressed,
};

class DependencyCheckReader final : public JsonVisitor {
 public:
  DependencyCheckReader(std::string_view file, const ReportOptions& options)
      : file_(file), findings_(file), subject_(options.service) {
    findings_.add_subject("");
  }

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape{{"scanInfo.engineVersion", kEngine},
                                  {"scanInfo.analysisExceptions[]", kException, true},
                                  {"projectInfo.name", kProject},
                                  {"projectInfo.reportDate", kDate},
                                  {"dependencies", kDependencies},
                                  {"dependencies[]", kDependency},
                                  {"dependencies[].fileName", kFileName},
                                  {"dependencies[].packages[].id", kPackageId},
                                  {"dependencies[].vulnerabilities[]", kVulnerability},
                                  {"dependencies[].vulnerabilities[].name", kName},
                                  {"dependencies[].vulnerabilities[].severity", kSeverity},
                                  {"dependencies[].vulnerabilities[].cvssv4.baseSeverity", kVersion4},
                                  {"dependencies[].vulnerabilities[].cvssv3.baseSeverity", kVersion3},
                                  {"dependencies[].vulnerabilities[].cvssv2.severity", kVersion2},
                                  {"dependencies[].suppressedVulnerabilities[].name", kSuppressed}};
    Issues issues = visit_json(source, file_, kShape, *this);
    if (!issues.has_errors() && !has_dependencies_) {
      issues.add(remark(file_, Severity::Error, "key \"dependencies\" is missing: no report of dependency-check"));
    }
    if (!issues.has_errors() && subject_.empty() && project_.empty()) {
      issues.add(
          remark(file_, Severity::Error, "the report names no project", "say whose report it is: service: NAME"));
    }
    if (issues.has_errors()) return issues;
    findings_.name_subject(0, subject_.empty() ? project_ : subject_);
    observations_.origin.tool = "dependency-check";
    observations_.covers_vulnerabilities = observations_.covers_cves = exceptions_ == 0;
    observations_.lists_cves = true;
    findings_.finish(observations_);
    add_remarks();
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    if (what == kDependencies) has_dependencies_ = true;
    if (what == kException) ++exceptions_;
    if (what == kDependency) {
      file_name_.clear();
      package_.clear();
    }
    if (what != kVulnerability) return;
    name_.clear();
    severities_ = {};
    at_ = place.at();
  }

  void end(int what, JsonPlace& place) override {
    if (what == kVulnerability) add_vulnerability(place);
  }

  void value(int what, std::string_view text, JsonPlace&) override {
    switch (what) {
      case kEngine: observations_.origin.version = text; break;
      case kException: ++exceptions_; break;
      case kProject: project_ = text; break;
      case kDate: observations_.origin.taken = text; break;
      case kFileName: file_name_ = text; break;
      case kPackageId:
        if (package_.empty()) package_ = package_of_url(text);
        break;
      case kName: name_ = text; break;
      case kSeverity: severities_[0] = text; break;
      case kVersion4: severities_[1] = text; break;
      case kVersion3: severities_[2] = text; break;
      case kVersion2: severities_[3] = text; break;
      case kSuppressed: ++suppressed_; break;
      default: break;
    }
  }

 private:
  void add_vulnerability(JsonPlace& place) {
    if (name_.empty()) return place.add(Severity::Error, "key \"name\" is missing");
    FindingSeverity severity = FindingSeverity::Unknown;
    for (const std::string& text : severities_) {
      if (text.empty()) continue;
      const auto known = parse_severity(text);
      if (!known) ++odd_severities_;
      severity = known.value_or(FindingSeverity::Unknown);
      break;
    }
    findings_.add(0, name_, package_.empty() ? file_name_ : package_, severity, at_);
  }

  void add_remarks() {
    const auto note = [this](Severity severity, std::string message) {
      observations_.notes.add(remark(file_, severity, std::move(message)));
    };
    if (exceptions_ != 0) {
      note(Severity::Warning,
           fmt::format("the scan is incomplete: {} in scanInfo.analysisExceptions", counted(exceptions_, "exception")));
    }
    if (suppressed_ != 0) {
      note(Severity::Note, fmt::format("{}: not counted", counted(suppressed_, "suppressed finding")));
    }
    if (odd_severities_ != 0) {
      note(Severity::Warning,
           fmt::format("{} of a severity that is no known word: UNKNOWN", counted(odd_severities_, "finding")));
    }
  }

  std::string file_;
  Observations observations_;
  ScanFindings findings_;
  std::string subject_, project_;
  bool has_dependencies_ = false;
  std::string file_name_, package_;        // of the dependency that is read
  std::string name_;                       // of the vulnerability that is read
  std::array<std::string, 4> severities_;  // as stated, by CVSS 4, 3, 2
  Position at_;
  std::uint64_t exceptions_ = 0, suppressed_ = 0, odd_severities_ = 0;
};

Result<Observations> read_dependency_check(ByteSource& source, std::string_view file, const ReportOptions& options) {
  return DependencyCheckReader(file, options).read(source);
}

bool is_dependency_check(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has("reportSchema") && (front.has("scanInfo") || front.has("dependencies"));
}

}  // namespace

const ReportFormat kDependencyCheck{"dependency-check", "vulnerabilities found by OWASP dependency-check, as JSON",
                                    is_dependency_check, read_dependency_check};

}  // namespace migplan
