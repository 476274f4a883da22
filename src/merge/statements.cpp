#include "statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "dependency_merging.hpp"
#include "report_pages.hpp"

namespace migplan {
namespace {

using ServiceId = NamedLandscape::ServiceId;

constexpr std::string_view kVulnerabilities = "debt.high_risk_vulnerabilities";
constexpr std::string_view kCves = "platform.cve_count";
constexpr std::string_view kCoreFlowCalls = "coupling.core_flow_calls";

// Names joined without those that stand there already.
void join(std::string& all, const std::string& more) {
  const auto apart = [](const std::string& names) { return ", " + names + ", "; };
  if (more.empty() || apart(all).find(apart(more)) != std::string::npos) return;
  all += (all.empty() ? "" : ", ") + more;
}

// All of them as one source, in an order of their own.
FactSource joined(const std::set<const NamedReport*>& reports, std::string field) {
  std::vector<FactSource> sources;
  sources.reserve(reports.size());
  for (const NamedReport* report : reports) sources.push_back(source_of(*report, {}));
  std::sort(sources.begin(), sources.end(), [](const FactSource& a, const FactSource& b) {
    return std::tie(a.tool, a.file, a.version, a.taken) < std::tie(b.tool, b.file, b.version, b.taken);
  });
  FactSource all;
  for (const FactSource& one : sources) {
    join(all.file, one.file);
    join(all.tool, one.tool);
    join(all.version, one.version);
    all.taken = std::max(all.taken, one.taken);
  }
  all.field = std::move(field);
  return all;
}

class StatementGatherer {
 public:
  StatementGatherer(const MergeInput& input, const NamedLandscape& landscape, Merged& out)
      : input_(input), landscape_(landscape), is_part_(are_parts(input.reports, out.issues)) {}

  std::vector<Statement> gather() {
    gather_facts();
    count_vulnerabilities();
    count_cves();
    return std::move(statements_);
  }

 private:
  void gather_facts() {
    for (const NamedReport& report : input_.reports) {
      for (const Observation& fact : report.said.facts) {
        const auto service = landscape_.service(fact.subject);
        if (!service) continue;
        statements_.push_back(
            {.service = *service, .fact = fact.fact, .value = fact.value, .source = source_of(report, fact.place)});
      }
    }
  }

  void count_vulnerabilities() {
    count_findings(
        kVulnerabilities, "findings HIGH or CRITICAL, unique by id and package",
        [](const Observations& said) { return said.covers_vulnerabilities ? &said.subjects : &said.covered; },
        [](const Observations&, const ObservedVulnerability& one) -> std::optional<FindingKey> {
          return one.severity >= FindingSeverity::High ? std::optional(FindingKey(one.id, one.package)) : std::nullopt;
        });
  }

  void count_cves() {
    count_findings(
        kCves, "ids CVE-…, each once",
        [](const Observations& said) { return said.covers_cves ? &said.subjects : nullptr; },
        [](const Observations& said, const ObservedVulnerability& one) -> std::optional<FindingKey> {
          const bool is_counted = (said.covers_cves || said.lists_cves) && one.id.starts_with("CVE-");
          return is_counted ? std::optional(FindingKey(one.id, "")) : std::nullopt;
        });
  }

  // Unique by their keys over all reports of a service. Nothing found is 0 where a report covers the service; where
  // none does, there are as many at least. `covered_by`: the names that a report covers; null = none.
  using FindingKey = std::pair<std::string_view, std::string_view>;
  template <class CoveredBy, class KeyOf>
  void count_findings(std::string_view fact, std::string_view field, const CoveredBy& covered_by, const KeyOf& key_of) {
    struct Found {
      std::set<FindingKey> keys;
      std::set<const NamedReport*> reports;
      bool is_whole = false;
    };
    std::map<ServiceId, Found> found;
    for (std::size_t i = 0; i < input_.reports.size(); ++i) {
      const NamedReport& report = input_.reports[i];
      const std::vector<std::string>* const covered = is_part_[i] ? nullptr : covered_by(report.said);
      for (const std::string& subject : covered == nullptr ? std::vector<std::string>{} : *covered) {
        const auto service = landscape_.service(subject);
        if (!service) continue;
        found[*service].reports.insert(&report);
        found[*service].is_whole = true;
      }
      for (const ObservedVulnerability& one : report.said.vulnerabilities) {
        const auto key = key_of(report.said, one);
        const auto service = landscape_.service(one.subject);
        if (!service || !key) continue;
        found[*service].reports.insert(&report);
        found[*service].keys.insert(*key);
      }
    }
    for (const auto& [service, all] : found) {
      statements_.push_back({.service = service,
                             .fact = std::string(fact),
                             .value = ObservedNumber{std::to_string(all.keys.size())},
                             .source = joined(all.reports, std::string(field)),
                             .is_at_least = !all.is_whole});
    }
  }

  const MergeInput& input_;
  const NamedLandscape& landscape_;
  std::vector<bool> is_part_;  // of each report: a page without its siblings
  std::vector<Statement> statements_;
};

// Calls of services of kind core, by callee.
struct CoreCalls {
  std::uint64_t sum = 0;
  std::set<const NamedReport*> reports;
};

}  // namespace

FactSource source_of(const NamedReport& report, const EvidencePlace& place) {
  const ReportOrigin& origin = report.said.origin;
  std::string field = place.field;
  // Without a field the column tells places of a file of one line apart.
  if (place.at.line != 0 && field.empty()) {
    field = fmt::format("line {}:{}", place.at.line, place.at.column);
  } else if (place.at.line != 0) {
    field = fmt::format("line {} {}", place.at.line, field);
  }
  return {report.file, std::move(field), origin.tool, origin.version, origin.taken};
}

std::vector<Statement> statements_of(const MergeInput& input, const NamedLandscape& landscape, Merged& out) {
  return StatementGatherer(input, landscape, out).gather();
}

std::vector<Statement> core_flow_statements(const MergeInput& input, const std::vector<CallEdge>& edges,
                                            const std::vector<bool>& is_core, Merged& out) {
  const bool has_counts =
      std::any_of(edges.begin(), edges.end(), [](const CallEdge& e) { return e.calls.has_value(); });
  const bool counts_callers = input.policy->core_flow_calls == CoreFlowCalls::Callers;
  if (input.policy->core_flow_calls == CoreFlowCalls::None || (!has_counts && !counts_callers)) return {};
  if (std::find(is_core.begin(), is_core.end(), true) == is_core.end()) {
    out.issues.add(
        {Severity::Note, "", {}, "", fmt::format("no service is of kind core: {} is not derived", kCoreFlowCalls)});
    return {};
  }
  std::map<ServiceId, CoreCalls> found;
  for (const CallEdge& edge : edges) {
    if (!edge.callee || !is_core[edge.caller] || (!edge.calls && !counts_callers)) continue;
    CoreCalls& calls = found[*edge.callee];
    calls.sum += counts_callers ? 1 : *edge.calls;
    calls.reports.insert(edge.report);
  }
  const ToolNames tools = graph_tools(input);
  std::vector<Statement> statements;
  for (const auto& [service, calls] : found) {
    constexpr std::uint64_t kMost = 1'000'000'000;  // of the fact
    const char* const field = counts_callers ? "services of kind core that call" : "calls of services of kind core";
    statements.push_back({.service = service,
                          .fact = std::string(kCoreFlowCalls),
                          .value = ObservedNumber{std::to_string(std::min(calls.sum, kMost))},
                          .source = joined(calls.reports, field),
                          .tools = tools});
  }
  return statements;
}

}  // namespace migplan
