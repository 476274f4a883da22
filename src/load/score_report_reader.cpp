#include "migplan/load/score_report_reader.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "document_reader.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/scoring/scorecard.hpp"
#include "score_report_spec.hpp"

namespace migplan {
namespace {

Issue about(std::string_view file, Position at, std::string path, std::string message, std::string hint = {}) {
  return {Severity::Error, std::string(file), at, std::move(path), std::move(message), std::move(hint)};
}

// A report that says other things than its own facts was edited, or computed otherwise.
Issues contradictions(const RecordedScores& recorded, const std::vector<RecordedOutcome>& outcomes,
                      std::string_view file) {
  Issues issues;
  const Scorecard card(recorded.inventory, recorded.policy);
  for (ServiceIndex i = 0; i < outcomes.size(); ++i) {
    const Score& score = card[i];
    const std::string_view tier = recorded.policy.tiers()[score.tier].name;
    if (outcomes[i].score == score.total && outcomes[i].tier == tier) continue;
    issues.add(about(file, recorded.inventory[i].at, fmt::format("services[{}]", i),
                     fmt::format("{} has score {} and tier {}, but its facts and the report's policy give {} and {}",
                                 recorded.inventory[i].name, trimmed(outcomes[i].score), in_quotes(outcomes[i].tier),
                                 trimmed(score.total), tier),
                     "write the report anew, without --columns, instead of editing it"));
  }
  return issues;
}

Result<RecordedScores> recorded_scores(ScoreReportDraft& draft, std::string_view name) {
  Issues issues;
  for (Tier& tier : draft.policy.tiers) tier.route.clear();  // the report does not tell what its phases are
  Result<Policy> policy = Policy::create(std::move(draft.policy));
  for (const Issue& issue : policy.issues().kept()) {
    issues.add(about(name, draft.policy_at, "policy." + issue.path, issue.message, issue.hint));
  }
  const auto rows = static_cast<std::int64_t>(draft.part.size());
  if (rows != draft.count.steps()) {
    issues.add(about(name, draft.services_at, "services",
                     fmt::format("the report holds {} of {} services", rows, draft.count.steps()),
                     "write it without --top, --tier and --filter"));
  }
  std::vector<InventoryPart> parts;
  parts.push_back(std::move(draft.part));
  Result<Inventory> inventory = Inventory::create(std::move(parts), {std::string(name)});
  issues.append(Issues(inventory.issues()));
  if (issues.has_errors()) return issues;
  RecordedScores recorded{std::move(policy).value(), std::move(inventory).value()};
  issues.append(contradictions(recorded, draft.outcomes, name));
  if (issues.has_errors()) return issues;
  return recorded;
}

}  // namespace

Result<RecordedScores> read_score_report(ByteSource& source, std::string_view name) {
  PeekedSource peeked(source);
  if (!peeked.error().empty()) {
    return Issue{Severity::Error, std::string(name), {}, "", std::string(peeked.error()), "", Cause::Access};
  }
  if (auto issue = other_schema(peeked.front().substr(0, kSchemaWithin), name, "score report", kScoreReportSchema,
                                "migplan score --format json -o FILE writes one")) {
    return *std::move(issue);
  }
  ScoreReportDraft draft;
  draft.policy = builtin_policy().values();
  Issues issues;
  FieldReader reader(score_report_spec(), &draft, name, issues, draft.part.arena());
  feed_document(peeked, reader);
  if (issues.has_errors()) return issues;
  return recorded_scores(draft, name);
}

}  // namespace migplan
