#include "statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace migplan {
namespace {

using ServiceId = NamedLandscape::ServiceId;

constexpr std::string_view kVulnerabilities = "debt.high_risk_vulnerabilities";
constexpr std::string_view kCves = "platform.cve_count";
constexpr std::string_view kCoreFlowCalls = "coupling.core_flow_calls";

// Names joined without those that stand there already.
void join(std::string& all, const std::string& more) {
  if (more.empty() || all == more || all.find(more) != std::string::npos) return;
  all += (all.empty() ? "" : ", ") + more;
}
void join(FactSource& all, const FactSource& more) {
  join(all.file, more.file);
  join(all.tool, more.tool);
  join(all.version, more.version);
  all.taken = std::max(all.taken, more.taken);
}

class StatementGatherer {
 public:
  StatementGatherer(const MergeInput& input, const NamedLandscape& landscape, const std::vector<CallEdge>& edges,
                    Merged& out)
      : input_(input), landscape_(landscape), edges_(edges), out_(out) {}

  std::vector<Statement> gather() {
    gather_facts();
    count_vulnerabilities();
    count_cves();
    count_core_calls();
    return std::move(statements_);
  }

 private:
  void gather_facts() {
    for (const NamedReport& report : input_.reports) {
      for (const Observation& fact : report.said.facts) {
        const auto service = landscape_.service(fact.subject);
        if (service) statements_.push_back({*service, fact.fact, fact.value, source_of(report, fact.place)});
      }
    }
  }

  void count_vulnerabilities() {
    count_findings(
        kVulnerabilities, "findings HIGH or CRITICAL, unique by id and package",
        [](const Observations& said) { return said.covers_vulnerabilities; },
        [](const Observations&, const ObservedVulnerability& one) -> std::optional<FindingKey> {
          return one.severity >= FindingSeverity::High ? std::optional(FindingKey(one.id, one.package)) : std::nullopt;
        });
  }

  void count_cves() {
    count_findings(
        kCves, "ids CVE-…, each once", [](const Observations& said) { return said.covers_cves; },
        [](const Observations& said, const ObservedVulnerability& one) -> std::optional<FindingKey> {
          const bool is_counted = said.covers_cves && one.id.starts_with("CVE-");
          return is_counted ? std::optional(FindingKey(one.id, "")) : std::nullopt;
        });
  }

  // Unique by their keys over all reports of a service. Nothing found is 0 where a report covers the service.
  using FindingKey = std::pair<std::string_view, std::string_view>;
  template <class Covers, class KeyOf>
  void count_findings(std::string_view fact, std::string_view field, const Covers& covers, const KeyOf& key_of) {
    struct Found {
      std::set<FindingKey> keys;
      std::vector<const NamedReport*> reports;
      void add(const NamedReport& report) {
        if (reports.empty() || reports.back() != &report) reports.push_back(&report);
      }
    };
    std::map<ServiceId, Found> found;
    for (const NamedReport& report : input_.reports) {
      if (covers(report.said)) {
        for (const std::string& subject : report.said.subjects) {
          if (const auto service = landscape_.service(subject)) found[*service].add(report);
        }
      }
      for (const ObservedVulnerability& one : report.said.vulnerabilities) {
        const auto key = key_of(report.said, one);
        const auto service = landscape_.service(one.subject);
        if (!service || !key) continue;
        found[*service].add(report);
        found[*service].keys.insert(*key);
      }
    }
    for (const auto& [service, all] : found) {
      FactSource source;
      for (const NamedReport* report : all.reports) join(source, source_of(*report, {}));
      source.field = field;
      statements_.push_back(
          {service, std::string(fact), ObservedNumber{std::to_string(all.keys.size())}, std::move(source)});
    }
  }

  [[nodiscard]] std::vector<bool> core_services() const {
    std::vector<bool> is_core(landscape_.size());
    if (input_.inventory != nullptr) {
      for (ServiceIndex i = 0; i < input_.inventory->size(); ++i) {
        is_core[i] = (*input_.inventory)[i].kind == Kind::Core;
      }
    }
    for (const Statement& statement : statements_) {
      if (statement.fact == "kind") is_core[statement.service] = plain_text(statement.value) == "core";
    }
    return is_core;
  }

  void count_core_calls() {
    const bool has_counts =
        std::any_of(edges_.begin(), edges_.end(), [](const CallEdge& e) { return e.calls.has_value(); });
    const bool counts_callers = input_.policy->core_flow_calls == CoreFlowCalls::Callers;
    if (input_.policy->core_flow_calls == CoreFlowCalls::None || (!has_counts && !counts_callers)) return;
    const std::vector<bool> is_core = core_services();
    if (std::find(is_core.begin(), is_core.end(), true) == is_core.end()) {
      out_.issues.add(
          {Severity::Note, "", {}, "", fmt::format("no service is of kind core: {} is not derived", kCoreFlowCalls)});
      return;
    }
    std::map<ServiceId, std::pair<std::uint64_t, const CallEdge*>> sums;
    for (const CallEdge& edge : edges_) {
      if (!edge.callee || !is_core[edge.caller] || (!edge.calls && !counts_callers)) continue;
      auto& [sum, first] = sums[*edge.callee];
      sum += counts_callers ? 1 : *edge.calls;
      if (first == nullptr) first = &edge;
    }
    for (const auto& [service, sum] : sums) {
      constexpr std::uint64_t kMost = 1'000'000'000;  // of the fact
      FactSource source = source_of(*sum.second->report, {});
      source.field = counts_callers ? "services of kind core that call" : "calls of services of kind core";
      statements_.push_back({service, std::string(kCoreFlowCalls),
                             ObservedNumber{std::to_string(std::min(sum.first, kMost))}, std::move(source)});
    }
  }

  const MergeInput& input_;
  const NamedLandscape& landscape_;
  const std::vector<CallEdge>& edges_;
  Merged& out_;
  std::vector<Statement> statements_;
};

}  // namespace

FactSource source_of(const NamedReport& report, const EvidencePlace& place) {
  const ReportOrigin& origin = report.said.origin;
  std::string field = place.field;
  if (place.at.line != 0) field = fmt::format("line {}{}{}", place.at.line, field.empty() ? "" : " ", field);
  return {report.file, std::move(field), origin.tool, origin.version, origin.taken};
}

std::vector<Statement> statements_of(const MergeInput& input, const NamedLandscape& landscape,
                                     const std::vector<CallEdge>& edges, Merged& out) {
  return StatementGatherer(input, landscape, edges, out).gather();
}

}  // namespace migplan
