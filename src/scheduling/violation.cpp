#include "migplan/scheduling/violation.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "plan_check.hpp"

namespace migplan {
namespace {

struct RuleText {
  std::string_view name, description;
};

RuleText text_of(Rule rule) noexcept {
  switch (rule) {
    case Rule::UnknownService: return {"unknown-service", "The inventory has every service of the plan"};
    case Rule::MissingService: return {"missing-service", "The plan has every service that is not moved yet"};
    case Rule::RepeatedService: return {"repeated-service", "The plan has each service once"};
    case Rule::UnknownPhase: return {"unknown-phase", "A service takes the phases of its route and no others"};
    case Rule::MissingPhase: return {"missing-phase", "A service takes every phase of its route"};
    case Rule::RepeatedPhase: return {"repeated-phase", "A service takes each phase once"};
    case Rule::PhaseOrder: return {"phase-order", "A phase begins when the one in front of it is over"};
    case Rule::Duration: return {"duration", "A phase takes as many days as it needs"};
    case Rule::WorkingDay: return {"working-day", "Work begins and ends on working days"};
    case Rule::ProgrammeStart: return {"programme-start", "Nothing begins before the programme"};
    case Rule::TierStart: return {"tier-start", "Nothing begins before its tier may"};
    case Rule::AsOf: return {"as-of", "What has not begun by the day asked about begins on it or later"};
    case Rule::Pin: return {"pin", "A phase begins on the day that it is pinned to"};
    case Rule::Progress: return {"progress", "What has begun or is over stands at its days"};
    case Rule::Freeze: return {"freeze", "A phase has no day inside a freeze that forbids it"};
    case Rule::Capacity: return {"capacity", "No more of a resource is held than there is"};
    case Rule::Precedence: return {"precedence", "Cutovers keep the order of the strong dependencies"};
    case Rule::MoveGroup:
      return {"move-group", "Services that depend on each other in a circle change over on one day"};
    case Rule::Deadline: return {"deadline", "The programme is over by its end"};
  }
  return {};
}

// The working days that any check asks for.
WorkingDays working_days(const SchedulePolicy& policy, const PlanDates& plan, std::optional<Date> as_of) {
  Date first = policy.start, last = policy.start;
  const auto include = [&first, &last](Date day) {
    first = std::min(first, day);
    last = std::max(last, day);
  };
  if (as_of) include(*as_of);
  for (const DatedService& service : plan.services) {
    for (const DatedPhase& phase : service.phases) {
      include(phase.start);
      include(phase.finish);
    }
  }
  return {policy.calendar, first, last};
}

}  // namespace

std::string_view name_of(Rule rule) noexcept { return text_of(rule).name; }
std::string_view description_of(Rule rule) noexcept { return text_of(rule).description; }

std::vector<Violation> violations(const Scorecard& card, const PlanDates& plan, std::optional<Date> as_of) {
  Duties all = duties(card, plan, as_of);
  std::vector<Violation> found = std::exchange(all.unmatched, {});
  const WorkingDays working = working_days(card.policy().schedule(), plan, as_of);
  const PlanCheck check{card, all, working, as_of, found};
  for (const ServiceDuty& duty : all.services) {
    if (duty.plan == nullptr) {
      found.push_back({Rule::MissingService, std::string(check.name_of(duty)), "", "is not in the plan"});
    } else {
      check_phases(check, duty);
    }
  }
  check_groups(check);
  check_precedences(check);
  check_capacities(check);
  std::stable_sort(found.begin(), found.end(), [](const Violation& a, const Violation& b) {
    return std::tie(a.service, a.day, a.rule, a.phase) < std::tie(b.service, b.day, b.rule, b.phase);
  });
  return found;
}

}  // namespace migplan
