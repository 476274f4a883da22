#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "migplan/base/ascii.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"
#include "sarif_rating.hpp"

// SARIF 2.1.0 (OASIS): runs[].results[], rated by their own properties or by those of their rules.
namespace migplan {
namespace {

using sarif::RatedBy;
using sarif::Rating;

enum What : int {
  kRuns,
  kRun,
  kDriver,
  kVersion,
  kSemanticVersion,
  kImage,
  kEndTime,
  kExtension,
  kRule,
  kRuleIdentifier,
  kRuleName,
  kRuleLevel,
  kRuleScore,
  kRuleSeverity3,
  kRuleSeverity2,
  kRuleTag,
  kResult,
  kRuleId,
  kRuleRefId,
  kRuleIndex,
  kRuleRefIndex,
  kComponent,
  kKind,
  kLevel,
  kSuppressions,
  kSuppression,
  kSuppressionState,
  kScore,
  kSeverity,
  kMessage,
  kUri,
  kLine,
};

JsonShape sarif_shape() {
  // dependency-check writes a score twice where two versions of CVSS rate it: the last one counts.
  JsonShape shape({{"runs", kRuns},
                   {"runs[]", kRun},
                   {"runs[].tool.driver.name", kDriver},
                   {"runs[].tool.driver.version", kVersion},
                   {"runs[].tool.driver.semanticVersion", kSemanticVersion},
                   {"runs[].properties.imageName", kImage, true},
                   {"runs[].invocations[].endTimeUtc", kEndTime},
                   {"runs[].tool.extensions[]", kExtension}},
                  RepeatedKeys::LastCounts);
  for (const std::string_view rules : {"runs[].tool.driver.rules[]", "runs[].tool.extensions[].rules[]"}) {
    shape.add(rules, {{"", kRule},
                      {"id", kRuleIdentifier},
                      {"name", kRuleName},
                      {"defaultConfiguration.level", kRuleLevel},
                      {"properties.security-severity", kRuleScore, true},
                      {"properties.cvssv3_baseSeverity", kRuleSeverity3, true},
                      {"properties.cvssv2_severity", kRuleSeverity2, true},
                      {"properties.tags[]", kRuleTag}});
  }
  shape.add("runs[].results[]", {{"", kResult},
                                 {"ruleId", kRuleId},
                                 {"rule.id", kRuleRefId},
                                 {"ruleIndex", kRuleIndex},
                                 {"rule.index", kRuleRefIndex},
                                 {"rule.toolComponent.index", kComponent},
                                 {"kind", kKind},
                                 {"level", kLevel},
                                 {"suppressions", kSuppressions},
                                 {"suppressions[]", kSuppression},
                                 {"suppressions[].state", kSuppressionState},
                                 {"properties.security-severity", kScore, true},
                                 {"properties.severity", kSeverity, true},
                                 {"message.text", kMessage},
                                 {"locations[].physicalLocation.artifactLocation.uri", kUri},
                                 {"locations[].physicalLocation.region.startLine", kLine}});
  return shape;
}

class SarifReader final : public JsonVisitor {
 public:
  SarifReader(std::string_view file, const ReportOptions& options)
      : file_(file), findings_(file), subject_(options.service) {
    findings_.add_subject("");
  }

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape = sarif_shape();
    Issues issues = visit_json(source, file_, kShape, *this);
    if (!issues.has_errors() && !has_runs_) {
      issues.add(remark(file_, Severity::Error, "key \"runs\" is missing: no SARIF"));
    }
    if (!issues.has_errors() && subject_.empty() && image_.empty()) {
      issues.add(remark(file_, Severity::Error, "SARIF does not say whose the results are",
                        "say whose report it is: service: NAME"));
    }
    if (issues.has_errors()) return issues;
    findings_.name_subject(0, subject_.empty() ? image_ : subject_);
    observations_.covers_vulnerabilities = (is_scanner_ || rates_) && unrated_.find("error") == unrated_.end();
    if (observations_.origin.tool.empty()) observations_.origin.tool = "sarif";
    observations_.covers_cves = is_scanner_ && observations_.covers_vulnerabilities;
    findings_.finish(observations_);
    add_remarks();
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    switch (what) {
      case kRuns: has_runs_ = true; break;
      case kRun: begin_run(); break;
      case kExtension: ++components_; break;
      case kRule: rule_ = {}; break;
      case kResult:
        result_ = {};
        result_.at = place.at();
        break;
      case kSuppressions: result_.is_suppressed = false; break;
      case kSuppression: state_.clear(); break;
      default: break;
    }
  }

  void end(int what, JsonPlace&) override {
    if (what == kRule) rules_.add(components_, std::exchange(rule_, {}));
    if (what == kSuppression) {
      ++result_.suppressions;
      if (state_ == "underReview" || state_ == "rejected") ++result_.open_suppressions;
    }
    if (what == kSuppressions) {
      result_.is_suppressed = result_.suppressions != 0 && result_.open_suppressions == 0;
    }
    if (what == kResult) results_.push_back(std::exchange(result_, {}));
    if (what == kRun) end_run();
  }

  void value(int what, std::string_view text, JsonPlace&) override {
    switch (what) {
      case kDriver: name_tool(text); break;
      case kVersion: observations_.origin.version = text; break;
      case kSemanticVersion:
        if (observations_.origin.version.empty()) observations_.origin.version = text;
        break;
      case kImage: image_ = text; break;
      case kEndTime: observations_.origin.taken = text; break;
      case kRuleIdentifier: rule_.id = text; break;
      case kRuleName: rule_.note_kind(text); break;
      case kRuleLevel: rule_.level = text; break;
      case kRuleScore: rule_.score = text; break;
      case kRuleSeverity3: rule_.severity = text; break;
      case kRuleSeverity2:
        if (rule_.severity.empty()) rule_.severity = text;
        break;
      case kRuleTag: rule_.note_kind(text); break;
      default: take_of_result(what, text); break;
    }
  }

