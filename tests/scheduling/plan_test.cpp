#include "migplan/scheduling/plan.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "migplan/scheduling/planning.hpp"
#include "short_programme.hpp"

using namespace migplan;
using namespace migplan::short_programme;

namespace {

// A plan with everything that it points to.
struct Made {
  std::unique_ptr<Case> inputs;
  std::unique_ptr<Scorecard> card;
  Planning planning;

  [[nodiscard]] const Plan& plan() const { return *planning.plan; }
  [[nodiscard]] const Migration& of(std::string_view name) const {
    for (const Migration& migration : planning.programme->migrations()) {
      if (planning.programme->name_of(migration) == name) return migration;
    }
    FAIL("no " << name);
    return planning.programme->migrations().front();
  }
  [[nodiscard]] const RoutePhase& phase(std::string_view name, std::string_view wanted) const {
    for (const RoutePhase& phase : planning.programme->phases(of(name))) {
      if (phase.name == wanted) return phase;
    }
    FAIL("no " << wanted << " of " << name);
    return planning.programme->phases(of(name)).front();
  }
  [[nodiscard]] std::string cutover(std::string_view name) const {
    return planning.programme->date_of(plan().cutover(of(name))).to_string();
  }
  // "2024-01-15 to 2024-01-19"
  [[nodiscard]] std::string days(std::string_view name, std::string_view wanted) const {
    const ActivityIndex i = phase(name, wanted).activity;
    return planning.programme->date_of(plan().start(i)).to_string() + " to " +
           planning.programme->date_of(plan().finish(i) - 1).to_string();
  }
  [[nodiscard]] BindingKind why(std::string_view name, std::string_view wanted) const {
    return plan().binding(phase(name, wanted)).kind;
  }
};

Made made(Case inputs, const ProgrammeOptions& options = {}) {
  Made made;
  made.inputs = std::make_unique<Case>(std::move(inputs));
  made.card = std::make_unique<Scorecard>(made.inputs->inventory, made.inputs->policy);
  SearchOptions search;
  search.budget = 200;
  made.planning = make_plan(*made.card, options, search).value();
  REQUIRE(made.planning.plan);
  return made;
}

const std::string kFive = kS + ", effort_days: 5";

std::string complaint(const Case& inputs, const ProgrammeOptions& options = {}) {
  const Scorecard card(inputs.inventory, inputs.policy);
  const auto programme = Programme::create(card, options);
  return programme.is_ok() ? "" : to_string(programme.issues().kept().front());
}

}  // namespace

// 2024-01-15 is a Monday.
TEST_CASE("plan: phases follow each other over working and calendar days") {
  const Made plan = made(of_yaml(entry("cart", kFive)));
  CHECK(plan.days("cart", "refactor") == "2024-01-15 to 2024-01-19");
  CHECK(plan.days("cart", "cutover") == "2024-01-22 to 2024-01-22");
  CHECK(plan.days("cart", "retire") == "2024-01-23 to 2024-01-25");
  CHECK(plan.plan().makespan() == 11);
  CHECK(plan.why("cart", "refactor") == BindingKind::ProgrammeStart);
  CHECK(plan.why("cart", "cutover") == BindingKind::Predecessor);
  // Up to 2024-03-29: nine weeks of five days and four days more.
  CHECK(plan.plan().slack(plan.of("cart")) == 49);
  CHECK(plan.plan().critical_chain().size() == 3);
}

TEST_CASE("plan: a caller moves behind the services that it strongly depends on") {
  const Made plan = made(of_yaml(entry("auth", kFive) + entry("cart", kFive + ", depends_on: [{service: auth}]")));
  CHECK(plan.cutover("auth") == "2024-01-22");
  CHECK(plan.cutover("cart") == "2024-01-23");
  const Binding why = plan.plan().binding(plan.phase("cart", "cutover"));
  CHECK(why.kind == BindingKind::Predecessor);
  CHECK(why.activity == plan.phase("auth", "cutover").activity);
  CHECK(plan.plan().slack(plan.of("auth")) == 0);
  CHECK(plan.plan().bridges().empty());
}

