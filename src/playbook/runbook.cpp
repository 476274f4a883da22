#include "migplan/playbook/runbook.hpp"

#include <algorithm>
#include <utility>

#include "migplan/playbook/type_map.hpp"
#include "runbook_variables.hpp"

namespace migplan {
namespace {

// A type that cannot be read is shown with the reason: the runbook goes on.
PayloadVerdict verdict_on(std::string_view java) {
  PayloadVerdict made{.java = std::string(java), .go = "", .zero_copy = "unknown", .reason = "", .wire = ""};
  const auto type = parse_java_type(java);
  if (!type.is_ok()) {
    made.reason = type.issues().kept().front().message;
    return made;
  }
  const auto map = type_map(type.value());
  if (!map.is_ok()) {
    made.reason = map.issues().kept().front().message;
    return made;
  }
  const TypeLevel& level = map.value().payload();
  return {made.java, level.go.text, std::string(name_of(level.verdict)), level.reason, level.wire};
}

std::optional<PhaseDates> dates_of(const DatedService* plan, std::string_view phase) {
  if (plan == nullptr || phase.empty()) return std::nullopt;
  const auto found = std::find_if(plan->phases.begin(), plan->phases.end(),
                                  [phase](const DatedPhase& dated) { return dated.phase == phase; });
  if (found == plan->phases.end()) return std::nullopt;
  return PhaseDates{found->start, found->finish};
}

std::vector<ChosenStep> chosen_steps(const Playbook& playbook, const ServiceFacts& facts, const DatedService* plan) {
  const Condition::TestHolds holds = [&facts](const ConditionTest& test) { return facts.holds(test); };
  std::vector<ChosenStep> chosen;
  for (const RuleSection& section : playbook.sections()) {
    for (const RuleStep& step : section.steps) {
      if (step.when && !step.when->holds(holds)) continue;
      chosen.push_back(
          {&section, &step, step.when ? step.when->because(holds) : std::string(), dates_of(plan, step.phase)});
    }
  }
  return chosen;
}

}  // namespace

Runbook make_runbook(const PlaybookLandscape& landscape, const Playbook& playbook, ServiceIndex service,
                     const DatedService* plan) {
  DerivedFacts derived = derived_facts(landscape, service);
  ServiceFacts facts(landscape, service, derived);
  Runbook made{.service = service,
               .derived = std::move(derived),
               .facts = std::move(facts),
               .payloads = {},
               .plan = plan,
               .steps = {},
               .variables = {}};
  for (const std::string_view java : details_of(landscape.card().inventory()[service]).payloads) {
    made.payloads.push_back(verdict_on(java));
  }
  if (const auto cutover = dates_of(plan, kCutover)) made.cutover = cutover->start;
  made.steps = chosen_steps(playbook, made.facts, plan);
  made.variables = runbook_variables(landscape, made);
  return made;
}

}  // namespace migplan
