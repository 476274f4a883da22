#include "migplan/merge/merging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "call_edges.hpp"
#include "migplan/base/wildcard.hpp"
#include "named_landscape.hpp"
#include "statements.hpp"

namespace migplan {
namespace {

using ServiceId = NamedLandscape::ServiceId;

class Merger {
 public:
  explicit Merger(const MergeInput& input) : input_(input), landscape_(input, out_) {}

  Merged merge() {
    edges_ = call_edges(input_, landscape_, out_);
    landscape_.finish();
    if (out_.issues.has_errors()) return std::move(out_);
    statements_ = statements_of(input_, landscape_, edges_, out_);
    decide_facts();
    decide_dependencies();
    settle();
    return std::move(out_);
  }

 private:
  void decide_facts() {
    for (Statement& one : statements_) one.rank = input_.order.rank(one.fact);
    std::stable_sort(statements_.begin(), statements_.end(), [](const Statement& a, const Statement& b) {
      return std::tie(a.service, a.rank) < std::tie(b.service, b.rank);
    });
    for (std::size_t i = 0; i < statements_.size();) {
      std::size_t end = i + 1;
      while (end < statements_.size() && statements_[end].service == statements_[i].service &&
             statements_[end].fact == statements_[i].fact) {
        ++end;
      }
      ++out_.facts;
      decide(std::span(statements_).subspan(i, end - i));
      i = end;
    }
  }

  void decide(std::span<const Statement> same) {
    const Statement& first = same.front();
    const std::string now = plain_text(first.value);
    for (const Statement& other : same) {
      if (plain_text(other.value) == now) continue;
      out_.conflicts.push_back({ConflictKind::Contradiction, std::string(landscape_.name(first.service)), first.fact,
                                now, plain_text(other.value), other.source, to_string(first.source)});
      return;
    }
    const auto before = standing(first.service, first.fact);
    if (before == now) return confirm(first.service, first.fact, now, first.source);
    if (!before && first.fact == "kind" && now == "standard") {  // what is meant where it is left out
      ++out_.confirmed;
      return;
    }
    if (!may_change(first.service, first.fact, before.value_or(""), now, first.source, before.has_value())) return;
    out_.changes.push_back(
        {std::string(landscape_.name(first.service)), first.fact, before, now, first.source, first.value});
    record(first.service, first.fact, now, first.source);
  }

  [[nodiscard]] std::optional<std::string> standing(ServiceId service, std::string_view fact) const {
    const auto node = landscape_.node(service);
    const auto value = node ? input_.layout->fact(*node, fact) : std::nullopt;
    return value ? plain_text(*input_.layout, *value) : std::nullopt;
  }

  void record(ServiceId service, std::string fact, std::string value, const FactSource& source) {
    records_.push_back({std::string(landscape_.name(service)), std::move(fact), std::move(value), source});
  }
  // That a report says what a person said makes it no less the person's word: only what was imported is recorded anew.
  void confirm(ServiceId service, const std::string& fact, const std::string& value, const FactSource& source) {
    ++out_.confirmed;
    if (is_refresh(service, fact, value, source)) record(service, fact, value, source);
  }

  // Whether the tool that says it now has said what stands there: then it is no person's word.
  [[nodiscard]] bool is_refresh(ServiceId service, std::string_view fact, std::string_view before,
                                const FactSource& source) const {
    const ProvenanceRecord* const earlier = input_.earlier->find(landscape_.name(service), fact);
    return earlier != nullptr && earlier->value == before && earlier->source.tool == source.tool;
  }

  // Else the conflict is listed.
  bool may_change(ServiceId service, const std::string& fact, const std::string& before, const std::string& now,
                  const FactSource& source, bool stands) {
    const auto node = landscape_.node(service);
    if (node && input_.layout->is_tied(*node, fact)) {
      add_conflict(ConflictKind::Tied, service, fact, before, now, source, "");
      return false;
    }
    if (!stands || is_refresh(service, fact, before, source)) return true;
    for (const std::string& kept : input_.policy->kept) {
      if (!matches_wildcard(kept, fact)) continue;
      add_conflict(ConflictKind::Stands, service, fact, before, now, source, "policy");
      return false;
    }
    if (input_.on_conflict == OnConflict::Replace) return true;
    add_conflict(ConflictKind::Stands, service, fact, before, now, source,
                 input_.on_conflict == OnConflict::Keep ? "--on-conflict keep" : "");
    return false;
  }

