#include "migplan/playbook/runbook.hpp"

#include <algorithm>
#include <utility>

#include "runbook_variables.hpp"

namespace migplan {
namespace {

std::optional<PhaseDates> dates_of(const DatedService* plan, std::string_view phase) {
  if (plan == nullptr || phase.empty()) return std::nullopt;
  const auto found = std::find_if(plan->phases.begin(), plan->phases.end(),
                                  [phase](const DatedPhase& dated) { return dated.phase == phase; });
  if (found == plan->phases.end()) return std::nullopt;
  return PhaseDates{found->start, found->finish};
}

std::vector<ChosenStep> chosen_steps(const Playbook& playbook, const ServiceFacts& facts, const Route& route,
                                     const DatedService* plan) {
  const Condition::TestHolds holds = [&facts](const ConditionTest& test) { return facts.holds(test); };
  std::vector<ChosenStep> chosen;
  for (const RuleSection& section : playbook.sections()) {
    for (const RuleStep& step : section.steps) {
      if (step.when && !step.when->holds(holds)) continue;
      const bool is_of_route = std::find(route.phases.begin(), route.phases.end(), step.phase) != route.phases.end();
      const std::string_view phase = is_of_route ? std::string_view(step.phase) : std::string_view();
      chosen.push_back(
          {&section, &step, step.when ? step.when->because(holds) : std::string(), phase, dates_of(plan, phase)});
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
               .plan = plan,
               .steps = {},
               .variables = {}};
  if (const auto cutover = dates_of(plan, kCutover)) made.cutover = cutover->start;
  const auto& routes = landscape.card().policy().schedule().routes;
  made.steps = chosen_steps(playbook, made.facts, routes.at(std::string(made.derived.route)), plan);
  made.variables = runbook_variables(landscape, made);
  return made;
}

}  // namespace migplan
