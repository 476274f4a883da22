// Facts come into the text of an inventory without touching the rest of it.
#include "migplan/merge/text_edit.hpp"

#include <catch2/catch.hpp>

#include "merging_support.hpp"

using namespace migplan;
using namespace migplan::test;

namespace {

NamedReport sonar(std::string service, std::string days) {
  return report_of("sonarqube", fact(std::move(service), "debt.sonar_debt_days", number(std::move(days))));
}

NamedReport calls(std::vector<std::pair<std::string, std::string>> pairs, bool has_all = false) {
  Observations said;
  said.has_all_calls = has_all;
  for (auto& [caller, callee] : pairs) {
    said.subjects.push_back(caller);
    if (!callee.empty()) said.calls.push_back({.caller = caller, .callee = callee});
  }
  return report_of("jaeger", std::move(said));
}

std::string edited(std::string text, std::vector<NamedReport> reports, OnConflict on_conflict = OnConflict::Replace,
                   bool adds = false, std::string file = "services.yaml") {
  Merging merging(std::move(text), std::move(file));
  REQUIRE_FALSE(merging.issues.has_errors());
  merging.on_conflict = on_conflict;
  merging.adds = adds;
  const Merged merged = merging.merge(std::move(reports));
  const std::string made = with_edits(*merging.text, merging.edits(merged));
  const auto again = read_placed_inventory(made, merging.file, 1);
  INFO(made);
  for (const Issue& issue : again.issues().kept()) FAIL(to_string(issue));
  CHECK(difference(merging.placed->layout, merged.changes, merged.new_services, again.value().layout).empty());
  return made;
}

}  // namespace

TEST_CASE("text edit: a value is replaced where it stands, comments and order stay") {
  CHECK(edited("# ours\nservices:\n  - debt: {high_risk_vulnerabilities: 1, sonar_debt_days: 3.0}  # measured\n"
               "    name: cart # the cart\n",
               {sonar("cart", "12.5")}) ==
        "# ours\nservices:\n  - debt: {high_risk_vulnerabilities: 1, sonar_debt_days: 12.5}  # measured\n"
        "    name: cart # the cart\n");
}

TEST_CASE("text edit: a missing key comes behind the last one of its group") {
  CHECK(edited("services:\n- name: cart\n  debt:\n      # scanned weekly\n      high_risk_vulnerabilities: 1 # of 3\n"
               "  # why\n  topology: {upstream_chain_length: 2}\n",
               {sonar("cart", "4")}) ==
        "services:\n- name: cart\n  debt:\n      # scanned weekly\n      high_risk_vulnerabilities: 1 # of 3\n"
        "      sonar_debt_days: 4\n  # why\n  topology: {upstream_chain_length: 2}\n");
  CHECK(edited("services: [{name: cart, debt: {high_risk_vulnerabilities: 1}}]\n", {sonar("cart", "4")}) ==
        "services: [{name: cart, debt: {high_risk_vulnerabilities: 1, sonar_debt_days: 4}}]\n");
  CHECK(edited("services: [{name: cart, debt: {}}]\n", {sonar("cart", "4")}) ==
        "services: [{name: cart, debt: {sonar_debt_days: 4}}]\n");
}

TEST_CASE("text edit: a missing group stands where facts are best read, as other services write it") {
  CHECK(edited("services:\n  - name: cart\n    impact: {sla_30d: 99}\n    depends_on: []\n", {sonar("cart", "4")}) ==
        "services:\n  - name: cart\n    impact: {sla_30d: 99}\n    debt:\n      sonar_debt_days: 4\n    depends_on: "
        "[]\n");
  CHECK(edited("services:\n  - {name: mail, debt: {sonar_debt_days: 1}}\n  - name: cart\n", {sonar("cart", "4")}) ==
        "services:\n  - {name: mail, debt: {sonar_debt_days: 1}}\n  - name: cart\n    debt: {sonar_debt_days: 4}\n");
}

TEST_CASE("text edit: a key that says nothing yet gets its value") {
  CHECK(edited("services:\n  - name: cart\n    debt:\n    team: a\n", {sonar("cart", "4")}) ==
        "services:\n  - name: cart\n    debt: {sonar_debt_days: 4}\n    team: a\n");
  CHECK(edited("services:\n  - name: cart\n    debt:\n      sonar_debt_days: ~ # soon\n", {sonar("cart", "4")}) ==
        "services:\n  - name: cart\n    debt:\n      sonar_debt_days: 4 # soon\n");
}

