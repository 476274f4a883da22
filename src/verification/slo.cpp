#include "migplan/verification/slo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "migplan/base/nearest.hpp"
#include "migplan/model/inventory.hpp"
#include "slo_rules.hpp"

namespace migplan {
namespace slo {
namespace {

constexpr Percent kNinetyFive = Percent::whole(95);

// The entry of the objective itself, or that of its service.
const MeasuredLevels* find_percentile(const ServiceObjective& objective, const SloEvidence& evidence) {
  const MeasuredLevels* found = nullptr;
  for (const MeasuredLevels& levels : evidence.measured) {
    if (levels.service != objective.service || !levels.latency_p95) continue;
    if (levels.objective == objective.name) return &levels;
    if (levels.objective.empty()) found = &levels;
  }
  return found;
}

// A percentile within the limit shows it for as large a share of the requests or a smaller one; beyond it, for a
// greater.
Verdict verdict_of(Percent target, bool is_within) noexcept {
  if (is_within) return target <= kNinetyFive ? Verdict::Pass : Verdict::Inconclusive;
  return target >= kNinetyFive ? Verdict::Fail : Verdict::Inconclusive;
}

}  // namespace

std::optional<Check> latency_check(const ServiceObjective& objective, const SloEvidence& evidence, bool is_counted) {
  const MeasuredLevels* const levels = find_percentile(objective, evidence);
  if (levels == nullptr && is_counted) return std::nullopt;
  Check check;
  check.service = objective.service;
  check.rule = "slo-latency";
  check.subject = objective.name;
  check.unit = Milliseconds::unit();
  check.source = levels == nullptr ? objective.place : levels->place;
  if (objective.latency_limit) check.limit = number_of(*objective.latency_limit);
  if (levels == nullptr) {
    check.message = say("{}: there is no latency_p95_ms of it", objective.name);
    return check;
  }
  check.observed = number_of(*levels->latency_p95);
  if (!objective.latency_limit) {
    check.message = say("{}: its file does not say the limit in ms", objective.name);
    return check;
  }
  const bool is_within = *levels->latency_p95 <= *objective.latency_limit;
  check.verdict = verdict_of(objective.target, is_within);
  check.message =
      say("{}: the 95th percentile is {} ms, and {} % of the requests are to take {} ms or less", objective.name,
          trimmed(*levels->latency_p95), trimmed(objective.target), trimmed(*objective.latency_limit));
  if (check.verdict == Verdict::Inconclusive) check.message += ": it says nothing of that share";
  return check;
}

}  // namespace slo

namespace {

class Judge {
 public:
  Judge(const SloEvidence& evidence, const SloPolicy& policy) : evidence_(evidence), policy_(policy) {}

  SloResult run() && {
    std::vector<const ServiceObjective*> sorted;
    for (const ServiceObjective& objective : evidence_.objectives) sorted.push_back(&objective);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const ServiceObjective* a, const ServiceObjective* b) { return a->service < b->service; });
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      judge(*sorted[i]);
      const bool is_last = i + 1 == sorted.size() || sorted[i + 1]->service != sorted[i]->service;
      if (is_last) judge_coverage(sorted[i]->service);
    }
    return std::move(result_);
  }

 private:
  void judge(const ServiceObjective& objective) {
    const auto [first, is_new] = seen_.emplace(std::pair{objective.service, objective.name}, &objective);
    result_.checks.push_back(slo::shape_check(objective, is_new ? nullptr : first->second, policy_));
    if (objective.stated_budget) result_.checks.push_back(slo::agreement_check(objective));
    JudgedObjective& judged = result_.objectives.emplace_back(JudgedObjective{objective, std::nullopt});
    if (!evidence_.is_measured) return;
    const slo::Counted counted = slo::counted_events(objective, evidence_, policy_);
    judged.budget = counted.budget;
    if (objective.kind != ObjectiveKind::Latency || counted.budget) {
      result_.checks.push_back(slo::budget_check(objective, counted));
      result_.checks.push_back(slo::burn_check(objective, counted, policy_.confidence));
    }
    if (objective.kind != ObjectiveKind::Latency) return;
    auto latency = slo::latency_check(objective, evidence_, counted.budget.has_value());
    if (latency) result_.checks.push_back(*std::move(latency));
  }

  [[nodiscard]] std::optional<MeasuredCoverage> coverage_of(const std::string& service) const {
    for (const MeasuredLevels& levels : evidence_.measured) {
      if (levels.service == service && levels.coverage) return MeasuredCoverage{*levels.coverage, levels.place};
    }
    const auto stated = evidence_.coverage.find(service);
    return stated == evidence_.coverage.end() ? std::nullopt : std::optional(stated->second);
  }

  void judge_coverage(const std::string& service) {
    const auto coverage = coverage_of(service);
    if (!coverage && !evidence_.least_coverage) return;
    const Percent least = evidence_.least_coverage.value_or(policy_.coverage);
    Check check;
    check.service = service;
    check.rule = "slo-coverage";
    check.unit = Percent::unit();
    check.limit = number_of(least);
    if (coverage) {
      check.observed = number_of(coverage->share);
      check.source = coverage->place;
      check.verdict = coverage->share >= least ? Verdict::Pass : Verdict::Fail;
      check.message = say("unit tests cover {} %, {} % or more is wanted", trimmed(coverage->share), trimmed(least));
    } else {
      check.message = say("nothing says what unit tests cover, {} % or more is wanted", trimmed(least));
    }
    result_.checks.push_back(std::move(check));
  }

  const SloEvidence& evidence_;
  const SloPolicy& policy_;
  SloResult result_;
  std::map<std::pair<std::string, std::string>, const ServiceObjective*> seen_;
};