  void add_conflict(ConflictKind kind, ServiceId service, const std::string& fact, const std::string& before,
                    const std::string& now, const FactSource& source, std::string kept_by) {
    out_.conflicts.push_back({kind, std::string(landscape_.name(service)), fact, before, now, source,
                              place_of(service, fact), std::move(kept_by)});
  }

  [[nodiscard]] std::string place_of(ServiceId service, std::string_view fact) const {
    const auto node = landscape_.node(service);
    if (!node) return {};
    const InventoryText& layout = *input_.layout;
    const bool is_dependency = fact.starts_with(kDependsOn);
    const auto value = layout.fact(*node, is_dependency ? kDependsOn : fact);
    const std::uint32_t begin = layout[*node].begin, at = layout[value.value_or(*node)].begin;
    const std::string_view above = layout.text.substr(begin, at > begin ? at - begin : 0);
    const auto line = (*input_.inventory)[service].at.line + std::count(above.begin(), above.end(), '\n');
    return fmt::format("{}:{}", input_.inventory->files().front(), line);
  }

  // What reports say of the dependencies of one service.
  struct Observed {
    std::vector<std::pair<StatedDependency, std::size_t>> dependencies;  // with the edge, by name
    const NamedReport* whole = nullptr;                                  // a report that says that there are no others
  };

  [[nodiscard]] std::map<ServiceId, Observed> observed_dependencies() const {
    std::map<ServiceId, Observed> all;
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      const CallEdge& edge = edges_[i];
      const std::string_view callee = edge.callee ? landscape_.name(*edge.callee) : std::string_view(edge.outside);
      all[edge.caller].dependencies.push_back({{std::string(callee), judged_[i].strength, !edge.callee}, i});
    }
    for (const NamedReport& report : input_.reports) {
      const auto& whole = report.said.has_all_calls ? report.said.subjects : report.said.whole_callers;
      for (const std::string& subject : whole) {
        if (const auto service = landscape_.service(subject)) all[*service].whole = &report;
      }
    }
    for (auto& [service, observed] : all) {
      std::sort(observed.dependencies.begin(), observed.dependencies.end(),
                [](const auto& a, const auto& b) { return a.first.service < b.first.service; });
    }
    return all;
  }

  void decide_dependencies() {
    judged_ = judge(edges_, landscape_.size(), *input_.policy);
    for (const auto& [service, observed] : observed_dependencies()) decide_list(service, observed);
  }

  void decide_list(ServiceId service, const Observed& observed) {
    const auto node = landscape_.node(service);
    const auto list = node ? input_.layout->find(*node, kDependsOn) : std::nullopt;
    const bool is_stated = list && input_.layout->nodes[*list].kind == TextKind::Sequence;
    std::map<std::string, StatedDependency> standing;
    if (is_stated) {
      for (PlacedDependency& one : stated_dependencies(*input_.layout, *list)) {
        standing.emplace(one.stated.service, std::move(one.stated));
      }
    }
    for (const auto& [dependency, edge] : observed.dependencies) {
      const auto at = standing.find(dependency.service);
      decide_dependency(service, dependency, edges_[edge], judged_[edge].is_judged,
                        at == standing.end() ? nullptr : &at->second, is_stated, standing);
    }
    if (observed.whole == nullptr) return;
    const FactSource source = source_of(*observed.whole, {});
    if (!is_stated && observed.dependencies.empty()) return state_none(service, source);
    for (const auto& [name, dependency] : standing) {
      const bool is_observed = std::any_of(observed.dependencies.begin(), observed.dependencies.end(),
                                           [&name = name](const auto& one) { return one.first.service == name; });
      if (!is_observed) remove_dependency(service, dependency, source, standing);
    }
  }

  void state_none(ServiceId service, const FactSource& source) {
    ++out_.facts;
    const std::string fact(kDependsOn);
    if (!may_change(service, fact, "", "[]", source, false)) return;
    out_.changes.push_back(
        {std::string(landscape_.name(service)), fact, std::nullopt, "[]", source, std::vector<std::string>{}});
    record(service, fact, "[]", source);
  }

  // A list in which everything was imported, by this tool, and nothing was changed since.
  [[nodiscard]] bool is_refresh_of_list(ServiceId service, const std::map<std::string, StatedDependency>& standing,
                                        const FactSource& source) const {
    if (standing.empty()) return is_refresh(service, kDependsOn, "[]", source);
    return std::all_of(standing.begin(), standing.end(), [&](const auto& one) {
      return is_refresh(service, dependency_fact(one.first), plain_text(one.second), source);
    });
  }

