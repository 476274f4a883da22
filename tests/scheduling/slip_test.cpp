// Monday is 2024-01-15, 22 and 29; weekends are 20 and 21, 27 and 28. Nothing else is a day off.
#include <catch2/catch.hpp>
#include <string>

#include "held.hpp"

using namespace migplan;
using namespace migplan::held;
using namespace migplan::short_programme;
using dated::service;

namespace {

PlanDates cart_plan() {
  return {"",
          {service("cart", {{"refactor", "2024-01-15", "2024-01-19"},
                            {"cutover", "2024-01-22", "2024-01-22"},
                            {"retire", "2024-01-23", "2024-01-25"}})}};
}

std::string cart(const std::string& progress, std::string_view as_of, PlanDates plan = cart_plan(),
                 PolicyValues rules = short_rules(), const std::string& facts = kS) {
  const Held held =
      hold(of_yaml(entry("cart", facts + ", effort_days: 5, progress: {" + progress + "}"), std::move(rules)),
           std::move(plan), as_of);
  return slip_words(*held.status);
}

const std::string kOnPlan =
    "refactor: {started: 2024-01-15, finished: 2024-01-19}, cutover: {started: 2024-01-22, finished: 2024-01-22}";

}  // namespace

TEST_CASE("slips: what goes as planned has none") {
  CHECK(cart(kOnPlan + ", retire: {started: 2024-01-23, finished: 2024-01-25}", "2024-01-26").empty());
  CHECK(cart(kOnPlan + ", retire: {started: 2024-01-23}", "2024-01-25").empty());
  CHECK(cart("", "2024-01-15").empty());  // it may begin today
  CHECK(cart("refactor: {started: 2024-01-15}", "2024-01-19").empty());
}

TEST_CASE("slips: what goes earlier than planned has none") {
  CHECK(cart("refactor: {started: 2024-01-15, finished: 2024-01-17}, cutover: {started: 2024-01-18, finished: "
             "2024-01-18}",
             "2024-01-18")
            .empty());
}

TEST_CASE("slips: what takes longer, and what waits for it") {
  // Over on the 23rd, planned for the 19th: the 22nd and the 23rd. The cutover was to be on the 22nd, and the first day
  // after the refactoring is the 24th; the day after that of the cutover was to be the 23rd.
  CHECK(cart("refactor: {started: 2024-01-15, finished: 2024-01-23}", "2024-01-24") ==
        "cart refactor, start 0, finish 2: duration 2\n"
        "cart cutover, start 2: predecessor 2 refactor of cart\n"
        "cart retire, start 1: predecessor 1 cutover of cart");
}

TEST_CASE("slips: what is under way and should be over is late so far") {
  // On the 23rd in the morning: the 22nd is gone, the 23rd is going.
  CHECK(cart("refactor: {started: 2024-01-15}", "2024-01-23") ==
        "cart refactor, start 0, finish 2: duration 2\n"
        "cart cutover, start 1: predecessor 1 refactor of cart");
}

TEST_CASE("slips: days on which nothing was in the way are told apart from those of the predecessor") {
  // The refactoring takes the 22nd and 23rd; the crew was free on the 24th and 25th.
  CHECK(cart("refactor: {started: 2024-01-15, finished: 2024-01-23}, cutover: {started: 2024-01-26, finished: "
             "2024-01-26}",
             "2024-01-26") ==
        "cart refactor, start 0, finish 2: duration 2\n"
        "cart cutover, start 4, finish 4: predecessor 2 refactor of cart, unexplained 2\n"
        "cart retire, start 3: predecessor 3 cutover of cart");
  CHECK(cart("", "2024-01-17") == "cart refactor, start 2: unexplained 2");
}

