#include "migplan/load/plan_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "program.hpp"
#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

Result<PlanDates> read(std::string_view text) {
  TextSource source(text);
  return read_plan(source, "plan");
}

// "cart: refactor 2024-01-15..2024-01-19, …", a line each service.
std::string words(const PlanDates& plan) {
  std::string text;
  for (const DatedService& service : plan.services) {
    text += (text.empty() ? "" : "\n") + service.name + ":";
    for (const DatedPhase& phase : service.phases) {
      text += " " + phase.phase + " " + phase.start.to_string() + ".." + phase.finish.to_string();
    }
  }
  return text;
}
std::string read_words(std::string_view text) { return words(accepted(read(text))); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

const std::string kJson =
    "{\"schema\": \"migplan/schedule/v1\", \"makespan_days\": 9,\n"
    " \"services\": [\n"
    "  {\"tier\": \"S\", \"phases\": [\n"
    "    {\"phase\": \"refactor\", \"start\": null, \"finish\": null},\n"
    "    {\"finish\": \"2024-01-22\", \"start\": \"2024-01-22\", \"phase\": \"cutover\", \"binding\": {\"kind\": "
    "\"pin\"}}],\n"
    "   \"name\": \"cart\"},\n"
    "  {\"name\": \"auth\", \"phases\": []}]}\n";
const std::string kRows =
    "service,phase,start,finish\r\n"
    "cart,refactor,2024-01-15,2024-01-19\r\n"
    "auth,cutover,2024-01-23,2024-01-23\r\n"
    "cart,cutover,2024-01-22,2024-01-22\r\n";
const std::string kOfRows =
    "cart: refactor 2024-01-15..2024-01-19 cutover 2024-01-22..2024-01-22\n"
    "auth: cutover 2024-01-23..2024-01-23";

std::string printed(const test::Arguments& more) {
  test::Arguments arguments{"schedule", "services.yaml", "--budget", "2"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return test::run_program(arguments, {{"services.yaml", test::source_file("data/examples/train-ticket.yaml")}}).out;
}

std::string sorted_words(PlanDates plan) {
  std::sort(plan.services.begin(), plan.services.end(),
            [](const DatedService& a, const DatedService& b) { return a.name < b.name; });
  for (DatedService& service : plan.services) {
    std::sort(service.phases.begin(), service.phases.end(),
              [](const DatedPhase& a, const DatedPhase& b) { return a.start < b.start; });
  }
  return words(plan);
}

}  // namespace

TEST_CASE("plan reader: the JSON of schedule, keys in any order, others passed over") {
  const PlanDates plan = accepted(read(kJson));
  CHECK(words(plan) == "cart: cutover 2024-01-22..2024-01-22\nauth:");
  CHECK(plan.file == "plan");
  CHECK(plan.services[0].at.line == 3);
  CHECK(plan.services[0].phases[0].at.line == 5);
}

TEST_CASE("plan reader: every form in which schedule prints a plan reads back the same") {
  const std::string json = printed({"-f", "json"});
  const std::string expected = sorted_words(accepted(read(json)));
  CHECK(expected.size() > 1000);
  for (const test::Arguments& form : {test::Arguments{"-f", "csv"}, test::Arguments{"--table", "phases", "-f", "csv"},
                                      test::Arguments{"--table", "phases", "-f", "jsonl"},
                                      test::Arguments{"--table", "phases", "-f", "csv", "--bom"}}) {
    const std::string text = printed(form);
    INFO(text.substr(0, 500));
    CHECK(sorted_words(accepted(read(text))) == expected);
  }
}

TEST_CASE("plan reader: a table of phases, as schedule or a spreadsheet writes it") {
  CHECK(read_words(kRows) == kOfRows);
  CHECK(read_words("\xEF\xBB\xBF" + kRows) == kOfRows);
  CHECK(read_words(replaced(kRows, ",", ";")) == kOfRows);
  CHECK(read_words(replaced(kRows, ",", "\t")) == kOfRows);
  CHECK(read_words(replaced(kRows, "\r\n", "\n")) == kOfRows);
  CHECK(read_words(replaced(kRows, "cart", "\"cart\"")) == kOfRows);
  CHECK(read_words(kRows + ",,,\r\n\r\n") == kOfRows);
  CHECK(read_words("finish,critical,start,service,phase\n2024-01-19,true,2024-01-15,cart,refactor\n") ==
        "cart: refactor 2024-01-15..2024-01-19");
  CHECK(accepted(read(kRows)).services[1].phases[0].at.line == 3);
}

TEST_CASE("plan reader: a phase without dates is left out, its service is not") {
  CHECK(read_words("service,phase,start,finish\ncart,refactor,,\n") == "cart:");
  CHECK(read_words("name,phases\ncart,\"refactor over, cutover 2024-01-22 to 2024-01-22\"\n") ==
        "cart: cutover 2024-01-22..2024-01-22");
}

TEST_CASE("plan reader: a table of services") {
  CHECK(read_words("name;tier;phases\ncart;S;\"refactor 2024-01-15 to 2024-01-19, cutover 2024-01-22 to 2024-01-22\"\n"
                   "auth;S;cutover 2024-01-23 to 2024-01-23\n") == kOfRows);
  CHECK(
      complaints(read("name,phases\ncart,refactor 2024-01-15 until 2024-01-19\n")) ==
      "plan:2:6: error: phases: found \"refactor 2024-01-15 until 2024-01-19\", expected such as \"refactor 2024-01-15 "
      "to 2024-02-20\"");
  CHECK(complaints(read("name,phases\ncart,cutover 2024-01-15 to 2024-13-01\n")) ==
        "plan:2:6: error: phases[0].finish: found \"2024-13-01\", expected a date such as 2024-07-01");
}

TEST_CASE("plan reader: JSON lines") {
  CHECK(read_words(
            "{\"service\": \"cart\", \"phase\": \"cutover\", \"start\": \"2024-01-22\", \"finish\": \"2024-01-22\"}\n\n"
            "{\"service\": \"cart\", \"phase\": \"refactor\", \"start\": null, \"finish\": null}\n") ==
        "cart: cutover 2024-01-22..2024-01-22");
  CHECK(complaints(read("{\"service\": \"cart\", \"phase\": \"cutover\"}\n"
                        "{\"service\": \"cart\", \"phase\": \"a\", \"start\": 3, \"finish\": null}\n")) ==
        "plan:2:44: error: start: found 3, expected a date such as 2024-07-01");
}

TEST_CASE("plan reader: the rows of a project plan; those that sum up are passed over") {
  const std::string head =
      "ID,WBS,Name,Duration,Start,Finish,Predecessors,Resource Names,Outline Level,Milestone,Text1,Text2\n";
  CHECK(read_words(head + "1,1,cart,10 days,2024-01-15,2024-01-22,,,1,No,cart,\n"
                          "2,1.1,cart: refactor,5 days,2024-01-15,2024-01-19,,squads,2,No,cart,refactor\n"
                          "3,1.2,cart: cutover,1 day,2024-01-22,2024-01-22,2,sre-crew,2,No,cart,cutover\n") ==
        "cart: refactor 2024-01-15..2024-01-19 cutover 2024-01-22..2024-01-22");
  CHECK(complaints(read(head + "1,1,x,1 day,15.01.2024,2024-01-22,,,1,No,cart,cutover\n")) ==
        "plan:2:13: error: start: found \"15.01.2024\", expected a date such as 2024-07-01");
}

TEST_CASE("plan reader: dates that no ISO date is are refused with their place") {
  CHECK(complaints(read("service;phase;start;finish\ncart;cutover;22.01.2024;2024-01-22\n")) ==
        "plan:2:14: error: start: found \"22.01.2024\", expected a date such as 2024-07-01");
  CHECK(complaints(read(replaced(kJson, "\"start\": \"2024-01-22\"", "\"start\": \"2024-02-30\""))) ==
        "plan:5:39: error: services[0].phases[1].start: found \"2024-02-30\", expected a date such as 2024-07-01");
}

TEST_CASE("plan reader: what contradicts itself is refused with its place") {
  CHECK(complaints(read("service,phase,start,finish\ncart,cutover,2024-01-22,2024-01-19\n")) ==
        "plan:2:25: error: finish: found 2024-01-19, before the start, 2024-01-22");
  CHECK(complaints(read("service,phase,start,finish\ncart,cutover,2024-01-22,\n")) ==
        "plan:2:1: error: finish: \"cutover\" has no finish");
  CHECK(complaints(read("service,phase,start,finish\ncart,cutover,,2024-01-22\n")) ==
        "plan:2:1: error: start: \"cutover\" has no start");
  CHECK(
      complaints(read("service,phase,start,finish\n,cutover,2024-01-22,2024-01-22\n")) ==
      "plan:2:1: error: row has no service, expected a label (a-z, 0-9 and '-', at most 63, a letter or digit at both "
      "ends)");
  CHECK(complaints(read(kRows + "cart,cutover,2024-01-22,2024-01-22\r\n")) ==
        "plan:5:6: error: phase: \"cutover of cart\" stands here twice, first at line 4");
  CHECK(complaints(read(replaced(kJson, "\"auth\"", "\"cart\""))) ==
        "plan:7:4: error: services[1].name: \"cart\" stands here twice, first at line 3");
  CHECK(complaints(read(replaced(kJson, "\"refactor\", \"start\": null, \"finish\": null",
                                 "\"cutover\", \"start\": \"2024-01-15\", \"finish\": \"2024-01-15\""))) ==
        "plan:5:53: error: services[0].phases[1].phase: \"cutover\" stands here twice, first at line 4");
}

TEST_CASE("plan reader: a phase of no days ends on the eve of its start") {
  CHECK(read_words("service,phase,start,finish\ncart,grey,2024-01-22,2024-01-21\n") ==
        "cart: grey 2024-01-22..2024-01-21");
}

TEST_CASE("plan reader: what is no plan is refused") {
  const std::string hint = " (migplan schedule writes plans: -f json, csv or msproject)";
  CHECK(complaints(read("")) == "plan:1:1: error: found nothing, expected a plan" + hint);
  CHECK(complaints(read(" \n")) == "plan:1:1: error: found nothing, expected a plan" + hint);
  CHECK(complaints(read(replaced(kJson, "schedule/v1", "schedule/v2"))) ==
        "plan:1:13: error: schema: no plan: found \"migplan/schedule/v2\", expected migplan/schedule/v1" + hint);
  CHECK(complaints(read("{\"services\": []}")) ==
        "plan:1:1: error: schema: no plan: it names no schema, expected migplan/schedule/v1" + hint);
  CHECK(complaints(read("schema: migplan/inventory/v1\nservices: []\n")) ==
        "plan:1:9: error: schema: no plan: found \"migplan/inventory/v1\", expected migplan/schedule/v1" + hint);
  CHECK(complaints(read("{\"schema\": \"migplan/schedule/v1\", \"services\": []}")) ==
        "plan:1:1: error: the plan has no phases" + hint);
  CHECK(complaints(read("{\"schema\": \"migplan/schedule/v1\"}")) ==
        "plan:1:1: error: plan has no services, expected a list");
  CHECK(complaints(read("service,phase,start,finish\n")) == "plan:1:1: error: the plan has no phases" + hint);
  CHECK(
      complaints(read("name,tier\ncart,S\n")) ==
      "plan:1:1: error: no plan: found the columns \"name, tier\" (expected service, phase, start and finish; or name "
      "and phases; or Text1, Text2, Start and Finish; or JSON)");
  CHECK(complaints(read("service,phase,start,finish,start\n")) == "plan:1:28: error: column \"start\" stands twice");
}

TEST_CASE("plan reader: a text that breaks off is refused") {
  const std::string whole = printed({"-f", "json"});
  for (std::size_t length = 60; length + 2 < whole.size(); length += 997) {
    const auto result = read(std::string_view(whole).substr(0, length));
    REQUIRE_FALSE(result.is_ok());
    REQUIRE(result.issues().has_syntax_errors());
    REQUIRE(result.issues().kept()[0].at.line != 0);
  }
  for (const std::size_t length : {kRows.size() - 4, kRows.size() - 14, kRows.size() - 20}) {
    CHECK_FALSE(read(std::string_view(kRows).substr(0, length)).is_ok());
  }
  CHECK(complaints(read("service,phase,start,finish\n\"cart,cutover")) ==
        "plan:2:1: error: not CSV: a quoted cell has no closing quote");
}

TEST_CASE("plan reader: bytes that are no text, and a source that fails") {
  CHECK(complaints(read("service,phase,start,finish\nca\xFFrt,cutover,,\n")).starts_with("plan:2:3: error: "));
  FailingSource source("{\"schema\": \"migplan/schedule/v1\"");
  CHECK(read_plan(source, "plan").issues().has_access_errors());
}
