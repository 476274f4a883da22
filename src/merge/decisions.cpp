#include "decisions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migplan/base/ascii.hpp"
#include "migplan/base/timestamp.hpp"
#include "migplan/base/wildcard.hpp"

namespace migplan {
namespace {

constexpr std::string_view kKeepOption = "--on-conflict keep";

}  // namespace

void add_tools(ToolNames& tools, std::string_view joined) {
  constexpr std::string_view kBetween = ", ";
  while (!joined.empty()) {
    const std::size_t end = std::min(joined.find(kBetween), joined.size());
    std::string name(joined.substr(0, end));
    for (char& c : name) c = lower(c);
    tools.insert(std::move(name));
    joined.remove_prefix(std::min(end + kBetween.size(), joined.size()));
  }
}

bool is_older(const FactSource& source, const ProvenanceRecord& record) {
  const auto now = parse_timestamp(source.taken), before = parse_timestamp(record.source.taken);
  return now && before && *now < *before;
}

const ProvenanceRecord* FactDecisions::imported(ServiceId service, std::string_view fact,
                                                std::string_view value) const noexcept {
  const ProvenanceRecord* const earlier = input_.earlier->find(landscape_.name(service), fact);
  return earlier != nullptr && earlier->value == value ? earlier : nullptr;
}

bool FactDecisions::is_refresh(ServiceId service, std::string_view fact, std::string_view value,
                               const ToolNames& tools) const {
  const ProvenanceRecord* const earlier = imported(service, fact, value);
  if (earlier == nullptr) return false;
  ToolNames before;
  add_tools(before, earlier->source.tool);
  return std::includes(tools.begin(), tools.end(), before.begin(), before.end());
}

bool FactDecisions::may_change(const ProposedFact& proposed) {
  const bool is_kept = input_.on_conflict == OnConflict::Keep;
  const auto node = landscape_.node(proposed.service);
  if (node && input_.layout->is_tied(*node, proposed.fact)) {
    ProposedFact tied = proposed;
    tied.kind = ConflictKind::Tied;
    add_conflict(tied, is_kept && proposed.before ? std::string(kKeepOption) : std::string());
    return false;
  }
  if (!proposed.stands_against) return true;
  for (const std::string& kept : input_.policy->kept) {
    if (!matches_wildcard(kept, proposed.fact)) continue;
    add_conflict(proposed, "policy");
    return false;
  }
  if (input_.on_conflict == OnConflict::Replace) return true;
  add_conflict(proposed, is_kept ? std::string(kKeepOption) : std::string());
  return false;
}

void FactDecisions::contradict(const ProposedFact& proposed, const FactSource& other, bool stands) {
  const bool is_kept = stands && input_.on_conflict == OnConflict::Keep;
  out_.conflicts.push_back({ConflictKind::Contradiction, std::string(landscape_.name(proposed.service)), proposed.fact,
                            proposed.before.value_or(""), proposed.now, proposed.source, to_string(other),
                            is_kept ? std::string(kKeepOption) : std::string()});
}

void FactDecisions::add_conflict(const ProposedFact& proposed, std::string kept_by) {
  out_.conflicts.push_back({proposed.kind, std::string(landscape_.name(proposed.service)), proposed.fact,
                            proposed.before.value_or(""), proposed.now, proposed.source,
                            place_of(proposed.service, proposed.fact), std::move(kept_by)});
}

std::string FactDecisions::place_of(ServiceId service, std::string_view fact) const {
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

void FactDecisions::record(ServiceId service, std::string fact, std::string value, const FactSource& source) {
  records_.push_back({std::string(landscape_.name(service)), std::move(fact), std::move(value), source});
}

void FactDecisions::confirm(ServiceId service, const std::string& fact, const std::string& value,
                            const FactSource& source, const ToolNames& tools) {
  ++out_.confirmed;
  if (is_refresh(service, fact, value, tools) && !is_older(source, *imported(service, fact, value))) {
    record(service, fact, value, source);
  }
}

void FactDecisions::forget(ServiceId service, std::string fact) {
  gone_.emplace_back(std::string(landscape_.name(service)), std::move(fact));
}

Provenance FactDecisions::provenance() && { return input_.earlier->without(gone_).with(std::move(records_)); }

}  // namespace migplan
