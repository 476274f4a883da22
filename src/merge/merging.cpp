#include "migplan/merge/merging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "call_edges.hpp"
#include "decisions.hpp"
#include "dependency_merging.hpp"
#include "migplan/base/decimal.hpp"
#include "statements.hpp"

namespace migplan {
namespace {

using ServiceId = NamedLandscape::ServiceId;

// Of a number that stands and one that is reported.
bool is_as_much(std::string_view stands, std::string_view reported) {
  constexpr int kDecimals = 6;
  const Decimal a = parse_decimal(stands, kDecimals), b = parse_decimal(reported, kDecimals);
  return a.status == DecimalStatus::Ok && b.status == DecimalStatus::Ok && a.steps >= b.steps;
}

class Merger {
 public:
  explicit Merger(const MergeInput& input)
      : input_(input), landscape_(input, out_), decisions_(input, landscape_, out_) {}

  Merged merge() {
    graph_ = service_graph(input_, landscape_, out_);
    landscape_.finish();
    if (out_.issues.has_errors()) return std::move(out_);
    std::vector<Statement> statements = statements_of(input_, landscape_, out_);
    // What is core decides what is derived from the graph.
    const auto others =
        std::stable_partition(statements.begin(), statements.end(), [](const auto& s) { return s.fact == kKind; });
    std::vector<Statement> rest(std::make_move_iterator(others), std::make_move_iterator(statements.end()));
    statements.erase(others, statements.end());
    decide_facts(std::move(statements));
    auto derived = core_flow_statements(input_, graph_.edges, core_services(), out_);
    std::move(derived.begin(), derived.end(), std::back_inserter(rest));
    decide_facts(std::move(rest));
    merge_dependencies(input_, landscape_, graph_, decisions_, out_);
    settle();
    return std::move(out_);
  }

 private:
  static constexpr std::string_view kKind = "kind";

  // As decided.
  [[nodiscard]] std::vector<bool> core_services() const {
    std::vector<bool> is_core(landscape_.size());
    std::unordered_map<std::string_view, ServiceId> ids;
    for (ServiceId i = 0; i < landscape_.size(); ++i) {
      ids.emplace(landscape_.name(i), i);
      const bool is_known = input_.inventory != nullptr && i < input_.inventory->size();
      is_core[i] = is_known && (*input_.inventory)[i].kind == Kind::Core;
    }
    for (const FactChange& change : out_.changes) {
      if (change.fact == kKind) is_core[ids.at(change.service)] = change.now == name_of(Kind::Core);
    }
    return is_core;
  }

  void decide_facts(std::vector<Statement> statements) {
    for (Statement& one : statements) one.rank = input_.order.rank(one.fact);
    std::stable_sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
      return std::tie(a.service, a.rank, a.fact, a.is_at_least) < std::tie(b.service, b.rank, b.fact, b.is_at_least);
    });
    for (std::size_t i = 0; i < statements.size();) {
      std::size_t end = i + 1;
      while (end < statements.size() && statements[end].service == statements[i].service &&
             statements[end].fact == statements[i].fact) {
        ++end;
      }
      ++out_.facts;
      decide(std::span(statements).subspan(i, end - i));
      i = end;
    }
  }

  // Those that say how much it is at least come last.
  void decide(std::span<const Statement> same) {
    const Statement& first = same.front();
    ProposedFact proposed{.service = first.service,
                          .fact = first.fact,
                          .before = standing(first.service, first.fact),
                          .now = plain_text(first.value),
                          .source = first.source};
    ToolNames tools = first.tools;
    for (const Statement& other : same) {
      add_tools(tools, other.source.tool);
      const std::string text = plain_text(other.value);
      if (text == proposed.now || (other.is_at_least && is_as_much(proposed.now, text))) continue;
      const bool stands = proposed.before.has_value();
      proposed.before = std::exchange(proposed.now, text);
      proposed.source = other.source;
      return decisions_.contradict(proposed, first.source, stands);
    }
    if (proposed.before == proposed.now) {
      return decisions_.confirm(first.service, first.fact, proposed.now, first.source, tools);
    }
    if (!proposed.before && first.fact == kKind && proposed.now == name_of(Kind::Standard)) {
      ++out_.confirmed;  // what is meant where it is left out
      return;
    }
    if (proposed.before && first.is_at_least && is_as_much(*proposed.before, proposed.now)) {
      return note_kept(proposed);
    }
    change(std::move(proposed), first.value, tools);
  }

