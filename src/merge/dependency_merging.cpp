#include "dependency_merging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "statements.hpp"

namespace migplan {
namespace {

using ServiceId = NamedLandscape::ServiceId;
using StandingList = std::map<std::string, StatedDependency>;  // by name

class DependencyMerger {
 public:
  DependencyMerger(const MergeInput& input, const NamedLandscape& landscape, const ServiceGraph& graph,
                   FactDecisions& decisions, Merged& out)
      : input_(input),
        landscape_(landscape),
        graph_(graph),
        decisions_(decisions),
        out_(out),
        judged_(judge(graph, *input.policy)),
        tools_(graph_tools(input)) {}

  void merge() {
    for (const auto& [service, observed] : observed_dependencies()) decide_list(service, observed);
  }

 private:
  // What reports say of the dependencies of one service.
  struct Observed {
    std::vector<std::pair<StatedDependency, std::size_t>> dependencies;  // with the edge, by name
    const NamedReport* whole = nullptr;                                  // a report that says that there are no others
    std::string_view subject{};                                          // its name there

    [[nodiscard]] bool has(std::string_view name) const {
      return std::any_of(dependencies.begin(), dependencies.end(),
                         [name](const auto& one) { return one.first.service == name; });
    }
  };

  [[nodiscard]] std::map<ServiceId, Observed> observed_dependencies() const {
    std::map<ServiceId, Observed> all;
    for (std::size_t i = 0; i < graph_.edges.size(); ++i) {
      const CallEdge& edge = graph_.edges[i];
      const std::string_view callee = edge.callee ? landscape_.name(*edge.callee) : std::string_view(edge.outside);
      all[edge.caller].dependencies.push_back({{std::string(callee), judged_[i].strength, !edge.callee}, i});
    }
    for (const NamedReport& report : input_.reports) {
      const auto& whole = report.said.has_all_calls ? report.said.subjects : report.said.whole_callers;
      for (const std::string& subject : whole) {
        if (const auto service = landscape_.service(subject)) {
          all[*service].whole = &report;
          all[*service].subject = subject;
        }
      }
    }
    for (auto& [service, observed] : all) {
      std::sort(observed.dependencies.begin(), observed.dependencies.end(),
                [](const auto& a, const auto& b) { return a.first.service < b.first.service; });
    }
    return all;
  }

  // nullopt = no list stands.
  [[nodiscard]] std::optional<StandingList> standing_list(ServiceId service) const {
    const auto node = landscape_.node(service);
    const auto list = node ? input_.layout->find(*node, kDependsOn) : std::nullopt;
    if (!list || input_.layout->nodes[*list].kind != TextKind::Sequence) return std::nullopt;
    StandingList standing;
    for (PlacedDependency& one : stated_dependencies(*input_.layout, *list)) {
      std::string name = one.stated.service;
      standing.emplace(std::move(name), std::move(one.stated));
    }
    return standing;
  }

  void decide_list(ServiceId service, const Observed& observed) {
    const std::optional<StandingList> list = standing_list(service);
    bool is_added = false;
    for (const auto& [dependency, edge] : observed.dependencies) {
      is_added = decide_dependency(service, dependency, edge, list) || is_added;
    }
    if (is_added) decisions_.forget(service, std::string(kDependsOn));
    if (observed.whole == nullptr) return;
    StandingList unseen = list.value_or(StandingList{});
    std::erase_if(unseen, [&observed](const auto& one) { return observed.has(one.first); });
    const bool is_none = !list && observed.dependencies.empty();
    if (!is_none && unseen.empty()) return;
    if (const auto unknown = graph_.unmatched.find(service); unknown != graph_.unmatched.end()) {
      return note_unknown(service, *observed.whole, unknown->second, is_none);
    }
    const FactSource source =
        source_of(*observed.whole, {.file = {}, .field = fmt::format("all calls of {}", observed.subject)});
    if (is_none) return state_none(service, source);
    std::size_t left = list->size();
    for (const auto& [name, dependency] : unseen) {
      if (remove(service, dependency, source, *list)) --left;
    }
    if (left == 0 && !is_added) decisions_.record(service, std::string(kDependsOn), "[]", source);
  }