Issue issue_of(Severity severity, const MeasuredLevels& levels, std::string message, std::string hint = {}) {
  return {severity, levels.place.file, levels.place.at, levels.place.field, std::move(message), std::move(hint)};
}

// Why counts find no objective; nullopt where they do.
std::optional<Issue> unmatched(const MeasuredLevels& levels, const SloEvidence& evidence) {
  std::vector<std::string_view> services, names;
  for (const ServiceObjective& objective : evidence.objectives) {
    services.push_back(objective.service);
    if (objective.service == levels.service) names.push_back(objective.name);
  }
  const auto suggest = [](std::string_view near) {
    return near.empty() ? std::string() : fmt::format("did you mean {}?", near);
  };
  if (names.empty()) {
    const std::string whose =
        levels.service.empty()
            ? "the counts do not say of which service they are"
            : fmt::format("{} has no objective, so that its counts are not judged", in_quotes(levels.service));
    return issue_of(Severity::Warning, levels, whose, suggest(nearest_name(levels.service, services)));
  }
  if (levels.objective.empty() || std::find(names.begin(), names.end(), levels.objective) != names.end()) return {};
  return issue_of(Severity::Error, levels,
                  fmt::format("{} has no objective {}", in_quotes(levels.service), in_quotes(levels.objective)),
                  suggest(nearest_name(levels.objective, names)));
}

}  // namespace

std::map<std::string, MeasuredCoverage> coverage_of(const Inventory& inventory) {
  constexpr std::int64_t kStepsOfShare = Percent::max().steps() / Share::scale();
  std::map<std::string, MeasuredCoverage> coverage;
  for (const Service& service : inventory.services()) {
    const auto& share = profile_of(service).platform.automated_test_coverage;
    if (!share.is_known()) continue;
    const std::string field =
        service.number ? fmt::format("services[{}].platform.automated_test_coverage", *service.number) : "platform";
    coverage.emplace(service.name, MeasuredCoverage{Percent::from_steps(share.value().steps() * kStepsOfShare),
                                                    {inventory.files()[service.file], service.at, field}});
  }
  return coverage;
}

SloResult slo_result(const SloEvidence& evidence, const SloPolicy& policy) { return Judge(evidence, policy).run(); }

Issues measured_issues(const SloEvidence& evidence) {
  Issues issues;
  using Name = std::pair<std::string_view, std::string_view>;
  std::map<Name, const MeasuredLevels*> seen;
  for (const MeasuredLevels& levels : evidence.measured) {
    if (auto issue = unmatched(levels, evidence)) issues.add(*std::move(issue));
    const auto [first, is_new] = seen.emplace(Name(levels.service, levels.objective), &levels);
    if (is_new) continue;
    issues.add(
        issue_of(Severity::Error, levels,
                 fmt::format("counts of {}{} stand there twice, first at {}", in_quotes(levels.service),
                             levels.objective.empty() ? "" : " " + levels.objective, to_string(first->second->place))));
  }
  return issues;
}

}  // namespace migplan
