#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/playbook/rule.hpp"
#include "migplan/playbook/service_facts.hpp"
#include "migplan/playbook/template_variables.hpp"
#include "migplan/scheduling/plan_dates.hpp"

namespace migplan {

struct PhaseDates {
  Date start, finish;
};

// A step that a service's facts chose.
struct ChosenStep {
  const RuleSection* section = nullptr;
  const RuleStep* step = nullptr;
  std::string because;              // what of its condition holds; empty = it has none
  std::string_view phase;           // of the rule; empty where the service's route has none of that name
  std::optional<PhaseDates> dates;  // of that phase, where the schedule has it
};

// The runbook of one service before it is written out: facts, what was worked out of them, the steps in the order of
// work, and what their templates show.
struct Runbook {
  ServiceIndex service = 0;
  DerivedFacts derived;
  ServiceFacts facts;
  const DatedService* plan = nullptr;  // null = no schedule, or none of this service
  std::optional<Date> cutover{};       // by the schedule
  std::vector<ChosenStep> steps;
  TemplateObject variables;
};

// `plan` may be null. The runbook points into the playbook, the plan and the landscape's inventory.
[[nodiscard]] Runbook make_runbook(const PlaybookLandscape& landscape, const Playbook& playbook, ServiceIndex service,
                                   const DatedService* plan);

}  // namespace migplan
