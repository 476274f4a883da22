#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "migplan/base/decimal.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"
#include "sonarqube_issues.hpp"

// Answers of SonarQube's Web API: measures/component, component_tree, measures/search, issues/search, hotspots/search.
namespace migplan {
namespace {

enum What : int {
  kError,
  kComponent,
  kComponentKey,
  kTree,
  kMeasures,
  kMeasure,
  kMetric,
  kValue,
  kOwner,
  kTotal,
  kPageNumber,
  kPageSize,
  kPagingTotal,
  kPagingNumber,
  kPagingSize,
  kIssues,
  kIssue,
  kIssueKey,
  kIssueType,
  kIssueSeverity,
  kIssueStatus,
  kIssueNewStatus,
  kIssueProject,
  kIssueComponent,
  kImpact,
  kImpactQuality,
  kImpactSeverity,
  kHotspots,
  kHotspot,
  kHotspotStatus,
};

JsonShape sonarqube_shape() {
  JsonShape shape{{"errors[].msg", kError},
                  {"component", kComponent, true},
                  {"baseComponent", kTree},
                  {"measures", kMeasures},
                  {"measures[].component", kOwner},
                  {"total", kTotal},
                  {"p", kPageNumber},
                  {"ps", kPageSize},
                  {"paging.total", kPagingTotal},
                  {"paging.pageIndex", kPagingNumber},
                  {"paging.pageSize", kPagingSize},
                  {"issues", kIssues},
                  {"hotspots", kHotspots},
                  {"hotspots[]", kHotspot},
                  {"hotspots[].status", kHotspotStatus}};
  for (const std::string_view component : {"component", "baseComponent"})
    shape.add(component, {{"key", kComponentKey}});
  for (const std::string_view measure : {"component.measures[]", "baseComponent.measures[]", "measures[]"}) {
    // The measures of new code have no value of their own, only one of their period.
    shape.add(measure, {{"", kMeasure}, {"metric", kMetric}, {"value", kValue}});
  }
  for (const std::string_view issue : {"issues[]", "[]"}) {
    shape.add(issue, {{"", kIssue},
                      {"key", kIssueKey},
                      {"type", kIssueType},
                      {"severity", kIssueSeverity},
                      {"status", kIssueStatus},
                      {"issueStatus", kIssueNewStatus},
                      {"project", kIssueProject},
                      {"component", kIssueComponent},
                      {"impacts[]", kImpact},
                      {"impacts[].softwareQuality", kImpactQuality},
                      {"impacts[].severity", kImpactSeverity}});
  }
  return shape;
}

constexpr std::string_view kEffort = "sqale_index",
                           kNewerEffort = "software_quality_maintainability_remediation_effort", kCoverage = "coverage";
constexpr std::array<std::string_view, 3> kCounts{"vulnerabilities", "software_quality_security_issues",
                                                  "security_issues"};

class SonarqubeReader final : public JsonVisitor {
 public:
  SonarqubeReader(std::string_view file, const ReportOptions& options)
      : file_(file), options_(options), issues_(file) {}

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape = sonarqube_shape();
    Issues issues = visit_json(source, file_, kShape, *this);
    if (issues.has_errors()) return issues;
    if (!error_.empty()) {
      return remark(file_, Severity::Error, fmt::format("the server refused the request: {}", printable(error_)));
    }
    observations_.origin.tool = "sonarqube";
    if (issues_.has_list()) {
      issues_.finish(options_.service, observations_, issues);
    } else if (has_measures_) {
      finish_measures(issues);
    } else if (!has_hotspots_) {
      issues.add(remark(file_, Severity::Error, "found neither measures nor issues",
                        "give the answer of api/measures/component or api/issues/search"));
    }
    if (has_hotspots_) remark_hotspots();
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    switch (what) {
      case kComponent:
      case kTree:
      case kMeasures: has_measures_ = true; break;
      case kMeasure:
        metric_.clear();
        value_.clear();
        owner_.clear();
        break;
      case kIssues: issues_.begin_list(); break;
      case kIssue:
        issues_.begin_list();
        issues_.begin_issue(place.at());
        break;
      case kImpact: issues_.begin_impact(); break;
      case kHotspots: has_hotspots_ = true; break;
      case kHotspot:
        ++hotspots_;
        ++hotspots_to_review_;
        break;
      default: break;
    }
  }

