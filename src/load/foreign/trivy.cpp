#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json_front.hpp"
#include "json_shape.hpp"
#include "report_formats.hpp"
#include "report_parts.hpp"
#include "source_lines.hpp"

// https://trivy.dev/latest/docs/configuration/reporting/#json: schema 2 of images, file systems and repositories; the
// list of results before 0.20; the report of a cluster; null where nothing was found.
namespace migplan {
namespace {

enum What : int {
  kRoot,
  kArtifact,
  kCreated,
  kVersion,
  kCluster,
  kResource,
  kResourceName,
  kNamespace,
  kResult,
  kTarget,
  kClass,
  kVulnerabilities,
  kVulnerability,
  kId,
  kPackage,
  kSeverity,
  kMisconfiguration,
  kMisconfigurationStatus,
  kMisconfigurationEnd,
  kSecret,
  kLicence,
  kSuppressed,
};

JsonShape trivy_shape() {
  JsonShape shape{{"", kRoot},
                  {"ArtifactName", kArtifact},
                  {"CreatedAt", kCreated},
                  {"Trivy.Version", kVersion},
                  {"ClusterName", kCluster}};
  for (const std::string_view resources : {"Resources[]", "Vulnerabilities[]", "Misconfigurations[]", "Findings[]"}) {
    shape.add(resources, {{"", kResource}, {"Name", kResourceName}, {"Namespace", kNamespace}});
  }
  for (const std::string_view results : {"Results[]", "[]", "Resources[].Results[]", "Vulnerabilities[].Results[]",
                                         "Misconfigurations[].Results[]", "Findings[].Results[]"}) {
    shape.add(results, {{"", kResult},
                        {"Target", kTarget},
                        {"Class", kClass},
                        {"Vulnerabilities", kVulnerabilities},
                        {"Vulnerabilities[]", kVulnerability},
                        {"Vulnerabilities[].VulnerabilityID", kId},
                        {"Vulnerabilities[].PkgName", kPackage},
                        {"Vulnerabilities[].Severity", kSeverity},
                        {"Misconfigurations[]", kMisconfigurationEnd},
                        {"Misconfigurations[].Severity", kMisconfiguration},
                        {"Misconfigurations[].Status", kMisconfigurationStatus},
                        {"Secrets[].Severity", kSecret},
                        {"Licenses[].Severity", kLicence},
                        {"ExperimentalModifiedFindings[].Type", kSuppressed}});
  }
  return shape;
}

class TrivyReader final : public JsonVisitor {
 public:
  TrivyReader(std::string_view file, const ReportOptions& options) : file_(file), options_(options), findings_(file) {}

  Result<Observations> read(ByteSource& source) {
    static const JsonShape kShape = trivy_shape();
    Issues issues = visit_json(source, file_, kShape, *this);
    if (issues.has_errors()) return issues;
    if (!is_cluster_) name_artifact(issues);
    if (issues.has_errors()) return issues;
    observations_.origin.tool = "trivy";
    // Where nothing is found there are no results of packages; results of others alone are of another scan.
    observations_.covers_vulnerabilities = was_scanned_ || (!has_results_ && !is_cluster_);
    observations_.covers_cves = observations_.covers_vulnerabilities && !is_high_alone();
    observations_.lists_cves = true;
    findings_.finish(observations_);
    remark_what_is_apart();
    return observed(std::move(observations_), std::move(issues));
  }

  void begin(int what, JsonPlace& place) override {
    if (what == kResource) {
      is_cluster_ = true;
      is_resource_scanned_ = false;
      resource_.clear();
      namespace_.clear();
      pending_.clear();
    } else if (what == kVulnerability) {
      id_.clear();
      package_.clear();
      severity_.clear();
      at_ = place.at();
    } else if (what == kVulnerabilities) {
      is_resource_scanned_ = was_scanned_ = true;
    } else if (what == kMisconfigurationEnd) {
      misconfiguration_ = FindingSeverity::Unknown;
      is_failed_ = true;
    }
  }

  void end(int what, JsonPlace& place) override {
    if (what == kVulnerability) add_vulnerability(place);
    if (what == kResource) end_resource();
    if (what == kResult) has_results_ = true;
    if (what == kMisconfigurationEnd && is_failed_) misconfigurations_.add(misconfiguration_);
  }

  void value(int what, std::string_view text, JsonPlace&) override {
    const auto severity = [text] { return parse_severity(text).value_or(FindingSeverity::Unknown); };
    switch (what) {
      case kArtifact: artifact_ = text; break;
      case kCreated: observations_.origin.taken = text; break;
      case kVersion: observations_.origin.version = text; break;
      case kCluster: is_cluster_ = true; break;
      case kResourceName: resource_ = text; break;
      case kNamespace: namespace_ = text; break;
      case kTarget:
        if (target_.empty()) target_ = text.substr(0, text.find(" ("));
        break;
      case kClass:
        if (text.ends_with("-pkgs")) is_resource_scanned_ = was_scanned_ = true;
        break;
      case kId: id_ = text; break;
      case kPackage: package_ = text; break;
      case kSeverity: severity_ = text; break;
      case kMisconfiguration: misconfiguration_ = severity(); break;
      case kMisconfigurationStatus: is_failed_ = text == "FAIL"; break;
      case kSecret: secrets_.add(severity()); break;
      case kLicence: licences_.add(severity()); break;
      case kSuppressed: ++suppressed_; break;
      default: break;
    }
  }