TEST_CASE("plan: a phase that waits for a squad says who holds it") {
  // By score: a has three weeks, b four, so a squad is free on 2024-02-05.
  const Made plan = made(of_yaml(
      entry("a", "debt: {sonar_debt_days: 199, high_risk_vulnerabilities: 0}, effort_days: 15") +
      entry("b", "debt: {sonar_debt_days: 198, high_risk_vulnerabilities: 0}, effort_days: 20") + entry("c", kFive)));
  const Binding why = plan.plan().binding(plan.phase("c", "refactor"));
  if (plan.days("c", "refactor") == "2024-02-05 to 2024-02-09") {
    CHECK(why.kind == BindingKind::Resource);
    CHECK(why.activity == plan.phase("a", "refactor").activity);
  } else {
    CHECK(plan.days("c", "refactor") == "2024-01-15 to 2024-01-19");  // first, where that serves the sum better
    CHECK(why.kind == BindingKind::ProgrammeStart);
  }
  CHECK(plan.plan().load(0).peak == 2);
}

TEST_CASE("plan: freezes, tier gates and pins are told as what holds a phase back") {
  PolicyValues rules = short_rules();
  rules.schedule.calendar.freezes = {{"sale", day("2024-01-22"), day("2024-01-26"), {"cutover"}}};
  const Made plan = made(of_yaml(entry("frozen", kFive) + entry("gated", kA + ", effort_days: 5") +
                                     entry("pinned", kFive + ", pins: {refactor: 2024-02-05}"),
                                 rules));
  CHECK(plan.cutover("frozen") == "2024-01-29");
  const Binding why = plan.plan().binding(plan.phase("frozen", "cutover"));
  CHECK(why.kind == BindingKind::Freeze);
  REQUIRE(why.freeze != nullptr);
  CHECK(why.freeze->name == "sale");
  CHECK(plan.days("gated", "refactor") == "2024-02-01 to 2024-02-07");
  CHECK(plan.why("gated", "refactor") == BindingKind::TierGate);
  CHECK(plan.days("pinned", "refactor") == "2024-02-05 to 2024-02-09");
  CHECK(plan.why("pinned", "refactor") == BindingKind::Pin);
}

TEST_CASE("plan: services of a cycle change over on one day, in the highest tier among them") {
  const Made plan = made(of_yaml(entry("a", kFive + ", depends_on: [{service: b}]") +
                                 entry("b", kB + ", effort_days: 7, depends_on: [{service: a}]")));
  CHECK(plan.planning.programme->groups().size() == 1);
  CHECK(plan.cutover("a") == plan.cutover("b"));
  CHECK(plan.cutover("a") == "2024-01-24");  // b's seven days end on 2024-01-23
  CHECK(plan.of("b").route == "direct");
}

TEST_CASE("plan: a call into a later tier lives on a bridge") {
  const Made plan =
      made(of_yaml(entry("late", kA + ", effort_days: 5") + entry("soon", kFive + ", depends_on: [{service: late}]")));
  CHECK(plan.cutover("soon") == "2024-01-22");
  CHECK(plan.cutover("late") == "2024-02-08");
  const auto bridges = plan.plan().bridges();
  REQUIRE(bridges.size() == 1);
  CHECK(bridges[0].to - bridges[0].from == 17);
}

TEST_CASE("plan: hard order across tiers leaves no bridge") {
  PolicyValues rules = short_rules();
  rules.schedule.across_tiers = AcrossTiers::Hard;
  const Made plan = made(of_yaml(
      entry("late", kA + ", effort_days: 5") + entry("soon", kFive + ", depends_on: [{service: late}]"), rules));
  CHECK(plan.cutover("soon") == "2024-02-09");
  CHECK(plan.plan().bridges().empty());
}

TEST_CASE("plan: what has begun stands, and what runs late ends today at the earliest") {
  ProgrammeOptions options;
  options.as_of = day("2024-01-31");
  const Made plan =
      made(of_yaml(entry("done", kFive + ", progress: {refactor: {started: 2024-01-15, finished: 2024-01-18}}") +
                   entry("late", kFive + ", progress: {refactor: {started: 2024-01-16}}") + entry("new", kFive)),
           options);
  CHECK(plan.days("done", "refactor") == "2024-01-15 to 2024-01-18");
  CHECK(plan.why("done", "refactor") == BindingKind::Progress);
  CHECK(plan.cutover("done") == "2024-01-31");
  CHECK(plan.why("done", "cutover") == BindingKind::AsOf);
  CHECK(plan.days("late", "refactor") == "2024-01-16 to 2024-01-31");
  CHECK(plan.days("new", "refactor") == "2024-01-31 to 2024-02-06");
}

