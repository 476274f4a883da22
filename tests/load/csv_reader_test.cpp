// CSV inventories: one service a row, columns named by path.

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

TEST_CASE("csv reader: quoted cells hold delimiters, quotes and newlines") {
  const Result<Inventory> read = read_csv("name,owner,display_name\na,\"x, \"\"y\"\"\",\"one\ntwo\"\nb,z,\n");
  CHECK(complaints(read).empty());
  CHECK(profile_of(accepted(read)[0]).owner == "x, \"y\"");
  CHECK(profile_of(accepted(read)[0]).display_name == "one\ntwo");
  CHECK(profile_of(accepted(read)[1]).owner == "z");
}

TEST_CASE("csv reader: the header's delimiter may be ; or tab") {
  CHECK(profile_of(accepted(read_csv("name;owner\na;\"x;y\"\n"))[0]).owner == "x;y");
  CHECK(profile_of(accepted(read_csv("name\towner\na\tx,y\n"))[0]).owner == "x,y");
}

TEST_CASE("csv reader: empty cells are absent facts") {
  const Result<Inventory> read = read_csv("name,kind,impact.sla_30d,depends_on\na,,,\n");
  CHECK(complaints(read).empty());
  CHECK_FALSE(accepted(read)[0].impact.sla_30d.is_known());
  CHECK_FALSE(accepted(read)[0].has_dependency_list);
}

TEST_CASE("csv reader: a byte-order mark, CRLF, blank lines and a missing last end do no harm") {
  const Result<Inventory> read = read_csv("\xEF\xBB\xBFname,owner\r\n\r\na,x\r\n\r\nb,y");
  CHECK(complaints(read).empty());
  CHECK(accepted(read).size() == 2);
  CHECK(accepted(read)[1].at.line == 5);
  CHECK(profile_of(accepted(read)[1]).owner == "y");
}

TEST_CASE("csv reader: a mistake is told with the place of its cell") {
  CHECK(complaints(read_csv("name,kind,impact.sla_30d\na,core,99\nb,cor,101\n")) ==
        "in:3:3: error: kind: found \"cor\", expected one of standard, core, long-tail (did you mean core?)\n"
        "in:3:7: error: impact.sla_30d: found \"101\", expected a number (percent), 0 to 100");
  CHECK(complaints(read_csv("name,kind\r\na,core\r\n\"B\",core\r\n")) ==
        "in:3:1: error: name: found \"B\", expected a label (a-z, 0-9 and '-', at most 63, a letter or digit at both "
        "ends)");
}

TEST_CASE("csv reader: places behind a cell of several lines are right") {
  CHECK(complaints(read_csv("name,owner,kind\na,\"one\ntwo\",cor\nb,x,cor\n")) ==
        "in:3:6: error: kind: found \"cor\", expected one of standard, core, long-tail (did you mean core?)\n"
        "in:4:5: error: kind: found \"cor\", expected one of standard, core, long-tail (did you mean core?)");
}

TEST_CASE("csv reader: a first cell of several lines stands where it begins") {
  CHECK(complaints(read_csv("display_name,name\nx,a\n\"one\ntwo\",A\n")) ==
        "in:4:6: error: name: found \"A\", expected a label (a-z, 0-9 and '-', at most 63, a letter or digit at both "
        "ends)");
  CHECK(complaints(read_csv("kind,name\n\"one\ntwo\",a\n")) ==
        "in:2:1: error: kind: found \"one\\ntwo\", expected one of standard, core, long-tail");
}

TEST_CASE("csv reader: rows are as wide as the header") {
  CHECK(complaints(read_csv("name,kind,owner\na,core\nb,core,x,y\nc,core,x\n")) ==
        "in:2:1: error: found 2 cells, expected 3 as in the header\n"
        "in:3:1: error: found 4 cells, expected 3 as in the header");
}