TEST_CASE("text edit: line ends and a missing last newline are kept") {
  CHECK(
      edited("services:\r\n  - name: cart\r\n    debt:\r\n      high_risk_vulnerabilities: 1\r\n",
             {sonar("cart", "4")}) ==
      "services:\r\n  - name: cart\r\n    debt:\r\n      high_risk_vulnerabilities: 1\r\n      sonar_debt_days: 4\r\n");
  CHECK(edited("services:\n  - name: cart", {sonar("cart", "4")}) ==
        "services:\n  - name: cart\n    debt:\n      sonar_debt_days: 4");
  CHECK(edited("\xEF\xBB\xBFservices:\n  - {name: cart, debt: {sonar_debt_days: 3}}\n", {sonar("cart", "4")}) ==
        "\xEF\xBB\xBFservices:\n  - {name: cart, debt: {sonar_debt_days: 4}}\n");
}

TEST_CASE("text edit: texts get quotes where they need them") {
  const auto team = [](std::string text) {
    return edited("services: [{name: a, team: \"old: one\"}]\n",
                  {report_of("csv", fact("a", "team", ObservedText{std::move(text)}))});
  };
  CHECK(team("trade") == "services: [{name: a, team: trade}]\n");
  CHECK(team("a: b # c") == "services: [{name: a, team: \"a: b # c\"}]\n");
  CHECK(team("no") == "services: [{name: a, team: \"no\"}]\n");
  CHECK(team("1e3") == "services: [{name: a, team: \"1e3\"}]\n");
  CHECK(team("a\\\"b") == "services: [{name: a, team: \"a\\\\\\\"b\"}]\n");
  CHECK(team("会员中心") == "services: [{name: a, team: \"会员中心\"}]\n");
}

TEST_CASE("text edit: values over several lines are replaced as a whole") {
  CHECK(edited("services:\n  - name: a\n    team: |\n      one\n      two\n\n    # next\n    owner: x\n",
               {report_of("csv", fact("a", "team", ObservedText{"b"}))}) ==
        "services:\n  - name: a\n    team: b\n\n    # next\n    owner: x\n");
  CHECK(edited("services:\n  - name: a\n    team: one\n      two\n    owner: x\n",
               {report_of("csv", fact("a", "team", ObservedText{"b"}))}) ==
        "services:\n  - name: a\n    team: b\n    owner: x\n");
  CHECK(edited("services:\n  - name: a\n    team: \"one\n      two\"   # t\n",
               {report_of("csv", fact("a", "team", ObservedText{"b"}))}) ==
        "services:\n  - name: a\n    team: b   # t\n");
}

TEST_CASE("text edit: lists of texts are written as they were") {
  const std::vector<std::string> stack{"java8", "spring boot"};
  CHECK(edited("services:\n  - name: a\n    stack: [go]\n", {report_of("csv", fact("a", "stack", stack))}) ==
        "services:\n  - name: a\n    stack: [java8, spring boot]\n");
  CHECK(edited("services:\n- name: a\n  stack:\n  - go\n  - rust # soon\n  team: t\n",
               {report_of("csv", fact("a", "stack", stack))}) ==
        "services:\n- name: a\n  stack:\n  - java8\n  - spring boot # soon\n  team: t\n");
}

TEST_CASE("text edit: dependencies come at the end of their list, in its way of writing") {
  const std::string more = "  - name: b\n  - name: c\n";
  CHECK(edited("services:\n  - name: a\n    depends_on:\n      - {service: b} # why\n" + more, {calls({{"a", "c"}})}) ==
        "services:\n  - name: a\n    depends_on:\n      - {service: b} # why\n      - {service: c}\n" + more);
  CHECK(edited("services:\n  - name: a\n    depends_on: [{service: b}]\n" + more, {calls({{"a", "c"}})}) ==
        "services:\n  - name: a\n    depends_on: [{service: b}, {service: c}]\n" + more);
  CHECK(edited("services:\n  - name: a\n    depends_on: []\n" + more, {calls({{"a", "c"}})}) ==
        "services:\n  - name: a\n    depends_on:\n      - {service: c}\n" + more);
  CHECK(edited("services:\n  - name: a\n" + more, {calls({{"a", "c"}, {"a", "b"}})}) ==
        "services:\n  - name: a\n    depends_on:\n      - {service: b}\n      - {service: c}\n" + more);
  CHECK(edited("services:\n  - name: a\n" + more, {calls({{"a", ""}}, true)}) ==
        "services:\n  - name: a\n    depends_on: []\n" + more);
}

