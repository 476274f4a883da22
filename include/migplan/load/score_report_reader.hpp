#pragma once

#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/inventory.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

// The schema that a score report names: `migplan score --format json` writes it.
inline constexpr std::string_view kScoreReportSchema = "migplan/score/v1";

// What a score report was made from, as far as scores hang on it: its services with the facts that count, derived ones
// as stated, and the policy's scoring and tiers (the rest of the policy is the built-in one's).
struct RecordedScores {
  Policy policy;
  Inventory inventory;
};

// Refuses another schema or version, a report that was cut (--top, --filter, --columns …), and one whose scores or
// tiers are not those that its own facts and policy give. Keys that this version does not know are passed over.
[[nodiscard]] Result<RecordedScores> read_score_report(ByteSource& source, std::string_view name);

}  // namespace migplan