  // One of the names that matched nothing may be what seems to be gone.
  void note_unknown(ServiceId service, const NamedReport& whole, const std::set<std::string>& names, bool is_none) {
    out_.issues.add(
        {Severity::Note,
         whole.file,
         {},
         "",
         fmt::format("{} calls {}, which matched nothing: {}", landscape_.name(service), fmt::join(names, ", "),
                     is_none ? "it is not said to depend on nothing" : "none of its dependencies goes"),
         "say what it is: an alias or ignore of --map"});
  }

  void state_none(ServiceId service, const FactSource& source) {
    ++out_.facts;
    const std::string fact(kDependsOn);
    if (!decisions_.may_change({.service = service, .fact = fact, .now = "[]", .source = source})) return;
    out_.changes.push_back(
        {std::string(landscape_.name(service)), fact, std::nullopt, "[]", source, std::vector<std::string>{}});
    decisions_.record(service, fact, "[]", source);
  }

  // A list in which everything was imported, by whichever tools, and nothing was changed since.
  [[nodiscard]] bool is_imported(ServiceId service, const StandingList& list) const {
    if (list.empty()) return decisions_.imported(service, kDependsOn, "[]") != nullptr;
    return std::all_of(list.begin(), list.end(), [&](const auto& one) {
      return decisions_.imported(service, dependency_fact(one.first), plain_text(one.second)) != nullptr;
    });
  }

  // Whether it comes new.
  bool decide_dependency(ServiceId service, const StatedDependency& now, std::size_t edge,
                         const std::optional<StandingList>& list) {
    ++out_.facts;
    const CallEdge& seen = graph_.edges[edge];
    ProposedFact proposed{.service = service,
                          .fact = dependency_fact(now.service),
                          .now = plain_text(now),
                          .source = source_of(*seen.report, seen.first->place)};
    const bool stands = list && list->contains(now.service);
    if (stands) {
      proposed.before = plain_text(list->at(now.service));
      // The default is no word against what a person wrote.
      const bool is_same = !judged_[edge].is_judged || *proposed.before == proposed.now;
      if (is_same) {
        decisions_.confirm(service, proposed.fact, *proposed.before, proposed.source, tools_);
        return false;
      }
      proposed.stands_against = !decisions_.is_refresh(service, proposed.fact, *proposed.before, tools_);
    } else {
      proposed.stands_against = list && !is_imported(service, *list);
    }
    if (!decisions_.may_change(proposed)) return false;
    decisions_.record(service, proposed.fact, proposed.now, proposed.source);
    add_change(std::move(proposed), now, false);
    return !stands;
  }

  // Whether it goes: only from a list that no person has touched.
  bool remove(ServiceId service, const StatedDependency& gone, const FactSource& source, const StandingList& list) {
    ProposedFact proposed{
        .service = service, .fact = dependency_fact(gone.service), .before = plain_text(gone), .source = source};
    proposed.stands_against =
        !is_imported(service, list) || !decisions_.is_refresh(service, proposed.fact, *proposed.before, tools_);
    if (!decisions_.may_change(proposed)) return false;
    decisions_.forget(service, proposed.fact);
    add_change(std::move(proposed), gone, true);
    return true;
  }

  void add_change(ProposedFact proposed, const StatedDependency& dependency, bool is_removed) {
    out_.changes.push_back({.service = std::string(landscape_.name(proposed.service)),
                            .fact = std::move(proposed.fact),
                            .before = std::move(proposed.before),
                            .now = std::move(proposed.now),
                            .source = std::move(proposed.source),
                            .value = {},
                            .dependency = dependency,
                            .is_removed = is_removed});
  }

  const MergeInput& input_;
  const NamedLandscape& landscape_;
  const ServiceGraph& graph_;
  FactDecisions& decisions_;
  Merged& out_;
  std::vector<JudgedEdge> judged_;
  ToolNames tools_;
};

}  // namespace

void merge_dependencies(const MergeInput& input, const NamedLandscape& landscape, const ServiceGraph& graph,
                        FactDecisions& decisions, Merged& out) {
  DependencyMerger(input, landscape, graph, decisions, out).merge();
}

ToolNames graph_tools(const MergeInput& input) {
  ToolNames tools;
  for (const NamedReport& report : input.reports) {
    const Observations& said = report.said;
    if (!said.calls.empty() || said.has_all_calls || !said.whole_callers.empty()) add_tools(tools, said.origin.tool);
  }
  return tools;
}

}  // namespace migplan
