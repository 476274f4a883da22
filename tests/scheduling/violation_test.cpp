#include "migplan/scheduling/violation.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <set>
#include <string>

#include "../load/reading.hpp"
#include "builders.hpp"
#include "dated.hpp"
#include "short_programme.hpp"

using namespace migplan;
using namespace migplan::dated;
using namespace migplan::short_programme;
using migplan::testing::of;

namespace {

// One service of tier S, five days of effort.
Case one(const std::string& more = "", PolicyValues rules = short_rules()) {
  return of_yaml(entry("cart", kS + ", effort_days: 5" + more), std::move(rules));
}
PlanDates plan_of_one() {
  return {"plan.json",
          {service("cart", {{"refactor", "2024-01-15", "2024-01-19"},
                            {"cutover", "2024-01-22", "2024-01-22"},
                            {"retire", "2024-01-23", "2024-01-25"}})}};
}

// cart calls auth, both of tier S.
Case two(const std::string& more = "", PolicyValues rules = short_rules()) {
  return of_yaml(entry("auth", kS + ", effort_days: 5" + more) +
                     entry("cart", kS + ", effort_days: 5, depends_on: [{service: auth}]"),
                 std::move(rules));
}
PlanDates plan_of_two() {
  return {"",
          {service("auth", {{"refactor", "2024-01-15", "2024-01-19"},
                            {"cutover", "2024-01-22", "2024-01-22"},
                            {"retire", "2024-01-23", "2024-01-25"}}),
           service("cart", {{"refactor", "2024-01-15", "2024-01-19"},
                            {"cutover", "2024-01-23", "2024-01-23"},
                            {"retire", "2024-01-24", "2024-01-26"}})}};
}

void freeze(PolicyValues& rules, std::string_view from, std::string_view to, std::vector<std::string> forbids) {
  rules.schedule.calendar.freezes.push_back({"sale", day(from), day(to), std::move(forbids)});
}

}  // namespace

TEST_CASE("violations: a plan that keeps everything has none") {
  CHECK(one().broken(plan_of_one()).empty());
  CHECK(two().broken(plan_of_two()).empty());
}

TEST_CASE("violations: services and phases that are missing, unknown or repeated") {
  PlanDates plan = plan_of_two();
  plan.services[1].name = "card";
  plan.services[1].at = {7, 1};
  const Case both = two();
  const auto found = violations(Scorecard(both.inventory, both.policy), plan);
  CHECK(words(found) ==
        "unknown-service card: the inventory has no such service; the nearest name is cart\n"
        "missing-service cart: is not in the plan");
  CHECK(found[0].at.line == 7);

  plan = plan_of_one();
  plan.services.push_back(plan.services[0]);
  plan.services[0].at = {3, 1};
  CHECK(one().broken(plan) == "repeated-service cart: stands in the plan twice, first at line 3");

  plan = plan_of_one();
  plan.services[0].phases[0].phase = "refactory";
  CHECK(one().broken(plan) ==
        "unknown-phase cart refactory: route direct has no such phase\n"
        "missing-phase cart refactor: route direct is refactor, cutover, retire");

  plan = plan_of_one();
  plan.services[0].phases.push_back(plan.services[0].phases[0]);
  CHECK(one().broken(plan) == "repeated-phase cart refactor: stands in the plan twice");
}

TEST_CASE("violations: a service takes the route of its kind, else that of its tier") {
  PlanDates plan = plan_of_one();
  CHECK(one(", kind: long-tail").broken(plan) ==
        "unknown-phase cart refactor: route long-tail has no such phase\n"
        "missing-phase cart grey: route long-tail is grey, cutover, retire");
  const Case of_b = of_yaml(entry("cart", kB + ", effort_days: 5"));
  CHECK(of_b.broken(plan) == "missing-phase cart isolate: route gateway is isolate, refactor, cutover, retire");
}

TEST_CASE("violations: phases that overlap") {
  PlanDates plan = plan_of_one();
  move(plan, "cart", "cutover", "2024-01-19", "2024-01-19");
  CHECK(one().broken(plan) ==
        "phase-order cart cutover 2024-01-19: begins on 2024-01-19, refactor is over on 2024-01-19");
}