  void note_kept(const ProposedFact& proposed) {
    out_.issues.add({Severity::Note,
                     proposed.source.file,
                     {},
                     "",
                     fmt::format("{}: {} is {} at least, by what is known to be a part: {} stays",
                                 landscape_.name(proposed.service), proposed.fact, proposed.now, *proposed.before)});
  }

  void change(ProposedFact proposed, const ObservedValue& value, const ToolNames& tools) {
    if (proposed.before) {
      const ProvenanceRecord* const earlier = decisions_.imported(proposed.service, proposed.fact, *proposed.before);
      const bool comes_late = earlier != nullptr && is_older(proposed.source, *earlier);
      if (comes_late) proposed.kind = ConflictKind::Older;
      proposed.stands_against =
          comes_late || !decisions_.is_refresh(proposed.service, proposed.fact, *proposed.before, tools);
    }
    if (!decisions_.may_change(proposed)) return;
    decisions_.record(proposed.service, proposed.fact, proposed.now, proposed.source);
    out_.changes.push_back({std::string(landscape_.name(proposed.service)), std::move(proposed.fact),
                            std::move(proposed.before), std::move(proposed.now), std::move(proposed.source), value});
  }

  [[nodiscard]] std::optional<std::string> standing(ServiceId service, std::string_view fact) const {
    const auto node = landscape_.node(service);
    const auto value = node ? input_.layout->fact(*node, fact) : std::nullopt;
    return value ? plain_text(*input_.layout, *value) : std::nullopt;
  }

  // By service, then by fact.
  template <class Row>
  void sort(std::vector<Row>& rows, const std::unordered_map<std::string_view, ServiceId>& ids) const {
    using Key = std::tuple<ServiceId, FactOrder::Rank, std::string_view, std::size_t>;
    std::vector<Key> keys;
    keys.reserve(rows.size());
    for (const Row& row : rows) {
      keys.emplace_back(ids.at(row.service), input_.order.rank(row.fact), row.fact, keys.size());
    }
    std::sort(keys.begin(), keys.end());
    std::vector<Row> sorted;
    sorted.reserve(rows.size());
    for (const Key& key : keys) sorted.push_back(std::move(rows[std::get<3>(key)]));
    rows = std::move(sorted);
  }

  // Names of a map that no report has, though one of them was to.
  void warn_of_unmet() {
    std::set<std::string_view> known;
    for (const NamedReport& report : input_.reports) known.insert(report.said.met.begin(), report.said.met.end());
    for (const NamedReport& report : input_.reports) {
      for (const std::string& name : report.said.unmet) {
        if (!known.insert(name).second) continue;
        out_.issues.add({Severity::Warning,
                         report.file,
                         {},
                         "",
                         fmt::format("no series is {}, nor in other reports", in_quotes(name))});
      }
    }
  }

  void settle() {
    std::unordered_map<std::string_view, ServiceId> ids;
    for (ServiceId i = 0; i < landscape_.size(); ++i) ids.emplace(landscape_.name(i), i);
    sort(out_.changes, ids);
    sort(out_.conflicts, ids);
    out_.provenance = std::move(decisions_).provenance();
    for (const NamedReport& report : input_.reports) out_.issues.append(Issues(report.said.notes));
    warn_of_unmet();
  }

  const MergeInput& input_;
  Merged out_;
  NamedLandscape landscape_;
  FactDecisions decisions_;
  ServiceGraph graph_;
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
    case ConflictKind::Older: return "older";
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