 private:
  void take_of_result(int what, std::string_view text) {
    switch (what) {
      case kRuleId:
      case kRuleRefId: result_.rule = text; break;
      case kRuleIndex:
      case kRuleRefIndex: result_.index = sarif::index_of(text); break;
      case kComponent: result_.component = sarif::index_of(text); break;
      case kKind: result_.is_pass = text != "fail"; break;
      case kLevel: result_.level = text; break;
      case kSuppressionState: state_ = text; break;
      case kScore: result_.score = text; break;
      case kSeverity: result_.severity = text; break;
      case kMessage: result_.package = sarif::package_in(text); break;
      case kUri:
        if (result_.uri.empty()) result_.uri = text;
        break;
      case kLine:
        if (result_.line.empty()) result_.line = text;
        break;
      default: break;
    }
  }

  void begin_run() {
    ++runs_;
    rules_ = {};
    results_.clear();
    components_ = 0;
    tool_.clear();
  }

  void name_tool(std::string_view name) {
    tool_ = name;
    if (observations_.origin.tool.empty()) observations_.origin.tool = name;
    std::string known(name);
    std::transform(known.begin(), known.end(), known.begin(), lower);
    if (known == "trivy" || known == "grype") rates_otherwise_ = name;
    for (const std::string_view scanner :
         {"trivy", "grype", "dependency-check", "snyk", "osv-scanner", "anchore", "clair"}) {
      is_scanner_ = is_scanner_ || known.find(scanner) != std::string::npos;
    }
  }

  // Rules may stand behind the results.
  void end_run() {
    for (const sarif::SarifResult& result : results_) add_result(result);
    results_.clear();
  }

  void add_result(const sarif::SarifResult& result) {
    if (result.is_pass) {
      ++passed_;
      return;
    }
    if (result.is_suppressed) {
      ++suppressed_;
      return;
    }
    const sarif::SarifRule* const rule = rules_.of(result);
    if (rule != nullptr && !rule->apart.empty()) {
      ++apart_[rule->apart];
      return;
    }
    const Rating rating = sarif::rating_of(result, rule);
    if (rating.by == RatedBy::Level) {
      ++unrated_[rating.level];
      return;
    }
    rates_ = true;
    const std::string_view rule_id = !result.rule.empty() ? std::string_view(result.rule)
                                     : rule != nullptr    ? std::string_view(rule->id)
                                                          : std::string_view();
    auto [id, package] = sarif::id_and_package(rule_id);
    if (package.empty()) package = result.package;
    const std::string place = fmt::format("{}:{}", result.uri, result.line);
    findings_.add(0, id, package.empty() ? std::string_view(place) : package, rating.severity, result.at);
  }

  void add_remarks() {
    const auto note = [this](Severity severity, std::string message) {
      observations_.notes.add(remark(file_, severity, std::move(message)));
    };
    if (runs_ != 0 && !observations_.covers_vulnerabilities) {
      note(Severity::Warning, "nothing says how many vulnerabilities there are: not known, which is not 0");
    }
    if (runs_ == 0) note(Severity::Warning, "no runs: nothing was scanned, which is not that there is nothing");
    for (const auto& [level, count] : unrated_) {
      if (level == "error") {
        note(Severity::Warning,
             fmt::format("{}: HIGH or CRITICAL, the report does not say which; not counted as either",
                         counted(count, "unrated error")));
      } else {
        note(Severity::Note, fmt::format("{}: not counted", counted(count, fmt::format("unrated {}", level))));
      }
    }
    for (const auto& [kind, count] : apart_) {
      note(Severity::Note, fmt::format("{}: no vulnerabilities, not counted as such", counted(count, kind)));
    }
    if (suppressed_ != 0) {
      note(Severity::Note, fmt::format("{}: not counted", counted(suppressed_, "suppressed result")));
    }
    if (passed_ != 0) {
      note(Severity::Note, fmt::format("{} of another kind than fail: not counted", counted(passed_, "result")));
    }
    if (!rates_otherwise_.empty() && findings_.counts().total() != 0) {
      note(Severity::Note,
           fmt::format("SARIF of {} rates by the CVSS score, its JSON by the vendor's severity: they differ",
                       printable(rates_otherwise_)));
    }
  }

  std::string file_;
  Observations observations_;
  ScanFindings findings_;
  std::string subject_, image_, tool_, rates_otherwise_;
  bool has_runs_ = false;
  bool is_scanner_ = false;  // of known vulnerabilities, by its name
  bool rates_ = false;       // some result by score or word
  std::uint64_t runs_ = 0;
  sarif::SarifRules rules_;
  std::uint32_t components_ = 0;  // of the run: the driver is 0, extensions count from 1
  sarif::SarifRule rule_;
  sarif::SarifResult result_;
  std::string state_;
  std::vector<sarif::SarifResult> results_;  // of the run
  std::map<std::string, std::uint64_t, std::less<>> unrated_, apart_;
  std::uint64_t passed_ = 0, suppressed_ = 0;
};

Result<Observations> read_sarif(ByteSource& source, std::string_view file, const ReportOptions& options) {
  return SarifReader(file, options).read(source);
}

bool is_sarif(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has("runs") || (front.has("$schema") && beginning.find("sarif") != std::string_view::npos);
}

}  // namespace

const ReportFormat kSarif{"sarif", "results of scanners as SARIF 2.1.0", is_sarif, read_sarif};

}  // namespace migplan
