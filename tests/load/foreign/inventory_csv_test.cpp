#include <catch2/catch.hpp>

#include "report_reading.hpp"

using namespace migplan;
using namespace migplan::reports;

TEST_CASE("csv report: the line that tells Excel the separator is no row") {
  const Observations read = observed("sep=;\r\nname;debt.sonar_debt_days\r\ncart;12.5\r\n");
  CHECK(facts(read) == Lines{"cart debt.sonar_debt_days 12.5"});
  CHECK(read.facts[0].place.at.line == 3);
}

TEST_CASE("csv report: a row a service, a column a fact, an empty cell nothing") {
  const auto result = read(
      "name,debt.sonar_debt_days,stack,depends_on,platform.framework_end_of_life\r\n"
      "cart,12.50,java8; spring boot,stock; mail:weak; sms:external,TRUE\r\nstock,,,[],\r\nmail,,,,\r\n,,,,\r\n");
  CHECK(issue_rows(result) == Lines{});
  CHECK(facts(result.value()) == Lines{"cart debt.sonar_debt_days 12.5", "cart stack java8+spring boot",
                                       "cart platform.framework_end_of_life true"});
  CHECK(calls(result.value()) == Lines{"cart -> stock strong", "cart -> mail weak", "cart -> sms(outside) strong"});
  CHECK(result.value().whole_callers == Lines{"cart", "stock"});
  CHECK(result.value().subjects == Lines{"cart", "stock", "mail"});
  CHECK(result.value().facts[0].place.at.line == 2);
  CHECK(result.value().origin.tool == "csv");
}

TEST_CASE("csv report: what spreadsheets make of it reads the same") {
  const Lines rows{"cart team =a", "cart debt.sonar_debt_days 3"};
  CHECK(facts(observed("name,team,debt.sonar_debt_days\ncart,\"'=a\",3\n")) == rows);
  CHECK(facts(observed("\xEF\xBB\xBF\"name\";\"team\";\"debt.sonar_debt_days\"\r\n\"cart\";\"'=a\";\"3\"\r\n")) ==
        rows);
  CHECK(facts(observed("name\tteam\tdebt.sonar_debt_days\ncart\t =a\t3\n")) == rows);
}

TEST_CASE("csv report: results of score that are no facts are passed over, and named") {
  const auto result = read("name,domain,tier,score,impact,sla_30d,sla_target,x-own\ncart,trade,S,90,55,99.5,99.95,1\n");
  CHECK(facts(result.value()) == Lines{"cart domain trade", "cart impact.sla_30d 99.5"});
  REQUIRE(result.value().notes.kept().size() == 1);
  CHECK(result.value().notes.kept()[0].message ==
        "columns that are no facts, passed over: tier, score, impact, sla_target");
}

TEST_CASE("csv report: a decimal comma is refused, not guessed at") {
  CHECK(
      issue_rows(read("name;debt.sonar_debt_days\ncart;12,5\n")) ==
      Lines{
          "in:2:6: error: debt.sonar_debt_days: found \"12,5\", expected a number with a point as decimal sign and no "
          "thousands separators (save the sheet in a language with a decimal point, such as English (USA))"});
}

TEST_CASE("csv report: every fault has its place") {
  CHECK(issue_rows(read("name,debt.sonar_debt_day\ncart,1\n", {.format = "csv", .service = {}, .map = {}})) ==
        Lines{"in:1:6: error: unknown column \"debt.sonar_debt_day\" (did you mean debt.sonar_debt_days?)"});
  CHECK(issue_rows(read("name,impact.sla_30d\ncart,1e9\nstock,99,1\n,99\n")) ==
        Lines{"in:3:1: error: found 3 cells, expected 2 as in the header",
              "in:4:1: error: name: found no name in this row"});
  CHECK(issue_rows(read("name,impact.sla_30d\ncart,1000\n"))
            .at(0)
            .find("in:2:6: error: impact.sla_30d: impact.sla_30d: found") == 0);
  CHECK(issue_rows(read("name,depends_on\ncart,stock:soft\n")) ==
        Lines{"in:2:6: error: depends_on: found \"soft\" behind \"stock\", expected strong, weak or external"});
}

TEST_CASE("csv report: a column of another name is mapped, and a file without names is of one service") {
  const auto result = read("when,tps\n2024,120\n",
                           {.format = "csv", .service = "cart", .map = {{"tps", "impact.peak_orders_per_second"}}});
  CHECK(facts(result.value()) == Lines{"cart impact.peak_orders_per_second 120"});
  CHECK(
      issue_rows(read("when,tps\n2024,120\n", {.format = "csv", .service = "cart", .map = {{"tps", "impact.peak"}}})) ==
      Lines{"in:2:6: error: tps: no fact of an inventory: \"impact.peak\""});
}

TEST_CASE("report: a format of no such name, and a content of none, are refused with what is known") {
  CHECK(issue_rows(read("name,team\n", {.format = "cvs", .service = {}, .map = {}})) ==
        Lines{"in: error: unknown source \"cvs\" (did you mean csv?)"});
  CHECK(issue_rows(read("hello\n")).at(0).find("in: error: not the report of a known tool (known: ") == 0);
  CHECK(issue_rows(read("")).at(0) == "in: error: found nothing, expected the report of a tool");
}
