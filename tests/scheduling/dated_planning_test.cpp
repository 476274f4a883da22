#include <catch2/catch.hpp>
#include <string>

#include "../load/reading.hpp"
#include "dated.hpp"
#include "landscapes.hpp"
#include "migplan/scheduling/planning.hpp"
#include "migplan/scheduling/violation.hpp"

using namespace migplan;
using namespace migplan::dated;
using namespace migplan::testing;

namespace {

Planning made(const Scorecard& card) {
  SearchOptions search;
  search.budget = 20;
  Result<Planning> planning = make_plan(card, {}, search);
  return reading::accepted(std::move(planning));
}

Result<Planning> read_back(const Scorecard& card, const PlanDates& dates) {
  return planning_of(card, {}, dates, violations(card, dates));
}

// Everything that a report shows of a plan, in one text.
std::string shown(const Plan& plan) {
  std::string text = std::to_string(plan.makespan()) + (plan.is_end_met() ? " met" : " missed");
  for (const Migration& migration : plan.programme().migrations()) {
    text += "\n" + std::string(plan.programme().name_of(migration)) + " slack " + std::to_string(plan.slack(migration));
    for (const RoutePhase& phase : plan.programme().phases(migration)) {
      const Binding binding = plan.binding(phase);
      text += " " + std::to_string(plan.start(phase.activity)) + "-" + std::to_string(plan.finish(phase.activity)) +
              " " + std::string(name_of(binding.kind));
    }
    text += " by " + std::string(plan.root_cause(migration).name);
  }
  text += "\nchain";
  for (const ActivityIndex i : plan.critical_chain()) text += " " + std::to_string(i);
  for (const Wave& wave : plan.waves())
    text += "\n" + wave.window.to_string() + " " + std::to_string(wave.migrations.size());
  for (const Bridge& bridge : plan.bridges())
    text += "\nbridge " + std::to_string(bridge.from) + " " + std::to_string(bridge.to);
  for (ResourceIndex r = 0; r < plan.programme().resources().size(); ++r)
    text += "\nwork " + std::to_string(plan.load(r).work);
  return text;
}

}  // namespace

TEST_CASE("planning_of: the dates of a plan of ours are that plan again", "[property]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed + 5000);
    const Landscape land = landscape(random, static_cast<int>(random.between(1, 40)));
    const Scorecard card(*land.inventory, *land.policy);
    INFO("seed " << seed);
    const Planning planning = made(card);
    if (planning.plan == nullptr) continue;
    const Planning again = reading::accepted(read_back(card, planning.plan->dates()));
    CHECK(shown(*again.plan) == shown(*planning.plan));
  }
}

TEST_CASE("planning_of: dates that break every rule but the names still make a plan", "[property]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed + 6000);
    const Landscape land = landscape(random, static_cast<int>(random.between(1, 30)));
    const Scorecard card(*land.inventory, *land.policy);
    INFO("seed " << seed);
    const Planning planning = made(card);
    if (planning.plan == nullptr) continue;
    PlanDates dates = planning.plan->dates();
    const Date first = land.policy->schedule().start;
    for (DatedService& service : dates.services) {
      for (DatedPhase& phase : service.phases) {
        phase.start = first.plus(random.between(0, 900)).value();
        phase.finish = phase.start.plus(random.between(-1, 60)).value();
      }
    }
    const Planning moved = reading::accepted(read_back(card, dates));
    CHECK_FALSE(shown(*moved.plan).empty());
    Day last = 0;
    for (const DatedService& service : dates.services) {
      // The cutover of a group is that of one of its members.
      for (const DatedPhase& phase : service.phases) {
        if (phase.phase != kCutover) last = std::max(last, moved.programme->day_of(phase.finish) + 1);
      }
    }
    CHECK(moved.plan->makespan() >= last);
  }
}

TEST_CASE("planning_of: dates of another inventory are refused, and what differs is named") {
  Random random(1);
  const Landscape land = landscape(random, 6);
  const Scorecard card(*land.inventory, *land.policy);
  const Planning planning = made(card);
  REQUIRE(planning.plan != nullptr);
  PlanDates dates = planning.plan->dates();
  dates.file = "plan.json";
  REQUIRE(dates.services.size() > 2);
  const std::string gone = dates.services[0].name, shorter = dates.services[1].name,
                    phase = dates.services[1].phases[0].phase;
  dates.services[0].name = "stranger";
  dates.services[1].phases.erase(dates.services[1].phases.begin());
  const Result<Planning> refused = read_back(card, dates);
  REQUIRE_FALSE(refused.is_ok());
  const std::string text = reading::complaints(refused);
  INFO(text);
  CHECK(text.find("plan.json") != std::string::npos);
  CHECK(text.find("stranger") != std::string::npos);
  CHECK(text.find(gone + ": is not in the plan") != std::string::npos);
  CHECK(text.find(shorter + " " + phase) != std::string::npos);
}

TEST_CASE("planning_of: a plan of centuries is refused before its calendar is made") {
  Random random(2);
  const Landscape land = landscape(random, 3);
  const Scorecard card(*land.inventory, *land.policy);
  const Planning planning = made(card);
  REQUIRE(planning.plan != nullptr);
  PlanDates dates = planning.plan->dates();
  dates.services[0].phases.back().finish = day("2999-12-31");
  CHECK(reading::complaints(read_back(card, dates)).find("more than 40 years") != std::string::npos);
}