  void decide_dependency(ServiceId service, const StatedDependency& now, const CallEdge& edge, bool is_judged,
                         const StatedDependency* before, bool is_stated,
                         const std::map<std::string, StatedDependency>& standing) {
    ++out_.facts;
    const FactSource source = source_of(*edge.report, edge.first->place);
    const std::string fact = dependency_fact(now.service), text = plain_text(now);
    // The default is no word against what a person wrote.
    const bool is_same = before != nullptr && (!is_judged || plain_text(*before) == text);
    if (is_same) return confirm(service, fact, plain_text(*before), source);
    const std::string old_text = before == nullptr ? std::string() : plain_text(*before);
    const bool stands = is_stated && (before != nullptr || !is_refresh_of_list(service, standing, source));
    if (!may_change(service, fact, old_text, text, source, stands)) return;
    out_.changes.push_back({.service = std::string(landscape_.name(service)),
                            .fact = fact,
                            .before = before == nullptr ? std::nullopt : std::optional(old_text),
                            .now = text,
                            .source = source,
                            .value = {},
                            .dependency = now});
    record(service, fact, text, source);
  }

  void remove_dependency(ServiceId service, const StatedDependency& gone, const FactSource& source,
                         const std::map<std::string, StatedDependency>& standing) {
    const std::string fact = dependency_fact(gone.service);
    const bool stands = !is_refresh_of_list(service, standing, source);
    if (!may_change(service, fact, plain_text(gone), "", source, stands)) return;
    out_.changes.push_back({.service = std::string(landscape_.name(service)),
                            .fact = fact,
                            .before = plain_text(gone),
                            .now = "",
                            .source = source,
                            .value = {},
                            .dependency = gone,
                            .is_removed = true});
  }

  // By service, then by fact.
  template <class Row>
  void sort(std::vector<Row>& rows, const std::unordered_map<std::string_view, ServiceId>& ids) const {
    using Key = std::tuple<ServiceId, FactOrder::Rank, std::string_view, std::size_t>;
    std::vector<Key> keys;
    for (const Row& row : rows) {
      keys.emplace_back(ids.at(row.service), input_.order.rank(row.fact), row.fact, keys.size());
    }
    std::sort(keys.begin(), keys.end());
    std::vector<Row> sorted;
    sorted.reserve(rows.size());
    for (const Key& key : keys) sorted.push_back(std::move(rows[std::get<3>(key)]));
    rows = std::move(sorted);
  }

  void settle() {
    std::unordered_map<std::string_view, ServiceId> ids;
    for (ServiceId i = 0; i < landscape_.size(); ++i) ids.emplace(landscape_.name(i), i);
    sort(out_.changes, ids);
    sort(out_.conflicts, ids);
    out_.provenance = input_.earlier->with(std::move(records_));
    for (const NamedReport& report : input_.reports) out_.issues.append(Issues(report.said.notes));
  }

  const MergeInput& input_;
  Merged out_;
  NamedLandscape landscape_;
  std::vector<CallEdge> edges_;
  std::vector<JudgedEdge> judged_;
  std::vector<Statement> statements_;
  std::vector<ProvenanceRecord> records_;
};

}  // namespace

Merged merge_reports(const MergeInput& input) { return Merger(input).merge(); }

bool Merged::has_open_conflicts() const noexcept {
  return std::any_of(conflicts.begin(), conflicts.end(), [](const FactConflict& c) { return c.kept_by.empty(); });
}

std::string_view name_of(ConflictKind kind) noexcept {
  switch (kind) {
    case ConflictKind::Stands: return "stands";
    case ConflictKind::Contradiction: return "contradiction";
    case ConflictKind::Tied: return "tied";
  }
  return "";
}

std::string_view name_of(EndpointKind kind) noexcept {
  switch (kind) {
    case EndpointKind::Service: return "service";
    case EndpointKind::Database: return "database";
    case EndpointKind::Messaging: return "messaging";
    case EndpointKind::Gateway: return "gateway";
    case EndpointKind::Outside: return "outside";
    case EndpointKind::Unknown: return "unknown";
    case EndpointKind::Artefact: return "artefact";
  }
  return "";
}

}  // namespace migplan