  void end(int what, JsonPlace& place) override {
    if (what == kMeasure) keep_measure(place);
    if (what == kIssue) issues_.end_issue();
    if (what == kImpact) issues_.end_impact();
  }

  void value(int what, std::string_view text, JsonPlace& place) override {
    switch (what) {
      case kError: error_ += (error_.empty() ? "" : "; ") + std::string(text); break;
      case kComponentKey: component_ = text; break;
      case kMetric: metric_ = text; break;
      case kValue:
        value_ = text;
        value_at_ = place.at();
        value_path_ = place.path();
        break;
      case kOwner: owner_ = text; break;
      case kTotal: issues_.page().root_total = number(text, place); break;
      case kPagingTotal: issues_.page().total = number(text, place); break;
      case kPageNumber:
      case kPagingNumber: issues_.page().number = number(text, place); break;
      case kPageSize:
      case kPagingSize: issues_.page().size = number(text, place); break;
      case kHotspotStatus:
        if (text == "REVIEWED") --hotspots_to_review_;
        break;
      default: take_of_issue(what, text); break;
    }
  }

 private:
  struct Measured {
    std::string text;
    Position at;
    std::string path;
  };

  void take_of_issue(int what, std::string_view text) {
    SonarqubeIssue& issue = issues_.issue();
    switch (what) {
      case kIssueKey: issue.key = text; break;
      case kIssueType: issue.type = text; break;
      case kIssueSeverity: issue.severity = text; break;
      case kIssueStatus: issue.status = text; break;
      case kIssueNewStatus:
        if (issue.status.empty()) issue.status = text;
        break;
      case kIssueProject: issue.project = text; break;
      case kIssueComponent: issue.component = text; break;
      case kImpactQuality: issue.quality = text; break;
      case kImpactSeverity: issue.impact = text; break;
      default: break;
    }
  }

  static std::uint64_t number(std::string_view text, JsonPlace& place) {
    const Decimal whole = parse_decimal(text, 0);
    if (whole.status == DecimalStatus::Ok && whole.steps >= 0) return static_cast<std::uint64_t>(whole.steps);
    place.add(Severity::Error, fmt::format("found {}, expected a whole number", in_quotes(text)));
    return 0;
  }

  // What has no value is not known; it is not 0.
  void keep_measure(JsonPlace& place) {
    if (metric_.empty()) return place.add(Severity::Error, "key \"metric\" is missing");
    if (value_.empty()) return;
    measures_[owner_][metric_] = {value_, value_at_, value_path_};
  }

  void finish_measures(Issues& issues) {
    for (const auto& [owner, measures] : measures_) {
      std::string subject = owner.empty() ? component_ : owner;
      if (owner.empty() && !options_.service.empty()) subject = options_.service;
      if (subject.empty()) {
        issues.add(remark(file_, Severity::Error, "the answer names no component", "say whose it is: service: NAME"));
        return;
      }
      observations_.subjects.push_back(subject);
      add_facts(subject, measures, issues);
      if (add_count(subject, measures)) observations_.covered.push_back(subject);
    }
    if (measures_.empty()) {
      if (!component_.empty())
        observations_.subjects.push_back(options_.service.empty() ? component_ : options_.service);
      observations_.notes.add(remark(file_, Severity::Warning, "no measures: nothing is known, which is not 0",
                                     "ask for metricKeys=sqale_index,coverage,vulnerabilities"));
    }
  }

  using Measures = std::map<std::string, Measured, std::less<>>;

