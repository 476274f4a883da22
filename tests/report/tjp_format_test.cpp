#include <catch2/catch.hpp>
#include <string>

#include "hand_made_plan.hpp"

using namespace migplan;
using namespace migplan::hand_made;

TEST_CASE("tjp format: tasks have lengths, resources, order and priority; our dates are the second scenario") {
  const std::string text = written(write_tjp, two_services());
  // 25 days from the first to the last one, as many again, and a year.
  CHECK(has(text, "project migplan \"Two services\" 2024-01-15 - 2025-03-07 {\n"));
  CHECK(has(text,
            "task auth \"auth\" {\n"
            "  priority 1\n"
            "  task build \"build\" {\n"
            "    start 2024-01-15\n"
            "    effort 3d\n"
            "    ${hold_squads}\n"
            "    migplan:end 2024-01-19 migplan:start 2024-01-15 migplan:scheduled\n"
            "  }\n"
            "  task cutover \"cutover\" {\n"
            "    depends auth.build\n"
            "    effort 1d\n"
            "    ${hold_crew}\n"
            "    ${frozen_cutover}\n"
            "    migplan:end 2024-01-20 migplan:start 2024-01-19 migplan:scheduled\n"
            "  }\n"
            "  task retire \"retire\" {\n"
            "    depends auth.cutover\n"
            "    duration 10d\n"));
  CHECK(has(text, "task cart \"cart\" {\n  priority 1000\n"));
  CHECK(has(text, "    depends auth.cutover, cart.build\n"));
}

TEST_CASE("tjp format: no project lasts longer than TaskJuggler knows days, if ours does not") {
  Timetable plan = two_services();
  plan.end = day("2031-12-31");
  CHECK(has(written(write_tjp, std::move(plan)), " 2024-01-15 - 2035-12-31 {\n"));
}

TEST_CASE("tjp format: days off among the days that are ever worked on are written one by one") {
  const std::string text = written(write_tjp, two_services());
  CHECK(has(text, "  workinghours sat 9:00 - 17:00\n  workinghours sun off\n"));
  CHECK(has(text, "leaves holiday \"day off\" 2024-01-17 - 2024-01-18\n"));
  CHECK_FALSE(has(text, "2024-01-20 - "));
  CHECK(has(text, "leaves holiday \"day off\" 2024-01-27 - 2024-01-28\n"));
}

TEST_CASE("tjp format: each unit that is needed is a resource, away where there is less") {
  Timetable plan = two_services();
  plan.resources[0].capacity = 30'000;
  plan.resources[0].shortages = {{day("2024-01-18"), day("2024-01-19"), 1}};
  plan.resources[1].capacity = 9;
  plan.tasks[1].amount = 2;
  const std::string text = written(write_tjp, std::move(plan));
  CHECK(has(text,
            "resource squads \"squads\" {\n"
            "  resource squads_1 \"squads 1\" {\n  }\n"
            "  resource squads_2 \"squads 2\" {\n    leaves project 2024-01-18 - 2024-01-20\n  }\n}\n"
            "macro hold_squads [allocate squads_1 { alternative squads_2 select order mandatory }]\n"));
  CHECK(has(text, "  resource crew_3 "));
  CHECK_FALSE(has(text, "  resource crew_4 "));
  CHECK(has(text, "    effort 2d\n    ${hold_crew}\n    ${hold_crew}\n"));
}

TEST_CASE("tjp format: freezes are times off for their phases, joined where they overlap") {
  WorkCalendar calendar = january();
  calendar.freezes.push_back({"", day("2024-01-23"), day("2024-01-25"), {"cutover"}});
  calendar.freezes.push_back({"", day("2024-02-01"), day("2024-02-01"), {"cutover"}});
  calendar.freezes.push_back({"long ago", day("2020-01-01"), day("2020-01-02"), {"build"}});
  Timetable plan = two_services();
  plan.calendar = &calendar;
  const std::string text = written(write_tjp, plan);
  CHECK(has(text,
            "shift Frozen \"freeze\" { workinghours mon - sun off }\n"
            "macro frozen_cutover [shifts Frozen 2024-01-22 - 2024-01-26, Frozen 2024-02-01 - 2024-02-02]\n"));
  CHECK_FALSE(has(text, "frozen_build"));
}

TEST_CASE(
    "tjp format: what is fixed stands at its days, what moves together begins together, an event is a milestone") {
  Timetable plan = two_services();
  plan.tasks[0].is_fixed = true;
  plan.tasks[4].moves_with = 1;
  plan.tasks[4].resource.reset();
  plan.tasks[2].days = 0;
  plan.tasks[2].finish = plan.tasks[2].start;
  const std::string text = written(write_tjp, std::move(plan));
  CHECK(has(text, "    start 2024-01-15\n    end 2024-01-19\n    ${hold_squads}\n    migplan:"));
  CHECK(has(text, "    depends auth.cutover { onstart }\n    length 1d\n"));
  CHECK(has(text, "    milestone\n    migplan:end 2024-01-20 migplan:start 2024-01-20 migplan:scheduled\n"));
}

TEST_CASE("tjp format: no name ends a string, calls a macro or reads a variable") {
  Timetable plan = two_services();
  plan.title = "a \"b\" ${c} $(HOME) \\";
  plan.services[0].name = "3d-x";
  plan.resources[0].name = "squads of A B";
  const std::string text = written(write_tjp, std::move(plan));
  CHECK(has(text, "project migplan \"a \\\"b\\\" $ {c} $ (HOME) /\" "));
  CHECK(has(text, "task _3d_x \"3d-x\" {\n"));
  CHECK(has(text, "resource squads_x20of_x20A_x20B \"squads of A B\" {\n"));
}
