// Monday is 2024-01-15 and 22; nothing but weekends is a day off.
#include <catch2/catch.hpp>
#include <string>

#include "held.hpp"
#include "migplan/scheduling/burn_up.hpp"
#include "migplan/scheduling/due.hpp"

using namespace migplan;
using namespace migplan::held;
using namespace migplan::short_programme;
using dated::service;

namespace {

// Refactorings of 5 and 8 days with a squad, cutovers of a day with the crew: 15 resource-days. Nobody is held to
// retire.
PlanDates two_plan() {
  return {"",
          {service("a", {{"refactor", "2024-01-15", "2024-01-19"},
                         {"cutover", "2024-01-22", "2024-01-22"},
                         {"retire", "2024-01-23", "2024-01-25"}}),
           service("b", {{"refactor", "2024-01-15", "2024-01-24"},
                         {"cutover", "2024-01-25", "2024-01-25"},
                         {"retire", "2024-01-26", "2024-01-28"}})}};
}

// The first one a day late, the second one under way.
const std::string kLateA =
    ", progress: {refactor: {started: 2024-01-15, finished: 2024-01-22}, cutover: {started: 2024-01-23, finished: "
    "2024-01-23}}";
const std::string kActiveB = ", progress: {refactor: {started: 2024-01-15}}";

Held two(const std::string& a, const std::string& b, std::string_view as_of) {
  return hold(of_yaml(entry("a", kS + ", effort_days: 5" + a) + entry("b", kS + ", effort_days: 8" + b)), two_plan(),
              as_of);
}

std::string text_of(const std::optional<std::size_t>& count) { return count ? std::to_string(*count) : "-"; }
std::string text_of(const std::optional<std::int64_t>& work) { return work ? std::to_string(*work) : "-"; }

std::string curve(const Held& held, BurnUpStep step) {
  std::string text;
  for (const BurnUpPoint& p : burn_up(*held.status, step)) {
    text += p.day.to_string() + " " + std::to_string(p.planned) + " " + text_of(p.done) + " " + text_of(p.expected) +
            ", " + std::to_string(p.planned_work) + " " + text_of(p.done_work) + " " + text_of(p.expected_work) + "\n";
  }
  return text;
}

std::string value_of(const Held& held) {
  const EarnedValue value = earned_value(*held.status);
  return std::to_string(value.earned) + " of " + std::to_string(value.planned) + " of " + std::to_string(value.total) +
         ", " + std::to_string(value.behind_days);
}

std::string due(const Held& held, std::uint32_t days) {
  std::string text;
  for (const DueEvent& e : due_events(*held.status, last_due_day(*held.status, days))) {
    text += std::string(name_of(e.kind)) + " " + held::name_of(*held.status, e.service) + " ";
    text += held.status->phases(held.status->services()[e.service])[e.phase].phase->name;
    text += " " + e.planned.to_string().substr(5) + " " + e.expected.to_string().substr(5) + " " +
            std::to_string(e.late_days) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("burn_up: by week, done up to the day asked about, expected from it on") {
  // Work planned to be over: 5 on the 19th, 1 on the 22nd, 8 on the 24th, 1 on the 25th.
  CHECK(curve(two(kLateA, kActiveB, "2024-01-24"), BurnUpStep::Week) ==
        "2024-01-21 0 0 -, 5 0 -\n"
        "2024-01-24 1 1 1, 14 6 14\n"
        "2024-01-28 2 - 2, 15 - 15\n");
}

TEST_CASE("burn_up: by month, to its last day") {
  // A day later b's refactoring is still under way: the end of today at the earliest, and its cutover on the 26th.
  CHECK(curve(two(kLateA, kActiveB, "2024-01-25"), BurnUpStep::Month) ==
        "2024-01-25 2 1 1, 15 6 14\n"
        "2024-01-31 2 - 2, 15 - 15\n");
}

TEST_CASE("burn_up: before the programme nothing is done, and a month has as many days as it has") {
  CHECK(curve(two("", "", "2023-12-01"), BurnUpStep::Month) ==
        "2023-12-01 0 0 0, 0 0 0\n"
        "2023-12-31 0 - 0, 0 - 0\n"
        "2024-01-31 2 - 2, 15 - 15\n");
}

TEST_CASE("burn_up: without services there is a point all the same, for today") {
  CHECK(curve(hold(Case{testing::inventory({}), testing::policy(short_rules())}, {}, "2024-02-29"),
              BurnUpStep::Month) == "2024-02-29 0 0 0, 0 0 0\n");
}

TEST_CASE("burn_up: what was over of old counts from the beginning in all curves") {
  const Held held =
      hold(of_yaml(entry("a", kS + ", effort_days: 5" + kLateA) + entry("b", kS + ", effort_days: 8" + kActiveB) +
                   entry("old", kS + ", status: retired")),
           two_plan(), "2024-01-24");
  CHECK(curve(held, BurnUpStep::Week).starts_with("2024-01-21 1 1 -, 5 0 -\n2024-01-24 2 2 2, "));
}

TEST_CASE("earned_value: only what is over has value, on both sides") {
  CHECK(value_of(two(kLateA, kActiveB, "2024-01-24")) == "6 of 6 of 15, 0");   // b has until tonight
  CHECK(value_of(two(kLateA, kActiveB, "2024-01-26")) == "6 of 15 of 15, 2");  // the 25th and the 26th
  CHECK(value_of(two("", "", "2024-01-24")) == "0 of 6 of 15, 3");             // 5 were to be on the 19th: 22, 23, 24
  CHECK(value_of(two("", "", "2024-01-16")) == "0 of 0 of 15, 0");
}

TEST_CASE("earned_value: ahead by the working days until the plan has as much") {
  const std::string b =
      ", progress: {refactor: {started: 2024-01-15, finished: 2024-01-19}, cutover: {started: 2024-01-23, finished: "
      "2024-01-23}}";
  CHECK(value_of(two(kLateA, b, "2024-01-23")) == "15 of 6 of 15, -2");  // all of it, planned for the 25th
}

TEST_CASE("due_events: overdue first, then by planned day; what cannot be any more is expected later") {
  // Three days from Wednesday on: 24, 25, 26. Both retirements end behind them, or have not begun.
  CHECK(due(two(kLateA, kActiveB, "2024-01-24"), 3) ==
        "begin a retire 01-23 01-24 1\n"
        "finish b refactor 01-24 01-24 0\n"
        "cutover b cutover 01-25 01-25 0\n"
        "begin b retire 01-26 01-26 0\n");
}

TEST_CASE("due_events: a phase that should have begun is not said to be unfinished as well") {
  CHECK(due(two("", "", "2024-01-23"), 1) ==
        "begin a refactor 01-15 01-23 6\n"
        "begin b refactor 01-15 01-23 6\n"
        "cutover a cutover 01-22 01-30 1\n"
        "begin a retire 01-23 01-31 0\n");
}

TEST_CASE("last_due_day: the day asked about is the first one where it is worked on") {
  const auto last = [](std::string_view as_of, std::uint32_t days) {
    return last_due_day(*two("", "", as_of).status, days).to_string();
  };
  CHECK(last("2024-01-12", 1) == "2024-01-12");
  CHECK(last("2024-01-12", 2) == "2024-01-15");
  CHECK(last("2024-01-13", 1) == "2024-01-15");  // a Saturday
  CHECK(last("2024-01-15", 10) == "2024-01-26");
}