TEST_CASE("violations: a phase takes its working days, and begins and ends on one") {
  PlanDates plan = plan_of_one();
  move(plan, "cart", "refactor", "2024-01-16", "2024-01-19");
  CHECK(one().broken(plan) ==
        "duration cart refactor 2024-01-16: takes 4 working days, 2024-01-16 to 2024-01-19; expected 5, its effort");
  move(plan, "cart", "refactor", "2024-01-15", "2024-01-20");
  CHECK(one().broken(plan) == "working-day cart refactor 2024-01-20: ends on 2024-01-20, no working day");
  CHECK(one(", durations: {refactor: {low: 3, likely: 4, high: 9}}").broken(plan_of_one()) ==
        "duration cart refactor 2024-01-15: takes 5 working days, 2024-01-15 to 2024-01-19; expected 4, by its "
        "durations");
  plan = plan_of_one();
  move(plan, "cart", "retire", "2024-01-23", "2024-01-26");
  CHECK(one().broken(plan) ==
        "duration cart retire 2024-01-23: takes 4 calendar days, 2024-01-23 to 2024-01-26; expected 3, by the policy");
  move(plan, "cart", "retire", "2024-01-27", "2024-01-29");  // a Saturday is as good as any
  CHECK(one().broken(plan).empty());
  PolicyValues rules = short_rules();
  rules.schedule.calendar.holidays = {day("2024-01-17")};
  rules.schedule.calendar.extra_working_days = {day("2024-01-20")};
  plan = plan_of_one();
  move(plan, "cart", "refactor", "2024-01-15", "2024-01-20");
  CHECK(one("", rules).broken(plan).empty());
}

TEST_CASE("violations: effort that nobody states is estimated") {
  // 1 + 0.1 x 180 + 0.5 x 3 = 20.5, rounded up: 21 working days.
  PolicyValues rules = short_rules();
  rules.schedule.effort = {Ratio::whole(1), of<Ratio>("0.1"), of<Ratio>("0.5")};
  const std::string outside =
      "depends_on: [{service: x, external: true}, {service: y, external: true}, "
      "{service: z, external: true}, {service: w, external: true, strength: weak}]";
  const Case estimated = of_yaml(entry("cart", kS + ", " + outside), rules);
  PlanDates plan{"",
                 {service("cart", {{"refactor", "2024-01-15", "2024-02-12"},
                                   {"cutover", "2024-02-13", "2024-02-13"},
                                   {"retire", "2024-02-14", "2024-02-16"}})}};
  CHECK(estimated.broken(plan).empty());
  move(plan, "cart", "refactor", "2024-01-15", "2024-02-09");
  CHECK(estimated.broken(plan) ==
        "duration cart refactor 2024-01-15: takes 20 working days, 2024-01-15 to 2024-02-09; expected 21, its "
        "estimated effort");
  rules.schedule.effort = {};
  move(plan, "cart", "refactor", "2024-01-15", "2024-01-15");  // a day at least
  CHECK(of_yaml(entry("cart", kS), rules).broken(plan).empty());
}

TEST_CASE("violations: nothing begins before the programme or its tier") {
  PlanDates plan = plan_of_one();
  move(plan, "cart", "refactor", "2024-01-12", "2024-01-18");
  CHECK(one().broken(plan) ==
        "programme-start cart refactor 2024-01-12: begins on 2024-01-12, the programme on 2024-01-15");
  const Case of_a = of_yaml(entry("cart", kA + ", effort_days: 5"));
  CHECK(of_a.broken(plan_of_one()) ==
        "tier-start cart refactor 2024-01-15: begins on 2024-01-15, tier A not before 2024-02-01\n"
        "tier-start cart cutover 2024-01-22: begins on 2024-01-22, tier A not before 2024-02-01\n"
        "tier-start cart retire 2024-01-23: begins on 2024-01-23, tier A not before 2024-02-01");
}

TEST_CASE("violations: a service of a cycle is planned in its members' highest tier") {
  // cart of A, auth of S, each calls the other.
  const Case cycle = of_yaml(entry("auth", kS + ", effort_days: 5, depends_on: [{service: cart}]") +
                             entry("cart", kA + ", effort_days: 5, depends_on: [{service: auth}]"));
  PlanDates plan = plan_of_two();
  move(plan, "auth", "cutover", "2024-01-23", "2024-01-23");
  move(plan, "auth", "retire", "2024-01-24", "2024-01-26");
  CHECK(cycle.broken(plan).empty());  // and the crew of one counts once
  move(plan, "auth", "cutover", "2024-01-22", "2024-01-22");
  CHECK(cycle.broken(plan) ==
        "move-group cart cutover 2024-01-23: changes over on 2024-01-23, auth on 2024-01-22: 2 services depend on each "
        "other in a circle");
}

