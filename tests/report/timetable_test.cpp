// What a timetable takes over from a plan.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "builders.hpp"
#include "migplan/scheduling/planning.hpp"
#include "schedule_timetable.hpp"

using namespace migplan;
using namespace migplan::testing;

namespace {

// auth and cart call each other: one cutover for both; mail calls cart. All are of tier B, by the gateway route.
struct Planned {
  Inventory services = inventory(
      {service("auth").calls("cart"), service("cart").calls("auth"), service("mail").calls("cart"), service("zoo")});
  Policy rules = policy();
  Scorecard card{services, rules};
  Planning planning = std::move(make_plan(card, {}, {.budget = 10}).value());

  [[nodiscard]] Timetable timetable(const TableChoice& choice = {}) const {
    return timetable_of(*planning.plan, std::vector<bool>(rules.tiers().size(), true), choice)();
  }
};

const TimetableTask& task_of(const Timetable& plan, std::string_view service, std::string_view phase) {
  for (const TimetableTask& task : plan.tasks) {
    if (plan.services[task.service].name == service && task.phase == phase) return task;
  }
  throw std::runtime_error("no such task");
}

std::vector<std::string> names(const Timetable& plan) {
  std::vector<std::string> names;
  for (const TimetableService& service : plan.services) names.emplace_back(service.name);
  return names;
}

std::vector<std::string> predecessors(const Timetable& plan, const TimetableTask& task) {
  std::vector<std::string> names;
  for (const std::uint32_t before : task.predecessors) {
    const TimetableTask& other = plan.tasks[before];
    names.push_back(std::string(plan.services[other.service].name) + " " + std::string(other.phase));
  }
  return names;
}

}  // namespace

TEST_CASE("timetable: each service has its phases, dated as in the plan") {
  const Planned planned;
  const Timetable plan = planned.timetable();
  CHECK(plan.services.size() == 4);
  CHECK(plan.tasks.size() == 24);
  const Plan& made = *planned.planning.plan;
  for (const Migration& migration : made.programme().migrations()) {
    const TimetableTask& cutover = task_of(plan, made.programme().name_of(migration), "cutover");
    CHECK(cutover.start == made.programme().date_of(made.cutover(migration)));
    CHECK(cutover.finish == cutover.start);
    CHECK(cutover.is_milestone);
  }
  CHECK(plan.made_for == plan.start);
  CHECK_FALSE(plan.is_by_phase);
}

TEST_CASE("timetable: a cutover that services share is a task of each, and one of them holds the resource") {
  const Planned planned;
  TableChoice by_name;
  by_name.sort = {"name"};
  const Timetable plan = planned.timetable(by_name);
  const TimetableTask& first = task_of(plan, "auth", "cutover");
  const TimetableTask& second = task_of(plan, "cart", "cutover");
  CHECK(first.start == second.start);
  CHECK_FALSE(first.moves_with);
  CHECK(first.resource);
  REQUIRE(second.moves_with);
  CHECK(&plan.tasks[*second.moves_with] == &first);
  CHECK_FALSE(second.resource);
  CHECK(predecessors(plan, second) == std::vector<std::string>{"auth canary", "cart canary"});
  CHECK(predecessors(plan, task_of(plan, "cart", "retire")) == std::vector<std::string>{"cart cutover"});
  CHECK(predecessors(plan, task_of(plan, "mail", "cutover")) ==
        std::vector<std::string>{"auth cutover", "mail canary"});
}

TEST_CASE("timetable: the rows that are chosen, in their order, are shown, and ties to others are left out") {
  const Planned planned;
  TableChoice choice;
  choice.filter = "name!=auth && name!=cart";
  choice.sort = {"-name"};
  choice.columns = {"window"};
  const Timetable plan = planned.timetable(choice);
  CHECK(names(plan) == std::vector<std::string>{"zoo", "mail"});
  CHECK(predecessors(plan, task_of(plan, "mail", "cutover")) == std::vector<std::string>{"mail canary"});
}

TEST_CASE("timetable: of the table of phases only those that are chosen are shown") {
  const Planned planned;
  TableChoice choice;
  choice.table = "phases";
  choice.filter = "phase==canary || service==zoo";
  choice.sort = {"service"};
  const Timetable plan = planned.timetable(choice);
  CHECK(plan.is_by_phase);
  CHECK(names(plan) == std::vector<std::string>{"auth", "cart", "mail", "zoo"});
  CHECK(plan.services[0].task_count == 1);
  CHECK(plan.services[3].task_count == 6);
  CHECK(predecessors(plan, task_of(plan, "auth", "canary")).empty());
}

TEST_CASE("timetable: other tables have none") {
  const Planned planned;
  TableChoice choice;
  choice.table = "waves";
  CHECK(timetable_of(*planned.planning.plan, {true, true, true}, choice) == nullptr);
  choice.table = "services";
  CHECK(timetable_of(*planned.planning.plan, {true, true, true}, choice) != nullptr);
}

TEST_CASE("timetable: services are ranked by tier, score and name") {
  const Timetable plan = Planned().timetable();
  std::vector<bool> is_taken(plan.services.size());
  for (const TimetableService& service : plan.services) is_taken[service.rank] = true;
  CHECK(is_taken == std::vector<bool>(plan.services.size(), true));
}

TEST_CASE("timetable: days with less of a resource are told, joined where they follow each other") {
  PolicyValues values = reference_rules();
  ResourceRule& canary = values.schedule.resources.at("canary");
  const auto day = [](std::string_view iso) { return Date::parse(iso).value(); };
  canary.periods = {{day("2024-01-18"), day("2024-01-24"), Count::from_steps(1)}};
  const Inventory services = inventory({service("auth")});
  const Policy rules = policy(std::move(values));
  const Scorecard card(services, rules);
  const Planning planning = std::move(make_plan(card, {}, {.budget = 10}).value());
  const Timetable plan = timetable_of(*planning.plan, {true, true, true}, {})();
  for (const TimetableResource& resource : plan.resources) {
    if (resource.name != "canary") continue;
    CHECK(resource.capacity == 6);
    REQUIRE(resource.shortages.size() == 1);
    CHECK(resource.shortages[0].from == day("2024-01-18"));
    CHECK(resource.shortages[0].to == day("2024-01-24"));
    CHECK(resource.shortages[0].capacity == 1);
  }
}