 private:
  struct Pending {
    std::string id, package;
    FindingSeverity severity;
    Position at;
  };

  void add_vulnerability(JsonPlace& place) {
    if (id_.empty()) return place.add(Severity::Error, "key \"VulnerabilityID\" is missing");
    const auto severity = severity_.empty() ? FindingSeverity::Unknown : parse_severity(severity_);
    if (!severity) {
      return place.add(
          Severity::Error,
          fmt::format("found the severity {}, expected UNKNOWN, LOW, MEDIUM, HIGH or CRITICAL", in_quotes(severity_)));
    }
    if (is_cluster_) {
      pending_.push_back({id_, package_, *severity, at_});
    } else {
      if (findings_.subjects() == 0) findings_.add_subject("");
      findings_.add(0, id_, package_, *severity, at_);
    }
  }

  // Of a cluster's resources those were scanned that have packages: a Service or a Role has none.
  void end_resource() {
    if (!is_resource_scanned_ || resource_.empty()) return;
    const std::uint32_t subject = findings_.add_subject(resource_);
    namespaces_[resource_].insert(namespace_);
    for (const Pending& one : pending_) findings_.add(subject, one.id, one.package, one.severity, one.at);
  }

  void name_artifact(Issues& issues) {
    std::string name = options_.service;
    if (name.empty()) name = artifact_;
    if (name.empty()) name = target_;
    if (name.empty()) {
      return issues.add(remark(file_, Severity::Error, "the report does not say what was scanned",
                               "say whose report it is: service: NAME"));
    }
    if (findings_.subjects() == 0) findings_.add_subject("");
    findings_.name_subject(0, name);
  }

  [[nodiscard]] bool is_high_alone() const noexcept {
    const SeverityCounts& counts = findings_.counts();
    const std::uint64_t high = counts.of(FindingSeverity::High) + counts.of(FindingSeverity::Critical);
    return high != 0 && high == counts.total();
  }

  void remark_what_is_apart() {
    const auto note = [this](Severity severity, std::string message) {
      observations_.notes.add(remark(file_, severity, std::move(message)));
    };
    const auto apart = [&](const SeverityCounts& counts, std::string_view thing) {
      if (counts.total() == 0) return;
      note(Severity::Note, fmt::format("{} ({}): no vulnerabilities, not counted as such",
                                       counted(counts.total(), thing), counts.text()));
    };
    apart(misconfigurations_, "misconfiguration");
    apart(secrets_, "secret");
    apart(licences_, "licence finding");
    if (suppressed_ != 0)
      note(Severity::Note, fmt::format("{}: not counted", counted(suppressed_, "suppressed finding")));
    if (is_high_alone()) {
      note(Severity::Note,
           "nothing below HIGH: the scan may have been asked for these alone, and fewer ids are counted "
           "than there are");
    }
    for (const auto& [resource, namespaces] : namespaces_) {
      if (namespaces.size() == 1) continue;
      note(Severity::Note, fmt::format("{} stands in the namespaces {}: taken as one service", printable(resource),
                                       printable(fmt::format("{}", fmt::join(namespaces, ", ")))));
    }
    if (!observations_.covers_vulnerabilities) {
      note(Severity::Warning, "no packages were scanned: it says nothing of vulnerabilities, not that there are none");
    }
  }

  std::string file_;
  const ReportOptions& options_;
  Observations observations_;
  ScanFindings findings_;
  std::string artifact_, target_, resource_, namespace_;
  std::map<std::string, std::set<std::string>> namespaces_;  // of resources that were scanned
  bool is_cluster_ = false, has_results_ = false, was_scanned_ = false, is_resource_scanned_ = false;
  std::string id_, package_, severity_;  // of the vulnerability that is read
  Position at_;
  FindingSeverity misconfiguration_ = FindingSeverity::Unknown;
  bool is_failed_ = true;
  std::vector<Pending> pending_;  // of the resource that is read
  SeverityCounts misconfigurations_, secrets_, licences_;
  std::uint64_t suppressed_ = 0;
};

Result<Observations> read_trivy(ByteSource& source, std::string_view file, const ReportOptions& options) {
  return TrivyReader(file, options).read(source);
}

bool is_trivy(std::string_view beginning) {
  if (trimmed_text(beginning.substr(0, beginning.find('\n'))) == "null") return true;
  const JsonFront map(beginning);
  if (map.has("SchemaVersion") && (map.has("ArtifactName") || map.has("Results") || map.has("ArtifactType")))
    return true;
  if (map.has("ClusterName")) return true;
  const JsonFront items = JsonFront::of_items(beginning);
  return items.has("Target") && (items.has("Vulnerabilities") || items.has("Type") || items.has("Class"));
}

}  // namespace

const ReportFormat kTrivy{"trivy", "vulnerabilities found by Trivy in images, file systems and clusters, as JSON",
                          is_trivy, read_trivy};

}  // namespace migplan
