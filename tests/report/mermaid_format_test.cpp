#include <catch2/catch.hpp>
#include <string>

#include "hand_made_plan.hpp"

using namespace migplan;
using namespace migplan::hand_made;

TEST_CASE("mermaid format: a bar a service up to its cutover, in sections by tier") {
  CHECK(written(write_mermaid, two_services()) ==
        "gantt\n"
        "    title Two services\n"
        "    dateFormat YYYY-MM-DD\n"
        "    axisFormat %Y-%m\n"
        "    tickInterval 1month\n"
        "    todayMarker off\n"
        "    excludes saturday, sunday, 2024-01-17\n"
        "    includes 2024-01-20\n"
        "    section Calendar\n"
        "    stock-taking :done, freeze_1, 2024-01-22, 2024-01-24\n"
        "    End :milestone, end_0, 2024-02-09, 2024-02-09\n"
        "    section Tier S\n"
        "    auth :crit, move_auth, 2024-01-15, 2024-01-19\n"
        "    auth cutover :milestone, crit, cutover_auth, 2024-01-19, 2024-01-19\n"
        "    section Tier A\n"
        "    cart :move_cart, 2024-01-15, 2024-01-24\n"
        "    cart cutover :milestone, cutover_cart, 2024-01-24, 2024-01-24\n");
}

TEST_CASE("mermaid format: with phases asked for, a bar a phase, in sections by service") {
  Timetable plan = two_services();
  plan.is_by_phase = true;
  const std::string text = written(write_mermaid, std::move(plan));
  CHECK(has(text,
            "    section auth\n"
            "    build :crit, phase_1_auth, 2024-01-15, 2024-01-19\n"
            "    cutover :milestone, crit, cutover_auth, 2024-01-19, 2024-01-19\n"
            "    retire :phase_3_auth, 2024-01-20, 2024-01-30\n"
            "    section cart\n"));
  CHECK_FALSE(has(text, "Tier"));
}

TEST_CASE("mermaid format: no name is taken for a statement, a separator or a comment") {
  Timetable plan = two_services();
  plan.title = "a:b; #1 %% <b>";
  plan.tiers[0] = "S:\n1";
  plan.services[0].name = "title";
  plan.services[1].name = "2024-01-01-x";
  const std::string text = written(write_mermaid, std::move(plan));
  CHECK(has(text, "    title a#58;b#59; #35;1 #37;#37; #60;b#62;\n"));
  CHECK(has(text, "    section Tier S#58;#92;n1\n"));
  CHECK(has(text, "    #116;itle :crit, move_title, "));
  CHECK(has(text, "    #50;024-01-01-x :move__2024_01_01_x, "));
}

TEST_CASE("mermaid format: a name that a tag has keeps its own id") {
  Timetable plan = two_services();
  plan.services[0].name = "done";
  CHECK(has(written(write_mermaid, std::move(plan)), "    done :crit, move_done, "));
}

TEST_CASE("mermaid format: a service whose cutover is its first phase has no bar of its own") {
  Timetable plan = two_services();
  plan.services[0].first_task = 1;
  plan.services[0].task_count = 2;
  const std::string text = written(write_mermaid, std::move(plan));
  CHECK_FALSE(has(text, "move_auth"));
  CHECK(has(text, "cutover_auth"));
}