TEST_CASE("slips: days made up count against days lost") {
  // Two days late at the start, one at the end: four days of work in place of five.
  CHECK(cart("refactor: {started: 2024-01-17, finished: 2024-01-22}", "2024-01-22") ==
        "cart refactor, start 2, finish 1: unexplained 2, duration -1");
  // Begun a day before, over two days behind: the plan's last day is what counts.
  PlanDates later = cart_plan();
  dated::move(later, "cart", "refactor", "2024-01-16", "2024-01-22");
  dated::move(later, "cart", "cutover", "2024-02-01", "2024-02-01");
  dated::move(later, "cart", "retire", "2024-02-02", "2024-02-04");
  CHECK(cart("refactor: {started: 2024-01-15, finished: 2024-01-24}", "2024-01-24", later) ==
        "cart refactor, start -1, finish 2: duration 2");
}

TEST_CASE("slips: a resource that others held, and who gave it back first") {
  const std::string five = kS + ", effort_days: 5";
  const auto planned = [](const char* name, const char* start, const char* finish, const char* cutover) {
    return service(
        name, {{"refactor", start, finish}, {"cutover", cutover, cutover}, {"retire", "2024-02-12", "2024-02-14"}});
  };
  PlanDates plan{
      "",
      {planned("a", "2024-01-15", "2024-01-19", "2024-02-05"), planned("b", "2024-01-15", "2024-01-19", "2024-02-06"),
       planned("c", "2024-01-22", "2024-01-26", "2024-02-07")}};
  // There are two squads. On the 22nd, 23rd and 24th a and b have both.
  const Held held =
      hold(of_yaml(entry("a", five + ", progress: {refactor: {started: 2024-01-15, finished: 2024-01-24}}") +
                   entry("b", five + ", progress: {refactor: {started: 2024-01-15, finished: 2024-01-25}}") +
                   entry("c", five + ", progress: {refactor: {started: 2024-01-25}}")),
           plan, "2024-01-26");
  CHECK(slip_words(*held.status) ==
        "a refactor, start 0, finish 3: duration 3\n"
        "b refactor, start 0, finish 4: duration 4\n"
        "c refactor, start 3: resource 3 squads refactor of a");
}

TEST_CASE("slips: a freeze that a late phase runs into counts with all its working days") {
  PolicyValues rules = short_rules();
  rules.schedule.calendar.freezes.push_back(
      {"sale", dated::day("2024-01-23"), dated::day("2024-01-29"), {std::string(kCutover)}});
  // The refactoring takes the 22nd; the freeze takes 23 to 26 and 29.
  CHECK(cart("refactor: {started: 2024-01-15, finished: 2024-01-22}, cutover: {started: 2024-01-30, finished: "
             "2024-01-30}",
             "2024-01-30", cart_plan(), rules) ==
        "cart refactor, start 0, finish 1: duration 1\n"
        "cart cutover, start 6, finish 6: predecessor 1 refactor of cart, freeze 5 sale\n"
        "cart retire, start 5: predecessor 5 cutover of cart");
}

TEST_CASE("slips: the first day of a tier, and a person's word") {
  PlanDates early = cart_plan();
  dated::move(early, "cart", "refactor", "2024-01-29", "2024-02-02");
  dated::move(early, "cart", "cutover", "2024-02-05", "2024-02-05");
  dated::move(early, "cart", "retire", "2024-02-06", "2024-02-08");
  // Tier A opens on Thursday, February 1st.
  CHECK(cart("refactor: {started: 2024-02-02}", "2024-02-02", early, short_rules(), kA) ==
        "cart refactor, start 4: tier gate 3, unexplained 1");
  CHECK(cart("refactor: {started: 2024-01-18}", "2024-01-18", cart_plan(), short_rules(),
             kS + ", pins: {refactor: 2024-01-18}") == "cart refactor, start 3: pin 3");
}

TEST_CASE("slips: calendar days are late in working days, and other days off may take some of them back") {
  // Planned from Tuesday to Thursday; Friday to Sunday it was: three days late to begin, Friday alone late to end.
  CHECK(cart("refactor: {started: 2024-01-15, finished: 2024-01-19}, cutover: {started: 2024-01-25, finished: "
             "2024-01-25}, retire: {started: 2024-01-26, finished: 2024-01-28}",
             "2024-01-29") ==
        "cart cutover, start 3, finish 3: unexplained 3\n"
        "cart retire, start 3, finish 1: predecessor 3 cutover of cart, days off -2");
}

