#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"

// grype -o json: matches[].vulnerability and matches[].artifact; https://github.com/anchore/grype.
namespace migplan {
namespace {

enum What : int {
  kMatches,
  kMatch,
  kId,
  kSeverity,
  kPackage,
  kUrl,
  kIgnored,
  kTarget,
  kUserInput,
  kVersion,
  kTimestamp,
  kOnlyFixed,
  kOnlyNotFixed,
};

class GrypeReader final : public JsonVisitor {
 public:
  GrypeReader(std::string_view file, const ReportOptions& options) : file_(file), findings_(file) {
    findings_.add_subject("");
    subject_ = options.service;
  }

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape{{"matches", kMatches},
                                  {"matches[]", kMatch},
                                  {"matches[].vulnerability.id", kId},
                                  {"matches[].vulnerability.severity", kSeverity},
                                  {"matches[].artifact.name", kPackage},
                                  {"matches[].artifact.purl", kUrl},
                                  {"ignoredMatches[].vulnerability.id", kIgnored},
                                  {"source.target", kTarget, true},
                                  {"source.target.userInput", kUserInput},
                                  {"descriptor.version", kVersion},
                                  {"descriptor.timestamp", kTimestamp},
                                  {"descriptor.configuration.only-fixed", kOnlyFixed, true},
                                  {"descriptor.configuration.only-notfixed", kOnlyNotFixed, true}};
    Issues issues = visit_json(source, file_, kShape, *this);
    if (!issues.has_errors() && !has_matches_) {
      issues.add(remark(file_, Severity::Error, "key \"matches\" is missing: no report of Grype"));
    }
    if (!issues.has_errors() && subject_.empty() && target_.empty()) {
      issues.add(remark(file_, Severity::Error, "the report does not say what was scanned",
                        "say whose report it is: service: NAME"));
    }
    if (issues.has_errors()) return issues;
    findings_.name_subject(0, subject_.empty() ? target_ : subject_);
    observations_.origin.tool = "grype";
    observations_.covers_vulnerabilities = observations_.covers_cves = !is_filtered_;
    observations_.lists_cves = true;
    findings_.finish(observations_);
    if (ignored_ != 0) {
      observations_.notes.add(
          remark(file_, Severity::Note, fmt::format("{}: not counted", counted(ignored_, "ignored finding"))));
    }
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    if (what == kMatches) has_matches_ = true;
    if (what != kMatch) return;
    id_.clear();
    severity_.clear();
    package_.clear();
    url_.clear();
    at_ = place.at();
  }

  void end(int what, JsonPlace& place) override {
    if (what == kMatch) add_match(place);
  }

  void value(int what, std::string_view text, JsonPlace&) override {
    switch (what) {
      case kId: id_ = text; break;
      case kSeverity: severity_ = text; break;
      case kPackage: package_ = text; break;
      case kUrl: url_ = text; break;
      case kIgnored: ++ignored_; break;
      case kTarget:
      case kUserInput: target_ = text; break;
      case kVersion: observations_.origin.version = text; break;
      case kTimestamp: observations_.origin.taken = text; break;
      case kOnlyFixed: note_filter(text, "vulnerabilities that are fixed in some version"); break;
      case kOnlyNotFixed: note_filter(text, "vulnerabilities that no version fixes"); break;
      default: break;
    }
  }

 private:
  void add_match(JsonPlace& place) {
    if (id_.empty()) return place.add(Severity::Error, "key \"vulnerability.id\" is missing");
    const auto severity = severity_.empty() ? FindingSeverity::Unknown : parse_severity(severity_);
    if (!severity) {
      return place.add(Severity::Error,
                       fmt::format("found the severity {}, expected Unknown, Negligible, Low, Medium, High or Critical",
                                   in_quotes(severity_)));
    }
    // Of Maven's artifacts Grype names only the last part.
    const std::string package = url_.starts_with("pkg:maven/") ? package_of_url(url_) : std::string();
    findings_.add(0, id_, package.empty() ? package_ : package, *severity, at_);
  }

  void note_filter(std::string_view text, std::string_view what) {
    if (text != "true") return;
    is_filtered_ = true;
    observations_.notes.add(
        remark(file_, Severity::Warning, fmt::format("the scan was asked for {} alone: there may be more", what)));
  }

  std::string file_;
  Observations observations_;
  ScanFindings findings_;
  std::string subject_, target_;
  bool has_matches_ = false, is_filtered_ = false;
  std::string id_, severity_, package_, url_;  // of the match that is read
  Position at_;
  std::uint64_t ignored_ = 0;
};

Result<Observations> read_grype(ByteSource& source, std::string_view file, const ReportOptions& options) {
  return GrypeReader(file, options).read(source);
}

bool is_grype(std::string_view beginning) { return JsonFront(beginning).has("matches"); }

}  // namespace

const ReportFormat kGrype{"grype", "vulnerabilities found by Grype, as JSON", is_grype, read_grype};

}  // namespace migplan
