// Lateness and remedies, replanning, risk.
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <string>

#include "migplan/scheduling/feasibility.hpp"
#include "migplan/scheduling/replanning.hpp"
#include "migplan/scheduling/risk.hpp"
#include "short_programme.hpp"

using namespace migplan;
using namespace migplan::short_programme;

namespace {

struct Planned {
  std::unique_ptr<Case> inputs;
  std::unique_ptr<Scorecard> card;
  Planning planning;
};

SearchOptions small_search() {
  SearchOptions search;
  search.budget = 100;
  return search;
}

Planned planned(Case inputs, const ProgrammeOptions& options = {}) {
  Planned made;
  made.inputs = std::make_unique<Case>(std::move(inputs));
  made.card = std::make_unique<Scorecard>(made.inputs->inventory, made.inputs->policy);
  made.planning = make_plan(*made.card, options, small_search()).value();
  return made;
}

Infeasibility explained(const Planned& made, const ProgrammeOptions& options = {}) {
  return explain_lateness(*made.card, options, small_search(), made.planning);
}

const Remedy* find(const Infeasibility& why, RemedyKind kind, std::string_view resource = {}) {
  for (const Remedy& remedy : why.remedies) {
    if (remedy.kind == kind && (resource.empty() || remedy.resource == resource)) return &remedy;
  }
  return nullptr;
}

// Six services of a week each, two squads, two cutovers a day, ten working days.
Case six_in_two_weeks() {
  PolicyValues rules = short_rules();
  rules.schedule.end = day("2024-01-26");
  rules.schedule.resources["sre-crew"].capacity = Count::from_steps(2);
  std::string services;
  for (const char* const name : {"a", "b", "c", "d", "e", "f"}) services += entry(name, kS + ", effort_days: 5");
  return of_yaml(services, rules);
}

}  // namespace

// Refactoring has to be over one working day before 2024-01-26: nine days of two squads for six weeks of work.
TEST_CASE("lateness: work that does not fit into its days is a proof") {
  const Planned made = planned(six_in_two_weeks());
  CHECK_FALSE(made.planning.plan->is_end_met());
  const auto proofs = proofs_of_lateness(*made.planning.programme);
  REQUIRE(proofs.size() == 1);
  CHECK(proofs[0].kind == ProofKind::Energy);
  CHECK(proofs[0].needed == 30);
  CHECK(proofs[0].available == 18);
  CHECK(proofs[0].from.to_string() == "2024-01-15");
  CHECK(proofs[0].to.to_string() == "2024-01-25");
}

TEST_CASE("lateness: what would help is found, and told whether it is proven") {
  const Planned made = planned(six_in_two_weeks());
  const Infeasibility why = explained(made);
  CHECK(why.late.size() == 4);
  // Three weeks of two squads, and the last pair changes over on the Monday behind them.
  const Remedy* const end = find(why, RemedyKind::End);
  REQUIRE(end != nullptr);
  CHECK(end->end->to_string() == "2024-02-05");
  // Five squads leave one service to the second week, which ends on the day of the end: too late to change over.
  const Remedy* const squads = find(why, RemedyKind::Capacity, "squads");
  REQUIRE(squads != nullptr);
  CHECK(squads->from == 2);
  CHECK(squads->to == 6);
  CHECK_FALSE(squads->is_proven);
  CHECK(find(why, RemedyKind::Capacity, "sre-crew") == nullptr);
  const Remedy* const drop = find(why, RemedyKind::Drop);
  REQUIRE(drop != nullptr);
  CHECK(drop->services.size() == 4);
}

TEST_CASE("lateness: a remedy is a plan that meets the end") {
  const Planned made = planned(six_in_two_weeks());
  for (const Remedy& remedy : explained(made).remedies) {
    ProgrammeOptions options;
    options.end = remedy.end;
    if (!remedy.resource.empty()) options.capacities[remedy.resource] = Count::from_steps(remedy.to);
    for (const std::string& name : remedy.services) options.dropped.push_back(*made.inputs->inventory.find(name));
    CHECK(make_plan(*made.card, options, small_search()).value().plan->is_end_met());
  }
}

TEST_CASE("lateness: a chain that is too long is a proof whatever there is of resources") {
  PolicyValues rules = short_rules();
  rules.schedule.end = day("2024-01-19");
  const Planned made = planned(of_yaml(entry("a", kS + ", effort_days: 5"), rules));
  const auto proofs = proofs_of_lateness(*made.planning.programme);
  REQUIRE_FALSE(proofs.empty());
  CHECK(proofs[0].kind == ProofKind::Chain);
  CHECK(proofs[0].to.to_string() == "2024-01-22");
  const Infeasibility why = explained(made);
  REQUIRE(find(why, RemedyKind::End) != nullptr);
  CHECK(find(why, RemedyKind::End)->end->to_string() == "2024-01-22");
  CHECK(find(why, RemedyKind::End)->is_proven);
}

TEST_CASE("lateness: a resource that is never there leaves no plan, and says how much would do") {
  PolicyValues rules = short_rules();
  rules.schedule.resources["squads"].capacity = Count{};
  const Planned made = planned(of_yaml(entry("a", kS + ", effort_days: 5"), rules));
  CHECK(made.planning.plan == nullptr);
  const Infeasibility why = explained(made);
  REQUIRE(why.proofs.size() == 1);
  CHECK(why.proofs[0].kind == ProofKind::Never);
  REQUIRE(find(why, RemedyKind::Capacity) != nullptr);
  CHECK(find(why, RemedyKind::Capacity)->to == 1);
  CHECK(find(why, RemedyKind::Capacity)->is_proven);
}