TEST_CASE("slips: a status without dates is believed, and nothing is said of days that nobody wrote down") {
  const auto held = [](const std::string& status, const std::string& more = "") {
    return hold(of_yaml(entry("cart", kS + ", effort_days: 5, status: " + status + more)), cart_plan(), "2024-01-24");
  };
  // In development, and the plan's last day of it is the 19th: 22, 23 and, so far, 24.
  const Held active = held("in-development");
  CHECK(slip_words(*active.status) ==
        "cart refactor, finish 3: undated 3\n"
        "cart cutover, start 2: predecessor 2 refactor of cart\n"
        "cart retire, start 1: predecessor 1 cutover of cart");
  CHECK(active.status->services()[0].state == WorkState::Active);
  // Cut over before anybody kept dates: nothing is planned any more.
  const Held over = held("cut-over");
  CHECK(slip_words(*over.status).empty());
  CHECK(over.status->services()[0].state == WorkState::Done);
  // Cut over, with dates of the refactoring alone.
  const Held told = held("cut-over", ", progress: {refactor: {started: 2024-01-15, finished: 2024-01-19}}");
  CHECK(told.status->services()[0].state == WorkState::Done);
  CHECK(slip_words(*told.status) == "cart retire, start 1: unexplained 1");
}

TEST_CASE("slips: a cutover that several share has begun for all of them") {
  const auto planned = [](const char* name) {
    return service(name, {{"refactor", "2024-01-15", "2024-01-19"},
                          {"cutover", "2024-01-22", "2024-01-22"},
                          {"retire", "2024-01-23", "2024-01-25"}});
  };
  const std::string refactored = ", effort_days: 5, progress: {refactor: {started: 2024-01-15, finished: 2024-01-19}";
  const Held held = hold(of_yaml(entry("a", kS + ", depends_on: [{service: b}]" + refactored + "}") +
                                 entry("b", kS + ", depends_on: [{service: a}]" + refactored +
                                                ", cutover: {started: 2024-01-23, finished: 2024-01-23}}")),
                         {"", {planned("a"), planned("b")}}, "2024-01-23");
  CHECK(slip_words(*held.status) ==
        "a cutover, start 1, finish 1: unexplained 1\n"
        "b cutover, start 1, finish 1: unexplained 1");
  CHECK(held.status->services()[0].state == WorkState::Done);
}

TEST_CASE("status: progress behind the day asked about is refused with its place") {
  const Case programme =
      of_yaml(entry("cart", kS + ", progress: {refactor: {started: 2024-01-15, finished: 2024-01-19}}"));
  const Scorecard card(programme.inventory, programme.policy);
  const auto refused = try_hold(card, cart_plan(), dated::day("2024-01-18"));
  REQUIRE_FALSE(refused.is_ok());
  REQUIRE(refused.issues().errors() == 1);
  const Issue& issue = refused.issues().kept().front();
  CHECK(issue.path == "services[0].progress.refactor");
  CHECK(issue.at.line == 2);
  CHECK(issue.message == "found 2024-01-19, which is behind the day asked about, 2024-01-18 (cart)");
}

TEST_CASE("status: a plan that has no place on any calendar, and one that never ends, are refused") {
  PolicyValues rules = short_rules();
  rules.schedule.resources["squads"].capacity = Count{};
  const Case nobody = of_yaml(entry("cart", kS), rules);
  const auto misfit = try_hold(Scorecard(nobody.inventory, nobody.policy), cart_plan(), dated::day("2024-01-15"));
  REQUIRE_FALSE(misfit.is_ok());
  CHECK(misfit.issues().kept().front().message == "refactor of cart has no place on any calendar");
  PlanDates endless = cart_plan();
  dated::move(endless, "cart", "retire", "2024-01-23", "2094-01-25");
  const Case one = of_yaml(entry("cart", kS));
  const auto refused = try_hold(Scorecard(one.inventory, one.policy), endless, dated::day("2024-01-15"));
  REQUIRE_FALSE(refused.is_ok());
  CHECK(refused.issues().kept().front().message == "the schedule goes on for more than 40 years");
}