TEST_CASE("violations: members of a cycle share the longest cutover of theirs") {
  const std::string both = ", effort_days: 5, depends_on: [{service: ";
  const Case cycle = of_yaml(entry("auth", kS + both + "cart}]") +
                             entry("cart", kS + both + "auth}], durations: {cutover: {likely: 2}}"));
  PlanDates plan = plan_of_two();
  for (const char* const name : {"auth", "cart"}) {
    move(plan, name, "cutover", "2024-01-22", "2024-01-23");
    move(plan, name, "retire", "2024-01-24", "2024-01-26");
  }
  CHECK(cycle.broken(plan).empty());
  move(plan, "auth", "cutover", "2024-01-22", "2024-01-22");
  CHECK(cycle.broken(plan) ==
        "duration auth cutover 2024-01-22: takes 1 working days, 2024-01-22 to 2024-01-22; expected 2, by its "
        "durations\n"
        "capacity cart cutover 2024-01-22: sre-crew: 2 held, 1 there (2024-01-22); cart (cutover), auth (cutover)");
}

TEST_CASE("violations: a weak dependency makes no cycle and no order") {
  const Case weak = of_yaml(entry("auth", kS + ", effort_days: 5, depends_on: [{service: cart, strength: weak}]") +
                            entry("cart", kS + ", effort_days: 5, depends_on: [{service: auth}]"));
  CHECK(weak.broken(plan_of_two()).empty());
}

TEST_CASE("violations: more is held than there is") {
  PolicyValues rules = short_rules();
  rules.schedule.resources["squads"].capacity = Count::from_steps(1);
  CHECK(two("", rules).broken(plan_of_two()) ==
        "capacity cart refactor 2024-01-15: squads: 2 held, 1 there (2024-01-15 to 2024-01-19, 5 working days); "
        "cart (refactor), auth (refactor)");
  rules.schedule.resources["squads"].periods = {{day("2024-01-17"), day("2024-01-20"), Count::from_steps(2)},
                                                {day("2024-01-18"), day("2024-01-18"), Count::from_steps(0)}};
  CHECK(two("", rules).broken(plan_of_two()) ==
        "capacity cart refactor 2024-01-15: squads: 2 held, 1 there (2024-01-15 to 2024-01-16, 2 working days); "
        "cart (refactor), auth (refactor)\n"
        "capacity cart refactor 2024-01-18: squads: 2 held, 0 there (2024-01-18); cart (refactor), auth (refactor)");
  rules.schedule.resources["squads"].periods = {{day("2024-01-01"), day("2024-01-31"), Count::from_steps(2)}};
  CHECK(two("", rules).broken(plan_of_two()).empty());
}

TEST_CASE("violations: each team has its own") {
  PolicyValues rules = short_rules();
  rules.schedule.resources["squads"].pooling = Pooling::Team;
  const auto of_teams = [&rules](const std::string& first, const std::string& second) {
    const std::string text = "services:\n" + entry("auth", kS + ", effort_days: 5, team: " + first) +
                             entry("cart", kS + ", effort_days: 5, team: " + second) +
                             "teams: [{name: one, squads: 1}, {name: two}]\n";
    return Case{reading::accepted(reading::read_yaml(text)), testing::policy(rules)};
  };
  CHECK(of_teams("one", "two").broken(plan_of_two()).empty());
  CHECK(of_teams("two", "two").broken(plan_of_two()).empty());  // as many as the policy says
  CHECK(of_teams("one", "one").broken(plan_of_two()) ==
        "capacity cart refactor 2024-01-15: squads of one: 2 held, 1 there (2024-01-15 to 2024-01-19, 5 working days); "
        "cart (refactor), auth (refactor)");
}

TEST_CASE("violations: no day of a phase is inside a freeze that forbids it") {
  PolicyValues rules = short_rules();
  freeze(rules, "2024-01-22", "2024-01-24", {"cutover"});
  CHECK(one("", rules).broken(plan_of_one()) ==
        "freeze cart cutover 2024-01-22: 2024-01-22 is inside the freeze \"sale\", 2024-01-22 to 2024-01-24");
  rules = short_rules();
  freeze(rules, "2024-01-18", "2024-01-18", {"isolate", "refactor"});
  CHECK(one("", rules).broken(plan_of_one()) ==
        "freeze cart refactor 2024-01-18: 2024-01-15 to 2024-01-19 is inside the freeze \"sale\", 2024-01-18 to "
        "2024-01-18");
  rules = short_rules();
  freeze(rules, "2024-01-23", "2024-03-01", {"cutover"});
  CHECK(one("", rules).broken(plan_of_one()).empty());
}

