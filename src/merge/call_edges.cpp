#include "call_edges.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/base/label.hpp"

namespace migplan {
namespace {

using ServiceId = NamedLandscape::ServiceId;

void add_to(std::optional<std::uint64_t>& sum, const std::optional<std::uint64_t>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

auto pair_of(const CallEdge& edge) {
  return std::tuple(edge.caller, edge.callee.value_or(UINT32_MAX), std::string_view(edge.outside));
}
auto key_of(const CallEdge& edge) { return std::tuple(pair_of(edge), std::string_view(edge.report->format)); }

class EdgeGatherer {
 public:
  EdgeGatherer(const MergeInput& input, NamedLandscape& landscape, Merged& out)
      : input_(input), landscape_(landscape), out_(out) {}

  ServiceGraph gather() {
    graph_.failed_from_outside.resize(landscape_.size());
    for (const NamedReport& report : input_.reports) {
      for (const ObservedCall& call : report.said.calls) take(report, call);
    }
    note_own_calls();
    std::stable_sort(found_.begin(), found_.end(),
                     [](const CallEdge& a, const CallEdge& b) { return key_of(a) < key_of(b); });
    unite();
    sum_outside();
    return std::move(graph_);
  }

 private:
  struct Counts {
    std::uint64_t calls = 0, failed = 0;
  };

  void take(const NamedReport& report, const ObservedCall& call) {
    const auto caller = landscape_.service(call.caller), callee = landscape_.service(call.callee);
    // A person's word: something outside that this service depends on.
    const bool is_outside =
        !callee && call.strength && call.callee_kind == EndpointKind::Outside && is_label(call.callee);
    if (!caller) landscape_.count_call(call.caller);
    if (!callee && !is_outside) landscape_.count_call(call.callee);
    if (!caller && callee && call.failed) {
      Counts& sum = outside_[{*callee, call.caller}][report.format];
      sum.calls += call.calls.value_or(0);
      sum.failed += *call.failed;
    }
    if (caller && !callee && !is_outside && landscape_.may_be_ours(call.callee)) {
      graph_.unmatched[*caller].insert(call.callee);
    }
    if (!caller || (!callee && !is_outside)) return;
    if (callee && *caller == *callee) {
      ++own_calls_[std::string(landscape_.name(*caller))];
      return;
    }
    CallEdge edge{.caller = *caller, .callee = callee};
    if (is_outside) edge.outside = call.callee;
    edge.calls = call.calls;
    edge.failed = call.failed;
    edge.stated = call.strength;
    edge.report = &report;
    edge.first = &call;
    found_.push_back(std::move(edge));
  }

  void note_own_calls() {
    if (own_calls_.empty()) return;
    std::string names;
    for (const auto& [name, count] : own_calls_) names += (names.empty() ? "" : ", ") + name;
    out_.issues.add(
        {Severity::Note, "", {}, "", fmt::format("calls of a service to itself are no dependency: {}", names)});
  }

  // Of neighbours in found_ with one pair and one format the sum, of those with one pair the greatest.
  void unite() {
    std::vector<CallEdge>& edges = graph_.edges;
    for (std::size_t i = 0; i < found_.size();) {
      CallEdge sum = found_[i];
      std::size_t next = i + 1;
      for (; next < found_.size() && key_of(found_[next]) == key_of(found_[i]); ++next) {
        add_to(sum.calls, found_[next].calls);
        add_to(sum.failed, found_[next].failed);
        if (!sum.stated) sum.stated = found_[next].stated;
      }
      const bool is_other = edges.empty() || pair_of(edges.back()) != pair_of(sum);
      if (is_other) {
        edges.push_back(std::move(sum));
      } else {
        const auto stated = edges.back().stated ? edges.back().stated : sum.stated;
        if (sum.calls.value_or(0) > edges.back().calls.value_or(0)) edges.back() = std::move(sum);
        edges.back().stated = stated;
      }
      i = next;
    }
  }

  // The same of callers that are no services of ours.
  void sum_outside() {
    for (const auto& [ends, formats] : outside_) {
      const auto most = std::max_element(formats.begin(), formats.end(),
                                         [](const auto& a, const auto& b) { return a.second.calls < b.second.calls; });
      add_to(graph_.failed_from_outside[ends.first], most->second.failed);
    }
  }

  const MergeInput& input_;
  NamedLandscape& landscape_;
  Merged& out_;
  std::vector<CallEdge> found_;
  std::map<std::string, std::uint64_t> own_calls_;
  std::map<std::pair<ServiceId, std::string>, std::map<std::string, Counts>> outside_;  // by callee and caller, format
  ServiceGraph graph_;
};

// part of whole, at least `least`; exact.
bool reaches(std::uint64_t part, std::uint64_t whole, Percent least) {
  return Int128{part} * Percent::max().steps() >= Int128{whole} * least.steps();
}

struct Totals {
  std::uint64_t calls = 0, failed_out = 0, failed_in = 0;
  bool has_callers = false;
};

}  // namespace

ServiceGraph service_graph(const MergeInput& input, NamedLandscape& landscape, Merged& out) {
  return EdgeGatherer(input, landscape, out).gather();
}

std::vector<JudgedEdge> judge(const ServiceGraph& graph, const ImportPolicy& policy) {
  const std::vector<CallEdge>& edges = graph.edges;
  std::vector<Totals> totals(graph.failed_from_outside.size());
  for (std::size_t i = 0; i < totals.size(); ++i) {
    totals[i].failed_in = graph.failed_from_outside[i].value_or(0);
    totals[i].has_callers = graph.failed_from_outside[i].has_value();
  }
  for (const CallEdge& edge : edges) {
    totals[edge.caller].calls += edge.calls.value_or(0);
    totals[edge.caller].failed_out += edge.failed.value_or(0);
    if (!edge.callee || !edge.failed) continue;
    totals[*edge.callee].failed_in += *edge.failed;
    totals[*edge.callee].has_callers = true;
  }
  std::vector<JudgedEdge> judged(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const CallEdge& edge = edges[i];
    const Totals& caller = totals[edge.caller];
    const auto least = static_cast<std::uint64_t>(policy.least_failed.steps());
    const bool has_failed = edge.failed && *edge.failed != 0 && *edge.failed >= least && caller.has_callers;
    bool is_strong = true;
    if (edge.stated) {
      is_strong = *edge.stated == Strength::Strong;
    } else if (has_failed) {
      is_strong = reaches(std::min(caller.failed_in, caller.failed_out), caller.failed_out, policy.error_propagation);
    } else if (edge.calls) {
      is_strong = reaches(*edge.calls, caller.calls, policy.strong_call_share);
    }
    judged[i].is_judged = edge.stated || has_failed || edge.calls;
    judged[i].strength = is_strong ? Strength::Strong : Strength::Weak;
  }
  return judged;
}

}  // namespace migplan