TEST_CASE("csv reader: unknown columns are rejected with the nearest known one") {
  CHECK(complaints(read_csv("name,knd,impact.sla,zzzzzzzzzz.a\na,,,\n")) ==
        "in:1:6: error: unknown column \"knd\" (did you mean kind?)\n"
        "in:1:10: error: unknown column \"impact.sla\" (known: peak_orders_per_second, sla_30d, sla_target)\n"
        "in:1:21: error: unknown column \"zzzzzzzzzz.a\" (known: name, display_name, domain, team, kind, stack, owner, "
        "effort_days, window, impact, debt, topology, depends_on, coupling, platform, runtime, traffic, transactions, "
        "payloads, slo, status, progress, override, pins, durations)");
}

TEST_CASE("csv reader: a column below a single value is unknown") {
  CHECK(complaints(read_csv("name,kind.of\na,b\n")) == "in:1:6: error: unknown column \"kind.of\": kind has no parts");
}

TEST_CASE("csv reader: columns that begin with x- are free") {
  CHECK(read_csv("name,x-note,x-a.b\na,anything,[5\n").is_ok());
}

TEST_CASE("csv reader: a column stands once") {
  CHECK(complaints(read_csv("name,kind,kind\na,core,core\n")) == "in:1:11: error: column \"kind\" stands twice");
  CHECK(complaints(read_csv("name,impact.sla_30d,impact\na,99,\n")) ==
        "in:1:21: error: column \"impact\" stands twice");
}

TEST_CASE("csv reader: a column that stands whole may not stand in parts as well") {
  CHECK_FALSE(read_csv("name,impact,impact.sla_30d\na,,99\n").is_ok());
}

TEST_CASE("csv reader: a header without name is rejected, without its rows") {
  CHECK(complaints(read_csv("kind,owner\nx,y\nz\n")) == "in:1:1: error: found no column \"name\" in the header");
}

TEST_CASE("csv reader: an empty text is rejected") {
  CHECK(complaints(read_csv("")) == "in:1:1: error: found nothing, expected a header row");
  CHECK(complaints(read_csv("\xEF\xBB\xBF\n")) == "in:1:1: error: found nothing, expected a header row");
}

TEST_CASE("csv reader: dependencies may be written on one line") {
  const Result<Inventory> read = read_csv("name,depends_on\na,b; c:weak ;d:external;e:weak:external;\nb,\nc,\n");
  CHECK(complaints(read).empty());
  const auto found = accepted(read).dependencies(0);
  REQUIRE(found.size() == 4);
  CHECK((found[0].target == 1 && found[0].strength == Strength::Strong && !found[0].is_external));
  CHECK((found[1].target == 2 && found[1].strength == Strength::Weak));
  CHECK((found[2].service == "d" && found[2].is_external && found[2].strength == Strength::Strong));
  CHECK((found[3].is_external && found[3].strength == Strength::Weak));
}

TEST_CASE("csv reader: a mistake in a dependency on one line has the cell's place") {
  CHECK(complaints(read_csv("name,depends_on\na,b:week\nb,\n")) ==
        "in:2:3: error: depends_on[0].strength: found \"week\", expected one of strong, weak (did you mean weak?)");
  CHECK(complaints(read_csv("name,depends_on\na,b; zz\nb,\n")) ==
        "in:2:3: error: depends_on[1]: no such service: \"zz\" (a) (mark it `external: true` if it is not "
        "part "
        "of this inventory)");
}

TEST_CASE("csv reader: [] in depends_on means none") {
  CHECK(accepted(read_csv("name,depends_on\na,[]\n"))[0].has_dependency_list);
}

TEST_CASE("csv reader: a list is written with semicolons or lines") {
  CHECK(accepted(read_csv("name,stack\na,java8; dubbo\n")).stack(0).size() == 2);
  CHECK(accepted(read_csv("name,stack\na,\"java8\r\ndubbo\n\"\n")).stack(0)[1] == "dubbo");
}