  void add_facts(const std::string& subject, const Measures& measures, Issues& issues) {
    constexpr int kDecimals = 6;
    constexpr std::int64_t kMinutesADay = std::int64_t{8} * 60, kPercent = 100;
    auto effort = measures.find(kEffort);
    if (effort == measures.end()) effort = measures.find(kNewerEffort);
    const auto add = [&](const Measured& measured, std::string fact, int decimals, std::int64_t divisor) {
      const Decimal found = parse_decimal(measured.text, decimals);
      if (found.status != DecimalStatus::Ok || found.steps < 0) {
        issues.add({Severity::Error, file_, measured.at, measured.path,
                    fmt::format("found {}, expected a number from 0 on", in_quotes(measured.text)), ""});
        return;
      }
      observations_.facts.push_back({subject, std::move(fact),
                                     ObservedNumber{trimmed(divide_half_up(found.steps, divisor), kDecimals)},
                                     EvidencePlace{file_, measured.at, measured.path}});
    };
    if (effort != measures.end()) {
      add(effort->second, "debt.sonar_debt_days", kDecimals, kMinutesADay);
    } else {
      observations_.notes.add(
          remark(file_, Severity::Note,
                 fmt::format("{}: no {}: the debt is not known, which is not 0", printable(subject), kEffort)));
    }
    const auto coverage = measures.find(kCoverage);
    if (coverage != measures.end()) add(coverage->second, "platform.automated_test_coverage", kDecimals, kPercent);
  }

  // Whether it is said that there are no vulnerabilities. How grave they are is not: a count is no fact of ours.
  bool add_count(const std::string& subject, const Measures& measures) {
    for (const std::string_view metric : kCounts) {
      const auto found = measures.find(metric);
      if (found == measures.end()) continue;
      const std::string count = total_in(found->second.text);
      if (count == "0") return true;
      observations_.notes.add(
          {Severity::Warning, file_, found->second.at, found->second.path,
           fmt::format("{}: {} vulnerabilities, of which it is not said how many are high or critical",
                       printable(subject), printable(count)),
           "give the answer of api/issues/search?types=VULNERABILITY beside it"});
      return false;
    }
    return false;
  }

  // Some versions write a map into the text: {"LOW":0,"total":1}.
  static std::string total_in(std::string_view text) {
    constexpr std::string_view kTotalKey = "\"total\":";
    const std::size_t at = text.find(kTotalKey);
    if (at == std::string_view::npos) return std::string(text);
    text.remove_prefix(at + kTotalKey.size());
    return std::string(text.substr(0, text.find_first_not_of("0123456789")));
  }

  void remark_hotspots() {
    observations_.notes.add(
        remark(file_, Severity::Note,
               fmt::format("{}, {} of them to review: places to look at, no vulnerabilities, not counted as such",
                           counted(hotspots_, "security hotspot"), hotspots_to_review_)));
  }

  std::string file_;
  const ReportOptions& options_;
  Observations observations_;
  SonarqubeIssues issues_;
  std::string error_, component_;
  bool has_measures_ = false, has_hotspots_ = false;
  std::uint64_t hotspots_ = 0, hotspots_to_review_ = 0;
  std::string metric_, value_, value_path_, owner_;  // of the measure that is read
  Position value_at_;
  std::map<std::string, Measures> measures_;  // by component; "" where one answer is of one component
};

Result<Observations> read_sonarqube(ByteSource& source, std::string_view file, const ReportOptions& options) {
  return SonarqubeReader(file, options).read(source);
}

bool is_sonarqube(std::string_view beginning) {
  const JsonFront map(beginning);
  if (map.has("component", "measures") || map.has("baseComponent") || map.has("hotspots")) return true;
  if (map.has("measures") && beginning.find("\"metric\"") != std::string_view::npos) return true;
  const bool is_page = map.has("paging") || map.has("total") || map.has("effortTotal");
  if (map.has("issues") && is_page) return true;
  if (map.has("errors") && !map.has("data") && beginning.find("\"msg\"") != std::string_view::npos) return true;
  if (map.has("component", "qualifier")) return true;
  const JsonFront items = JsonFront::of_items(beginning);
  return items.has("rule") && items.has("component") && (items.has("severity") || items.has("status"));
}

}  // namespace

const ReportFormat kSonarqube{"sonarqube", "measures and issues of SonarQube, as its Web API answers", is_sonarqube,
                              read_sonarqube};

}  // namespace migplan
