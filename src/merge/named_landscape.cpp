#include "named_landscape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "migplan/base/wildcard.hpp"

namespace migplan {
namespace {

constexpr std::size_t kMostHints = 100;  // each is a search through all names

struct NodeNames {
  EndpointKind kind;
  const std::vector<std::string>* names;
};

std::array<NodeNames, 5> node_names(const ImportPolicy& policy) {
  return {{{EndpointKind::Database, &policy.databases},
           {EndpointKind::Messaging, &policy.messaging},
           {EndpointKind::Gateway, &policy.gateways},
           {EndpointKind::Artefact, &policy.artefacts},
           {EndpointKind::Unknown, &policy.unknown}}};
}

}  // namespace

NamedLandscape::NamedLandscape(const MergeInput& input, Merged& out) : input_(input), out_(out) {
  if (input.inventory != nullptr) {
    for (const Service& service : input.inventory->services()) names_.push_back(service.name);
  }
  known_.assign(names_);
  matcher_.emplace(*input.names, known_, input.adds || input.inventory == nullptr);
  collect();
  for (Entry& entry : entries_) resolve(entry);
  number_new_ones();
  list_unmatched();
  list_ours();
}

void NamedLandscape::collect() {
  for (const NamedReport& report : input_.reports) {
    for (const std::string& subject : report.said.subjects) meet(subject, EndpointKind::Service, report);
    for (const Observation& fact : report.said.facts) meet(fact.subject, EndpointKind::Service, report);
    for (const auto& found : report.said.vulnerabilities) meet(found.subject, EndpointKind::Service, report);
    for (const ObservedCall& call : report.said.calls) {
      meet(call.caller, call.caller_kind, report);
      meet(call.callee, call.callee_kind, report);
    }
  }
}

void NamedLandscape::meet(std::string_view name, EndpointKind kind, const NamedReport& report) {
  const auto [at, is_new] = by_name_.emplace(name, entries_.size());
  if (is_new) entries_.push_back({.name = name, .report = &report});
  Entry& entry = entries_[at->second];
  if (entry.kind == EndpointKind::Service) entry.kind = kind;
}

void NamedLandscape::leave_out(Entry& entry, std::string_view kind, std::string why) {
  entry.is_left_out = true;
  entry.kind_name = kind;
  entry.why = std::move(why);
}

// A name that the inventory has, or that somebody declared, is a service whatever a tool takes it for.
void NamedLandscape::resolve(Entry& entry) {
  NameMatch match = matcher_->match(entry.name);
  if (match.by == MatchedBy::Ignored) return leave_out(entry, "ignored", std::move(match.why));
  const bool is_sure = !match.ours.empty() && (!match.is_new || match.by == MatchedBy::Alias);
  if (!is_sure) {
    if (entry.kind != EndpointKind::Service) return leave_out(entry, name_of(entry.kind), "the report says so");
    for (const NodeNames& some : node_names(*input_.policy)) {
      for (const std::string& pattern : *some.names) {
        if (!matches_wildcard(pattern, entry.name)) continue;
        return leave_out(entry, name_of(some.kind), fmt::format("the policy says so of {}", in_quotes(pattern)));
      }
    }
  }
  entry.why = std::move(match.why);
  if (match.is_new) {
    entry.ours = std::move(match.ours);
  } else if (!match.ours.empty()) {
    entry.service = known_.find(match.ours);
  }
}

void NamedLandscape::number_new_ones() {
  std::vector<std::string>& made = out_.new_services;
  for (const Entry& entry : entries_) {
    if (!entry.ours.empty()) made.push_back(entry.ours);
  }
  std::sort(made.begin(), made.end());
  made.erase(std::unique(made.begin(), made.end()), made.end());
  const std::size_t known = names_.size();
  names_.insert(names_.end(), made.begin(), made.end());
  for (Entry& entry : entries_) {
    if (entry.ours.empty()) continue;
    const auto at = std::lower_bound(made.begin(), made.end(), entry.ours);
    entry.service = static_cast<ServiceId>(known + static_cast<std::size_t>(at - made.begin()));
  }
}

void NamedLandscape::list_unmatched() {
  std::vector<const Entry*> left;
  for (const Entry& entry : entries_) {
    if (!entry.service && !entry.is_left_out) left.push_back(&entry);
  }
  std::sort(left.begin(), left.end(), [](const Entry* a, const Entry* b) { return a->name < b->name; });
  const bool adds = input_.adds || input_.inventory == nullptr;
  for (const Entry* entry : left) {
    const std::string& file = entry->report->file;
    if (adds) {
      out_.issues.add({Severity::Error,
                       file,
                       {},
                       "",
                       fmt::format("{}: {}", in_quotes(entry->name), entry->why),
                       "give it a name by an alias or pattern of --map, or ignore it there"});
      continue;
    }
    const bool has_hint = input_.inventory != nullptr && out_.unmatched.size() < kMostHints;
    out_.unmatched.push_back({.name = std::string(entry->name),
                              .file = file,
                              .why = entry->why,
                              .nearest = has_hint ? std::string(input_.inventory->nearest(entry->name)) : ""});
  }
}

void NamedLandscape::list_ours() {
  std::vector<bool> is_met(names_.size());
  for (const Entry& entry : entries_) {
    if (entry.service) is_met[*entry.service] = true;
  }
  for (std::size_t i = 0; i < is_met.size(); ++i) {
    if (is_met[i]) continue;
    out_.unmatched.push_back(
        {.is_ours = true, .name = std::string(names_[i]), .file = {}, .why = "no report names it", .nearest = {}});
  }
}

std::optional<NamedLandscape::ServiceId> NamedLandscape::service(std::string_view theirs) const {
  const auto at = by_name_.find(theirs);
  return at == by_name_.end() ? std::nullopt : entries_[at->second].service;
}

bool NamedLandscape::may_be_ours(std::string_view theirs) const {
  const auto at = by_name_.find(theirs);
  if (at == by_name_.end()) return false;
  const Entry& entry = entries_[at->second];
  return !entry.service && (!entry.is_left_out || entry.kind_name == name_of(EndpointKind::Unknown));
}

std::optional<TextIndex> NamedLandscape::node(ServiceId id) const noexcept {
  if (input_.layout == nullptr || id >= input_.layout->services.size()) return std::nullopt;
  return input_.layout->services[id];
}

void NamedLandscape::count_call(std::string_view theirs) {
  if (const auto at = by_name_.find(theirs); at != by_name_.end()) ++entries_[at->second].calls;
}

void NamedLandscape::finish() {
  for (Entry& entry : entries_) {
    if (!entry.is_left_out) continue;
    out_.left_out.push_back(
        {std::string(entry.name), std::move(entry.kind_name), std::move(entry.why), entry.report->file, entry.calls});
  }
  std::sort(out_.left_out.begin(), out_.left_out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
}

}  // namespace migplan
