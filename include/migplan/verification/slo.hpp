#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/model/verification_policy.hpp"
#include "migplan/verification/check.hpp"
#include "migplan/verification/error_budget.hpp"
#include "migplan/verification/objective.hpp"

namespace migplan {

// "30 days", "28 to 31 days".
[[nodiscard]] Text text_of(const ObjectiveWindow& window);

struct MeasuredCoverage {
  Percent share;
  EvidencePlace place;
};

// By service, where an inventory states it.
[[nodiscard]] std::map<std::string, MeasuredCoverage> coverage_of(const Inventory& inventory);

struct SloEvidence {
  std::vector<ServiceObjective> objectives;  // in the order of their files
  std::vector<MeasuredLevels> measured;
  bool is_measured = false;                          // an objective without counts is then an open question
  std::map<std::string, MeasuredCoverage> coverage;  // by service, where `measured` has none
  std::optional<Percent> least_coverage;             // in place of the policy's; unknown coverage is then open, too
};

inline constexpr std::array<std::string_view, 6> kSloRules{"slo-shape", "slo-agreement", "slo-budget",
                                                           "slo-burn",  "slo-latency",   "slo-coverage"};

// An objective and how its error budget stands.
struct JudgedObjective {
  ServiceObjective objective;
  std::optional<ErrorBudget> budget;  // nullopt = there are no counts of it
};

struct SloResult {
  std::vector<JudgedObjective> objectives;  // by service, then as their files list them
  std::vector<Check> checks;                // those of an objective one behind the other
};

// Service level objectives; models.md section 9:
// - slo-shape: the target leaves something to fail and something to keep, window and limit are above 0, and no
//   objective stands there twice.
// - slo-agreement: a stated error budget is what the target leaves.
// Where levels were measured:
// - slo-budget: no more failures than the window allows, exactly.
// - slo-burn: the budget lasts to the window's end at the rate so far. What was counted is a sample of the window, so
//   exact one-sided bounds (one_sided_bounds) must agree, unless the window is over.
// - slo-latency: what a 95th percentile says of the objective; of one for another share of requests it may say nothing.
// - slo-coverage: of unit tests, at least.
// Limits are kept when reached exactly.
[[nodiscard]] SloResult slo_result(const SloEvidence& evidence, const SloPolicy& policy);

// Counts that find no objective: errors for an objective's name that the service does not have and for counts that
// stand there twice, warnings for services without objectives.
[[nodiscard]] Issues measured_issues(const SloEvidence& evidence);

}  // namespace migplan