TEST_CASE("plan: phases in front of one that has begun are over") {
  ProgrammeOptions options;
  options.as_of = day("2024-01-17");
  const Made plan = made(of_yaml(entry("cart", kFive + ", progress: {cutover: {started: 2024-01-17}}")), options);
  CHECK(plan.phase("cart", "refactor").is_over_undated);
  CHECK(plan.cutover("cart") == "2024-01-17");
  CHECK(plan.days("cart", "retire") == "2024-01-18 to 2024-01-20");
}

TEST_CASE("plan: a promised window that is missed has a root cause") {
  const Made plan = made(of_yaml(entry("gated", kA + ", effort_days: 5, window: 2023-Q4")));
  CHECK(plan.plan().root_cause(plan.of("gated")).name == "refactor");
  CHECK(plan.plan().waves().size() == 1);
  CHECK(plan.plan().waves()[0].window.to_string() == "2024-Q1");
}

TEST_CASE("programme: effort that nobody states is estimated from debt and strong dependencies") {
  // 10 + 0.1 x 185 + 1 x 2 = 30.5, half up 31; the external dependency counts.
  const Case inputs = of_yaml(
      "- {name: a, debt: {sonar_debt_days: 185}, depends_on: [{service: b}, {service: db, "
      "external: true}]}\n- {name: b}\n");
  const Scorecard card(inputs.inventory, inputs.policy);
  CHECK(effort_of(card, 0).days == WorkDays::from_steps(31));
  CHECK(effort_of(card, 0).is_estimated);
  CHECK(effort_of(card, 1).days == WorkDays::from_steps(10));
}

TEST_CASE("programme: pins that no plan can keep are told with their places") {
  CHECK(complaint(of_yaml(entry("a", kFive + ", pins: {cutover: 2024-01-20}"))) ==
        "in:2:105: error: services[0].pins.cutover: found 2024-01-20, which is no working day (a)");
  CHECK(complaint(of_yaml(entry("a", kFive + ", pins: {cutover: 2024-01-18}"))) ==
        "in:2:105: error: services[0].pins.cutover: found 2024-01-18, but refactor of a cannot be over before "
        "2024-01-20 (a)");
  CHECK(complaint(of_yaml(entry("a", kFive + ", pins: {refactor: 2024-01-02}"))) ==
        "in:2:106: error: services[0].pins.refactor: found 2024-01-02, before the programme starts (a)");
  CHECK(complaint(of_yaml(entry("a", kFive + ", pins: {cutovr: 2024-02-05}"))) ==
        "in:2:104: error: services[0].pins.cutovr: \"cutovr\" is no phase of route direct (a) (did you mean cutover?)");
  PolicyValues rules = short_rules();
  rules.schedule.calendar.freezes = {{"sale", day("2024-01-22"), day("2024-01-26"), {"cutover"}}};
  CHECK(complaint(of_yaml(entry("a", kFive + ", pins: {cutover: 2024-01-25}"), rules)) ==
        "in:2:105: error: services[0].pins.cutover: found 2024-01-25, inside the freeze \"sale\" (2024-01-22 to "
        "2024-01-26) (a)");
  CHECK(complaint(of_yaml(entry("a", kFive + ", depends_on: [{service: b}], pins: {cutover: 2024-01-25}") +
                          entry("b", kFive + ", depends_on: [{service: a}], pins: {cutover: 2024-01-26}"))) ==
        "in:3:133: error: services[1].pins.cutover: found 2024-01-26, but a of the same dependency cycle has "
        "2024-01-25: they change over together (b)");
}

TEST_CASE("programme: with a pool a team, each service needs a team that is listed") {
  PolicyValues rules = short_rules();
  rules.schedule.resources["squads"].pooling = Pooling::Team;
  CHECK(complaint(of_yaml(entry("a", kFive), rules)) ==
        "in:2:3: error: services[0].team: missing, and the policy gives each team its own resources (a) (list it under "
        "`teams` with its squads)");
}