TEST_CASE("text edit: dependencies that a whole list does not have go, with their line") {
  const std::string more = "  - name: b\n  - name: c\n";
  CHECK(edited("services:\n  - name: a\n    depends_on:\n      - {service: b} # why\n      - service: c\n        "
               "strength: weak\n" +
                   more,
               {calls({{"a", "b"}}, true)}) ==
        "services:\n  - name: a\n    depends_on:\n      - {service: b} # why\n" + more);
  CHECK(edited("services:\n  - name: a\n    depends_on: [{service: b}, {service: c}]\n" + more,
               {calls({{"a", "c"}}, true)}) == "services:\n  - name: a\n    depends_on: [{service: c}]\n" + more);
  CHECK(edited("services:\n  - name: a\n    depends_on:\n      - {service: b}\n" + more, {calls({{"a", ""}}, true)}) ==
        "services:\n  - name: a\n    depends_on: []\n" + more);
}

TEST_CASE("text edit: new services come last, apart as the others stand") {
  CHECK(edited("services:\n  - name: a\n\n  - name: b\n# end\n", {sonar("c", "1")}, OnConflict::Report, true) ==
        "services:\n  - name: a\n\n  - name: b\n\n  - name: c\n    debt:\n      sonar_debt_days: 1\n# end\n");
  CHECK(edited("services:\n- name: a\n- name: b\n", {sonar("c", "1")}, OnConflict::Report, true) ==
        "services:\n- name: a\n- name: b\n- name: c\n  debt:\n    sonar_debt_days: 1\n");
  CHECK(edited("services: []\n", {sonar("c", "1"), sonar("d", "2")}, OnConflict::Report, true) ==
        "services:\n  - name: c\n    debt:\n      sonar_debt_days: 1\n\n  - name: d\n    debt:\n      sonar_debt_days: "
        "2\n");
}

TEST_CASE("text edit: JSON and JSON Lines keep their layout") {
  CHECK(edited("{\n  \"services\": [\n    {\n      \"name\": \"a\",\n      \"team\": \"t\"\n    }\n  ]\n}\n",
               {sonar("a", "4"), sonar("b", "1")}, OnConflict::Report, true, "s.json") ==
        "{\n  \"services\": [\n    {\n      \"name\": \"a\",\n      \"team\": \"t\",\n      \"debt\": "
        "{\"sonar_debt_days\": 4}\n"
        "    },\n    {\"name\": \"b\", \"debt\": {\"sonar_debt_days\": 1}}\n  ]\n}\n");
  CHECK(edited("{\"name\":\"a\",\"debt\":{\"sonar_debt_days\":1}}\n{\"name\":\"b\"}",
               {sonar("a", "4"), sonar("b", "2")}, OnConflict::Replace, false, "s.jsonl") ==
        "{\"name\":\"a\",\"debt\":{\"sonar_debt_days\":4}}\n{\"name\":\"b\", \"debt\":{\"sonar_debt_days\":2}}");
}

TEST_CASE("text edit: what an anchor, alias or merge key holds is not changed") {
  for (const char* text : {
           "services:\n  - name: a\n    debt: &d {sonar_debt_days: 1}\n  - {name: b, debt: *d}\n",
           "services:\n  - &a {name: a, debt: {sonar_debt_days: 1}}\n  - {<<: *a, name: b}\n",
       }) {
    Merging merging(text);
    REQUIRE(merging.issues.is_empty());
    merging.on_conflict = OnConflict::Replace;
    const Merged merged = merging.merge({sonar("a", "4"), sonar("b", "5")});
    CHECK(merged.changes.empty());
    REQUIRE(merged.conflicts.size() == 2);
    CHECK(merged.conflicts[0].kind == ConflictKind::Tied);
    CHECK(merged.has_open_conflicts());
  }
}