TEST_CASE("lateness: freezes that cover everything are a proof, not an endless search") {
  PolicyValues rules = short_rules();
  rules.schedule.calendar.freezes = {{"for ever", day("2024-01-01"), day("9999-12-31"), {"cutover"}}};
  const Planned made = planned(of_yaml(entry("a", kS + ", effort_days: 5"), rules));
  CHECK(made.planning.plan == nullptr);
  CHECK_FALSE(proofs_of_lateness(*made.planning.programme).empty());
}

TEST_CASE("replan: with the same inputs nothing moves") {
  const Planned made = planned(six_in_two_weeks());
  PlanDates before = made.planning.plan->dates();
  ProgrammeOptions options;
  options.as_of = day("2024-01-15");
  options.end = day("2024-03-01");
  const auto again = replan(*made.card, options, small_search(), before).value();
  CHECK(moves_between(before, *again.plan).moved.empty());
}

TEST_CASE("replan: only what is pushed moves") {
  PolicyValues rules = short_rules();
  const std::string services = entry("a", kS + ", effort_days: 5") + entry("b", kS + ", effort_days: 5");
  const Planned made = planned(of_yaml(services, rules));
  const PlanDates before = made.planning.plan->dates();
  // a began three days late, and nobody else is touched.
  ProgrammeOptions options;
  options.as_of = day("2024-01-18");
  const Planned later =
      planned(of_yaml(entry("a", kS + ", effort_days: 5, progress: {refactor: {started: 2024-01-18}}") +
                          entry("b", kS + ", effort_days: 5, progress: {refactor: {started: 2024-01-15}}"),
                      rules),
              options);
  const auto again = replan(*later.card, options, small_search(), before).value();
  const Moves moves = moves_between(before, *again.plan);
  REQUIRE(moves.moved.size() == 1);
  CHECK(again.programme->name_of(again.programme->migrations()[moves.moved[0].migration]) == "a");
  CHECK(moves.moved[0].after.to_string() == "2024-01-25");
  CHECK(moves.windows() == 0);
}

TEST_CASE("replan: a plan of another inventory is refused") {
  const Planned made = planned(six_in_two_weeks());
  PlanDates other;
  other.services.push_back({"nobody", {}, {}});
  CHECK(foreign_plan_issues(made.inputs->inventory, other).has_errors());
  CHECK(foreign_plan_issues(made.inputs->inventory, made.planning.plan->dates()).is_empty());
}

TEST_CASE("risk: durations that cannot differ give the plan itself") {
  Case inputs = six_in_two_weeks();
  PolicyValues rules = inputs.policy.values();
  rules.schedule.risk.factors = {Ratio::whole(1), Ratio::whole(1), Ratio::whole(1)};
  inputs.policy = testing::policy(rules);
  const Planned made = planned(std::move(inputs));
  RiskOptions options;
  options.draws = 20;
  const Risk risk = risk_of(*made.planning.plan, options);
  CHECK(risk.draws == 20);
  CHECK(risk.on_time == 0);
  CHECK(risk.finish.p50 == risk.finish.p95);
  for (const ServiceRisk& service : risk.services) {
    CHECK(service.cutover.p95 == made.planning.plan->cutover(made.planning.programme->migrations()[service.migration]));
  }
}

TEST_CASE("risk: the result does not depend on the number of threads") {
  const Planned made = planned(six_in_two_weeks());
  RiskOptions options;
  options.draws = 200;
  const Risk one = risk_of(*made.planning.plan, options);
  options.threads = 3;
  const Risk three = risk_of(*made.planning.plan, options);
  CHECK(one.finishes == three.finishes);
  CHECK(one.finishes.front() < one.finishes.back());
  for (std::size_t m = 0; m < one.services.size(); ++m) {
    CHECK(one.services[m].critical == three.services[m].critical);
  }
}

// One phase of 100 days, 0.8 to 1.6 times: the share of draws that take at most d days is the distribution function of
// the triangle at d + 1/2, for d up to the mode (x - low)^2 / ((high - low)(likely - low)).
TEST_CASE("risk: drawn durations follow the triangle") {
  PolicyValues rules = short_rules();
  rules.schedule.end = day("2030-01-01");
  const Planned made = planned(of_yaml(entry("a", kS + ", effort_days: 100"), rules));
  RiskOptions options;
  options.draws = 20'000;
  const Risk risk = risk_of(*made.planning.plan, options);
  const Programme& programme = *made.planning.programme;
  const Timeline& time = programme.project().timeline();
  const double expected = 10.5 * 10.5 / (80.0 * 20.0);  // at most 90 days
  std::size_t at_most_90 = 0;
  for (const Day finish : risk.finishes) {
    // The cutover's day is its slot's; the phase before took that many slots.
    if (time.slot_from(finish) <= 90) ++at_most_90;
  }
  const double found = static_cast<double>(at_most_90) / 20'000;
  const double error = std::sqrt(expected * (1 - expected) / 20'000);
  CHECK(std::abs(found - expected) < 4 * error);
}