TEST_CASE("violations: cutovers keep the order of the strong dependencies") {
  PlanDates plan = plan_of_two();
  move(plan, "cart", "cutover", "2024-01-22", "2024-01-22");
  PolicyValues rules = short_rules();
  rules.schedule.resources["sre-crew"].capacity = Count::from_steps(2);
  CHECK(
      two("", rules).broken(plan) ==
      "precedence cart cutover 2024-01-22: changes over on 2024-01-22, but auth, which it depends on, is over with it "
      "on 2024-01-22 (callee-first)");
  rules.schedule.order = CutoverOrder::CallerFirst;
  CHECK(
      two("", rules).broken(plan_of_two()) ==
      "precedence auth cutover 2024-01-22: changes over on 2024-01-22, but cart, which depends on it, is over with it "
      "on 2024-01-23 (caller-first)");
  rules.schedule.order = CutoverOrder::None;
  CHECK(two("", rules).broken(plan).empty());
}

TEST_CASE("violations: towards a later tier the order is bridged, unless it is hard") {
  // cart of S calls auth of A.
  PolicyValues rules = short_rules();
  const std::string text =
      entry("auth", kA + ", effort_days: 5") + entry("cart", kS + ", effort_days: 5, depends_on: [{service: auth}]");
  PlanDates plan = plan_of_two();
  move(plan, "auth", "refactor", "2024-02-01", "2024-02-07");
  move(plan, "auth", "cutover", "2024-02-08", "2024-02-08");
  move(plan, "auth", "retire", "2024-02-09", "2024-02-11");
  CHECK(of_yaml(text, rules).broken(plan).empty());
  rules.schedule.across_tiers = AcrossTiers::Hard;
  CHECK(
      of_yaml(text, rules).broken(plan) ==
      "precedence cart cutover 2024-01-23: changes over on 2024-01-23, but auth, which it depends on, is over with it "
      "on 2024-02-08 (callee-first)");
}

TEST_CASE("violations: pins") {
  CHECK(one(", pins: {cutover: 2024-01-22}").broken(plan_of_one()).empty());
  CHECK(one(", pins: {cutover: 2024-01-23}").broken(plan_of_one()) ==
        "pin cart cutover 2024-01-22: begins on 2024-01-22, pinned to 2024-01-23");
}

TEST_CASE("violations: the deadline, on cutover or on retire") {
  PolicyValues rules = short_rules();
  rules.schedule.end = day("2024-01-22");
  CHECK(one("", rules).broken(plan_of_one()).empty());
  rules.schedule.deadline_applies_to = DeadlineFor::Retire;
  CHECK(one("", rules).broken(plan_of_one()) ==
        "deadline cart retire 2024-01-23: ends on 2024-01-25, the programme on 2024-01-22");
  rules.schedule.end = day("2024-01-19");
  rules.schedule.deadline_applies_to = DeadlineFor::Cutover;
  CHECK(one("", rules).broken(plan_of_one()) ==
        "deadline cart cutover 2024-01-20: ends on 2024-01-22, the programme on 2024-01-19");
}

TEST_CASE("violations: services that have moved before need not be there") {
  for (const char* const status : {"cut-over", "retired"}) {
    const Case done = two(std::string(", status: ") + status);
    PlanDates plan = plan_of_two();
    plan.services.erase(plan.services.begin());
    move(plan, "cart", "cutover", "2024-01-22", "2024-01-22");
    CHECK(done.broken(plan).empty());
  }
  PlanDates plan = plan_of_two();
  plan.services.erase(plan.services.begin());
  CHECK(two(", status: in-canary").broken(plan) == "missing-service auth: is not in the plan");
}

