#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "named_landscape.hpp"

namespace migplan {

// Names of tools, in small letters: "Trivy" in SARIF is "trivy".
using ToolNames = std::set<std::string, std::less<>>;
// Adds those of "trivy, grype".
void add_tools(ToolNames& tools, std::string_view joined);

// Whether it was taken before the report that the record is of, as far as both say so.
[[nodiscard]] bool is_older(const FactSource& source, const ProvenanceRecord& record);

// What would become of a fact.
struct ProposedFact {
  NamedLandscape::ServiceId service = 0;
  std::string fact;
  std::optional<std::string> before{};  // as it stands
  std::string now{};                    // empty where it goes
  FactSource source{};
  bool stands_against = false;  // something that a person said
  ConflictKind kind = ConflictKind::Stands;
};

// Decides of single facts whether they may change, and remembers what was imported.
class FactDecisions {
 public:
  using ServiceId = NamedLandscape::ServiceId;
  FactDecisions(const MergeInput& input, const NamedLandscape& landscape, Merged& out)
      : input_(input), landscape_(landscape), out_(out) {}

  // Else the conflict is listed.
  [[nodiscard]] bool may_change(const ProposedFact& proposed);
  // Two reports of one run: `now` of `source` against `before` of `other`. Kept is what `stands`, where something does.
  void contradict(const ProposedFact& proposed, const FactSource& other, bool stands);

  // The record of a fact that stands as it was imported; null = a person's word.
  [[nodiscard]] const ProvenanceRecord* imported(ServiceId service, std::string_view fact,
                                                 std::string_view value) const noexcept;
  // Whether it was imported by tools that all speak again.
  [[nodiscard]] bool is_refresh(ServiceId service, std::string_view fact, std::string_view value,
                                const ToolNames& tools) const;

  void record(ServiceId service, std::string fact, std::string value, const FactSource& source);
  // That a report says what a person said makes it no less the person's word: only what was imported is recorded anew.
  void confirm(ServiceId service, const std::string& fact, const std::string& value, const FactSource& source,
               const ToolNames& tools);
  // The fact no longer stands; whoever states it again is not a report.
  void forget(ServiceId service, std::string fact);

  // Of all that stands now.
  [[nodiscard]] Provenance provenance() &&;

 private:
  void add_conflict(const ProposedFact& proposed, std::string kept_by);
  [[nodiscard]] std::string place_of(ServiceId service, std::string_view fact) const;

  const MergeInput& input_;
  const NamedLandscape& landscape_;
  Merged& out_;
  std::vector<ProvenanceRecord> records_;
  std::vector<std::pair<std::string, std::string>> gone_;  // service, fact
};

}  // namespace migplan
