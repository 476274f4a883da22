#pragma once

#include <string_view>
#include <vector>

#include "field_spec.hpp"
#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

// What a row says of its result.
struct RecordedOutcome {
  Points score;
  std::string_view tier;
};

struct ScoreRowDraft {
  Service service;
  TierOverride tier_override;
  bool has_override = false;
  RecordedOutcome outcome;
};

struct ScoreReportDraft {
  ScoreRowDraft row;  // one at a time
  PolicyValues policy;
  Position policy_at;
  Count count;
  Position services_at;
  InventoryPart part;
  std::vector<RecordedOutcome> outcomes;  // of the services in order
};

[[nodiscard]] const MapSpec& score_report_spec() noexcept;  // target: ScoreReportDraft

}  // namespace migplan