TEST_CASE("violations: what has begun stands at its days") {
  const auto begun = [](const std::string& progress) { return one(", progress: {" + progress + "}"); };
  const Case started = begun("refactor: {started: 2024-01-12}");
  PlanDates plan = plan_of_one();
  CHECK(started.broken(plan).empty());  // without a day, progress counts for nothing
  CHECK(started.broken(plan, day("2024-01-15")) ==
        "progress cart refactor 2024-01-15: begins on 2024-01-15, but it has begun on 2024-01-12");
  move(plan, "cart", "refactor", "2024-01-12", "2024-01-18");  // before the programme: a fact
  CHECK(started.broken(plan, day("2024-01-15")).empty());
  CHECK(started.broken(plan, day("2024-01-18")).empty());
  CHECK(started.broken(plan, day("2024-01-19")) ==
        "progress cart refactor 2024-01-18: ends on 2024-01-18, but on 2024-01-19 it was under way");
  move(plan, "cart", "refactor", "2024-01-12", "2024-01-19");
  CHECK(started.broken(plan, day("2024-01-19")).empty());
  CHECK(started.broken(plan, day("2024-01-18")) ==
        "duration cart refactor 2024-01-12: takes 6 working days, 2024-01-12 to 2024-01-19; expected 5, its effort");

  const Case finished = begun("refactor: {started: 2024-01-16, finished: 2024-01-17}");
  plan = plan_of_one();
  move(plan, "cart", "refactor", "2024-01-16", "2024-01-17");
  CHECK(finished.broken(plan, day("2024-01-20")).empty());
  move(plan, "cart", "refactor", "2024-01-16", "2024-01-18");
  CHECK(finished.broken(plan, day("2024-01-20")) ==
        "progress cart refactor 2024-01-18: ends on 2024-01-18, but it was over on 2024-01-17");
}

TEST_CASE("violations: what has not begun begins on the day asked about, or later") {
  CHECK(one().broken(plan_of_one(), day("2024-01-15")).empty());
  CHECK(one().broken(plan_of_one(), day("2024-01-17")) ==
        "as-of cart refactor 2024-01-15: begins on 2024-01-15, but by 2024-01-17 nobody wrote down that it had");
}

TEST_CASE("violations: a phase in front of one that has begun is over, and may be undated") {
  const Case begun = one(", progress: {cutover: {started: 2024-01-22, finished: 2024-01-22}}");
  PlanDates plan = plan_of_one();
  plan.services[0].phases.erase(plan.services[0].phases.begin());
  CHECK(begun.broken(plan, day("2024-01-23")).empty());
  CHECK(begun.broken(plan) == "missing-phase cart refactor: route direct is refactor, cutover, retire");
}

TEST_CASE("violations: what is over holds nothing, what has passed is held against nobody") {
  PolicyValues rules = short_rules();
  rules.schedule.resources["squads"].capacity = Count::from_steps(1);
  const auto with = [&rules](const std::string& more) { return two(", progress: {refactor: {" + more + "}}", rules); };
  PlanDates plan = plan_of_two();
  move(plan, "cart", "refactor", "2024-01-17", "2024-01-23");
  move(plan, "cart", "cutover", "2024-01-24", "2024-01-24");
  move(plan, "cart", "retire", "2024-01-25", "2024-01-27");
  CHECK(with("started: 2024-01-15").broken(plan, day("2024-01-17")) ==
        "capacity cart refactor 2024-01-17: squads: 2 held, 1 there (2024-01-17 to 2024-01-19, 3 working days); "
        "cart (refactor), auth (refactor)");
  move(plan, "auth", "refactor", "2024-01-15", "2024-01-18");
  CHECK(with("started: 2024-01-15, finished: 2024-01-18").broken(plan, day("2024-01-17")).empty());
}

TEST_CASE("violations: what has begun is held against nobody, however much it holds") {
  PolicyValues rules = short_rules();
  rules.schedule.resources["squads"].capacity = Count::from_steps(1);
  const std::string begun = ", effort_days: 5, progress: {refactor: {started: 2024-01-15}}";
  const Case both = of_yaml(entry("auth", kS + begun) + entry("cart", kS + begun), rules);
  PlanDates plan = plan_of_two();
  CHECK(both.broken(plan, day("2024-01-16")).empty());
  plan.services.push_back(plan.services[1]);
  plan.services[2].name = "mail";
  move(plan, "mail", "refactor", "2024-01-19", "2024-01-25");
  move(plan, "mail", "cutover", "2024-01-26", "2024-01-26");
  move(plan, "mail", "retire", "2024-01-27", "2024-01-29");
  const Case three =
      of_yaml(entry("auth", kS + begun) + entry("cart", kS + begun) + entry("mail", kS + ", effort_days: 5"), rules);
  CHECK(three.broken(plan, day("2024-01-16")) ==
        "capacity mail refactor 2024-01-19: squads: 3 held, 1 there (2024-01-19); mail (refactor), cart (refactor), "
        "auth (refactor)");
}

TEST_CASE("violations: rules have names and descriptions of their own") {
  std::set<std::string_view> names, descriptions;
  for (const Rule rule : kRules) {
    names.insert(name_of(rule));
    descriptions.insert(description_of(rule));
  }
  CHECK(names.size() == kRules.size());
  CHECK(descriptions.size() == kRules.size());
  CHECK_FALSE(names.contains(""));
}