TEST_CASE("csv reader: a cell may hold JSON") {
  const Result<Inventory> read = read_csv("name,impact,stack\na,\"{\"\"sla_30d\"\": 99.5}\",\"[\"\"x;y\"\"]\"\n");
  CHECK(complaints(read).empty());
  CHECK(accepted(read)[0].impact.sla_30d.value() == Percent::from_steps(99'500'000));
  CHECK(accepted(read).stack(0)[0] == "x;y");
}

TEST_CASE("csv reader: a mistake in a JSON cell is told at its cell") {
  CHECK(complaints(read_csv("name,owner,impact\nb,x,\"{\"\"sla_30d\"\": 101}\"\n")) ==
        "in:2:5: error: impact.sla_30d: found 101, expected a number (percent), 0 to 100");
  CHECK_THAT(complaints(read_csv("name,owner,impact\nb,x,\"{\"\"sla_30d\"\": \"\nc,,\n")),
             Catch::StartsWith("in:2:5: error: ") && Catch::Contains("not JSON"));
}

TEST_CASE("csv reader: a broken JSON cell does not disturb the next row") {
  const Result<Inventory> read = read_csv("name,impact,kind\nb,{,core\nc,,cor\n");
  CHECK(read.issues().errors() == 2);
  CHECK(read.issues().kept().back().at.line == 3);
}

TEST_CASE("csv reader: free names stand in the column's name") {
  const Result<Inventory> read = read_csv(
      "name,progress.refactor.started,progress.refactor.finished,progress.canary.started,pins.cutover\na,2024-01-02,"
      "2024-02-03,,2024-05-01\n");
  CHECK(complaints(read).empty());
  const ServiceDetails& details = details_of(accepted(read)[0]);
  CHECK(details.progress.size() == 1);
  CHECK(details.progress.at("refactor").finished->to_string() == "2024-02-03");
  CHECK(details.pins.at("cutover").day.to_string() == "2024-05-01");
}

TEST_CASE("csv reader: a mistake under a free name has its path") {
  CHECK(complaints(read_csv("name,progress.refactor.started\na,soon\n")) ==
        "in:2:3: error: progress.refactor.started: found \"soon\", expected a date such as 2024-07-01");
  CHECK(complaints(read_csv("name,progress.refactor.begun\na,soon\n")) ==
        "in:1:6: error: unknown column \"progress.refactor.begun\" (known: started, finished)");
}

TEST_CASE("csv reader: an unclosed quote is told where its cell begins") {
  CHECK(complaints(read_csv("name,owner\na,x\nb,\"core\nc,y\n")) ==
        "in:3:3: error: not CSV: a quoted cell has no closing quote");
  CHECK(complaints(read_csv("name,owner\na,x\n\"b,core\nc,y\n")) ==
        "in:3:1: error: not CSV: a quoted cell has no closing quote");
}

TEST_CASE("csv reader: a quote inside a cell that is not quoted is rejected") {
  CHECK(
      complaints(read_csv("name,owner\na,x\"y\n")) ==
      "in:2:3: error: not CSV: a quote stands inside a cell that is not quoted, or text stands behind a closing quote");
}

TEST_CASE("csv reader: bytes that are not UTF-8 are told with their place and what to do") {
  CHECK(complaints(read_csv("name,owner\na,x\nb,caf\xE9\n")) ==
        "in:3:6: error: found the byte \\xe9, expected UTF-8 (save the sheet as CSV UTF-8)");
}

TEST_CASE("csv reader: control characters are rejected as in YAML and JSON") {
  CHECK_FALSE(read_csv("name,owner\na,\x1b[31mred\n").is_ok());
  CHECK_FALSE(read_csv(std::string("name,owner\na,x\0y\n", 17)).is_ok());
}

TEST_CASE("csv reader: a text that looks like a number or a word of YAML stays text") {
  const Result<Inventory> read = read_csv("name,owner,display_name\na,007,null\n");
  CHECK(profile_of(accepted(read)[0]).owner == "007");
  CHECK(profile_of(accepted(read)[0]).display_name == "null");
}

TEST_CASE("csv reader: a service's name may be all digits") { CHECK(accepted(read_csv("name\n42\n"))[0].name == "42"); }
