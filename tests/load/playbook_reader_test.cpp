// Files of rules: their shape, their conditions and their templates, each fault with its place.

#include "migplan/load/playbook_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

namespace {

const std::string kHead = "schema: migplan/playbook-rules/v1\nsection: route\ntitle: Route\norder: 10\nsteps:\n";

std::string problems(const std::string& text) {
  TextSource source(text);
  const auto section = read_playbook_section(source, "r.yaml");
  std::string lines;
  for (const Issue& issue : section.issues().kept()) lines += to_string(issue) + "\n";
  return lines;
}

RuleSection section(const std::string& text) {
  TextSource source(text);
  auto read = read_playbook_section(source, "r.yaml");
  for (const Issue& issue : read.issues().kept()) UNSCOPED_INFO(to_string(issue));
  REQUIRE(read.is_ok());
  return std::move(read).value();
}

}  // namespace

TEST_CASE("playbook rules: everything that a step may hold is read") {
  const RuleSection read = section(kHead + R"(
  - id: one
    title: Do {{name}}
    when: tier == S && stack ~ nacos
    covers: [nacos-config]
    phase: refactor
    text: |
      Markdown.
    commands: [{run: [a, "{{name}}"], comment: why}]
    snippets: [{language: go, file: a.go, text: package a}]
    diagrams: [{title: Order, text: "sequenceDiagram\n  A->>B: c"}]
    checks: [it is done]
    gate: {run: [migplan, gate]}
    references: [source chapter 1, {text: docs, url: "https://example.com/a"}]
  - id: two
    title: Then that
    checks: [so]
    gate: it is so
)");
  CHECK(read.id == "route");
  CHECK(read.title == "Route");
  CHECK(read.order == 10);
  REQUIRE(read.steps.size() == 2);
  const RuleStep& one = read.steps[0];
  CHECK(one.id == "one");
  CHECK(one.title == "Do {{name}}");
  REQUIRE(one.when);
  CHECK(one.when->text() == "tier == S && stack ~ nacos");
  CHECK(one.covers == std::vector<std::string>{"nacos-config"});
  CHECK(one.phase == "refactor");
  CHECK(one.text == "Markdown.\n");
  REQUIRE(one.commands.size() == 1);
  CHECK(one.commands[0].words == std::vector<std::string>{"a", "{{name}}"});
  CHECK(one.commands[0].comment == "why");
  REQUIRE(one.snippets.size() == 1);
  CHECK(one.snippets[0].language + one.snippets[0].file + one.snippets[0].text == "goa.gopackage a");
  REQUIRE(one.diagrams.size() == 1);
  CHECK(one.diagrams[0].text == "sequenceDiagram\n  A->>B: c");
  CHECK(one.checks == std::vector<std::string>{"it is done"});
  REQUIRE(one.gate);
  CHECK(one.gate->words == std::vector<std::string>{"migplan", "gate"});
  REQUIRE(one.references.size() == 2);
  CHECK(one.references[0].text == "source chapter 1");
  CHECK(one.references[1].url == "https://example.com/a");
  CHECK_FALSE(read.steps[1].when);
  CHECK(read.steps[1].gate->text == "it is so");
  CHECK(read.steps[1].at.line == 20);
}

TEST_CASE("playbook rules: JSON is read as well, with places") {
  const std::string json =
      "{\"section\": \"a\", \"title\": \"A\", \"order\": 1,\n \"steps\": [{\"id\": \"x\", \"title\": \"T\",\n"
      "  \"text\": \"one\\ntwo {{nmae}}\"}]}";
  CHECK(problems(json) == "r.yaml:3:21: error: steps[0].text: unknown variable \"nmae\" (did you mean name?)\n");
}

TEST_CASE("playbook rules: unknown keys, missing keys and wrong shapes are told with their places") {
  CHECK(problems("section: a\ntitle: A\norder: 1\nstesp: []\n") ==
        "r.yaml:1:1: error: section has no steps, expected a list\n"
        "r.yaml:4:1: error: unknown key \"stesp\" in section (did you mean steps?)\n");
  CHECK(problems(kHead + "  - {id: a b, title: T, text: x}\n")
            .starts_with("r.yaml:6:10: error: steps[0].id: found \"a b\""));
  CHECK(problems(kHead + "  - {id: a, title: T}\n") ==
        "r.yaml:6:5: error: steps[0]: the step says nothing (known: text, commands, snippets, diagrams, checks)\n");
  CHECK(problems(kHead + "  - {id: a, title: T, commands: [{run: []}]}\n") ==
        "r.yaml:6:5: error: steps[0].commands[0].run: found no words, expected a command\n");
  CHECK(problems(kHead + "  - {id: a, title: T, snippets: [{language: \"g o\", text: x}]}\n") ==
        "r.yaml:6:45: error: steps[0].snippets[0].language: found \"g o\", expected a word such as go or yaml\n");
  CHECK(problems(kHead + "  - {id: a, title: T, text: x, references: [{text: t, url: \"javascript:x\"}]}\n") ==
        "r.yaml:6:60: error: steps[0].references[0].url: found \"javascript:x\", expected https://… without spaces, "
        "brackets and quotes\n");
  CHECK(problems("schema: migplan/policy/v1\nsection: a\ntitle: A\norder: 1\nsteps: []\n")
            .starts_with("r.yaml:1:9: error: schema: found \"migplan/policy/v1\""));
  CHECK(problems(kHead + "  - {id: a, title: T, checks: [\"two\\nlines\"]}\n") ==
        "r.yaml:6:32: error: steps[0].checks[0]: has several lines, expected one\n");
}

TEST_CASE("playbook rules: an unknown fact is told with its place, however the condition is written") {
  const auto place = [](const std::string& when) {
    const std::string lines = problems(kHead + "  - id: a\n    title: T\n    text: x\n    when: " + when + "\n");
    return lines.substr(0, lines.find(": error"));
  };
  CHECK(place("tier == S && stakc ~ a") == "r.yaml:9:24");
  CHECK(place("\"tier == S && stakc ~ a\"") == "r.yaml:9:25");
  CHECK(place("'tier == S && stakc ~ a'") == "r.yaml:9:25");
  CHECK(place(">\n      tier == S && stakc ~ a") == "r.yaml:9:11");
}

TEST_CASE("playbook rules: a fault of a template is told with its place, however the text is written") {
  const auto place = [](const std::string& text) {
    const std::string lines = problems(kHead + "  - id: a\n    title: T {{name}}\n    text: " + text + "\n");
    return lines.substr(0, lines.find(": error"));
  };
  CHECK(place("a {{nmae}}") == "r.yaml:8:13");
  CHECK(place("\"a \\\"b\\\" {{nmae}}\"") == "r.yaml:8:20");
  CHECK(place("'a ''b'' {{nmae}}'") == "r.yaml:8:20");
  CHECK(place("|\n      one {{name}}\n\n        two {{nmae}}") == "r.yaml:11:13");
  CHECK(place(">-\n      one {{name}}\n      two {{#gc}} x") == "r.yaml:10:11");
  CHECK(place("|2\n      one {{name") == "r.yaml:9:11");
}

TEST_CASE("playbook rules: templates are checked wherever they stand") {
  for (const char* const field :
       {"title: T, text: \"{{x1}}\"", "title: T, commands: [{run: [\"{{x1}}\"]}]",
        "title: T, commands: [{run: [a], comment: \"{{x1}}\"}]",
        "title: T, snippets: [{language: go, text: \"{{x1}}\"}]",
        "title: T, snippets: [{language: go, file: \"{{x1}}\", text: a}]",
        "title: T, diagrams: [{title: \"{{x1}}\", text: a}]", "title: T, diagrams: [{title: t, text: \"{{x1}}\"}]",
        "title: T, checks: [\"{{x1}}\"]", "title: T, text: x, gate: \"{{x1}}\"",
        "title: T, text: x, gate: {run: [\"{{x1}}\"]}", "text: x, title: \"{{x1}}\""}) {
    INFO(field);
    CHECK(problems(kHead + "  - {id: a, " + field + "}\n").find("unknown variable \"x1\"") != std::string::npos);
  }
}

TEST_CASE("playbook rules: free text is no part of what a shell runs") {
  const auto found = [](const std::string& run) {
    return problems(kHead + "  - {id: a, title: T, commands: [{run: [" + run + "]}], gate: {run: [" + run + "]}}\n");
  };
  CHECK(found("sh, -c, \"echo {{owner}}\"") ==
        "r.yaml:6:55: error: steps[0].commands[0].run[2]: \"owner\" may hold any text, and a shell would run it (sh -c "
        "SCRIPT sh TEXT hands it over as \"$1\"; ssh and eval have no place for it)\n"
        "r.yaml:6:97: error: steps[0].gate.run[2]: \"owner\" may hold any text, and a shell would run it (sh -c SCRIPT "
        "sh TEXT hands it over as \"$1\"; ssh and eval have no place for it)\n");
  for (const char* const run :
       {"/bin/bash, -lc, \"{{team}}\"", "bash, -o, pipefail, -c, -e, \"{{team}}\"", "su, root, -c, \"{{team}}\"",
        "kubectl, exec, POD, --, sh, -c, \"{{team}}\"", "eval, echo, \"{{team}}\"", "ssh, HOST, echo, \"{{team}}\""}) {
    INFO(run);
    CHECK_FALSE(found(run).empty());
  }
  // Names are labels; what stands behind the script is its arguments.
  for (const char* const run : {"sh, -c, \"kcat -t {{name}}\"", "sh, -c, 'echo \"$1\"', sh, \"{{owner}}\"",
                                "sh, \"{{owner}}\"", "echo, -c, \"{{owner}}\""}) {
    INFO(run);
    CHECK(found(run).empty());
  }
}

TEST_CASE("playbook rules: a source that breaks off is told") {
  class Broken final : public ByteSource {
   public:
    std::size_t read(std::span<char>) override { return 0; }
    [[nodiscard]] std::string_view error() const noexcept override { return "cannot be read: Input/output error"; }
  };
  Broken source;
  const auto read = read_playbook_section(source, "r.yaml");
  REQUIRE_FALSE(read.is_ok());
  CHECK(read.issues().has_access_errors());
}

TEST_CASE("playbook: sections of one's own replace those of their name, others join") {
  const auto make = [](std::string id, std::int64_t order, std::string step, std::string file) {
    RuleSection made{std::move(id), "T", order, {}, std::move(file)};
    made.steps.push_back({.id = std::move(step), .title = "T", .at = {3, 5}});
    return made;
  };
  const auto names = [](const Result<Playbook>& playbook) {
    std::string out;
    if (!playbook.is_ok()) {
      for (const Issue& issue : playbook.issues().kept()) out += to_string(issue) + "\n";
      return out;
    }
    for (const RuleSection& section : playbook.value().sections()) out += section.id + ":" + section.steps[0].id + " ";
    return out;
  };
  CHECK(names(Playbook::create({make("b", 20, "b1", "B"), make("a", 10, "a1", "A")}, {})) == "a:a1 b:b1 ");
  CHECK(names(Playbook::create({make("b", 20, "b1", "B"), make("a", 10, "a1", "A")}, {make("a", 30, "a1", "own")})) ==
        "b:b1 a:a1 ");
  CHECK(names(Playbook::create({make("b", 20, "b1", "B")}, {make("c", 20, "c1", "own"), make("a", 20, "a1", "own")})) ==
        "a:a1 b:b1 c:c1 ");
  CHECK(names(Playbook::create({}, {make("a", 1, "a1", "one"), make("a", 1, "a2", "two")})) ==
        "two:1:1: error: section: section a stands in one already\n");
  CHECK(names(Playbook::create({make("b", 20, "b1", "B")}, {make("c", 20, "b1", "own")})) ==
        "own:3:5: error: steps[0].id: step b1 stands at B:3 already\n");
}

TEST_CASE("playbook: a phase that the policy has not is told") {
  RuleSection own{"a", "T", 1, {}, "own.yaml"};
  own.steps.push_back({.id = "x", .title = "T", .phase = "refactr", .at = {3, 5}});
  const auto playbook = Playbook::create({}, {own});
  REQUIRE(playbook.is_ok());
  const Issues issues = playbook.value().phase_issues({"refactor", "canary"});
  REQUIRE(issues.kept().size() == 1);
  CHECK(to_string(issues.kept().front()) ==
        "own.yaml:3:5: warning: steps[0].phase: \"refactr\" is no phase of the policy: the step has no dates (did you "
        "mean refactor?)");
}

TEST_CASE("playbook rules: what is to be shown is not empty") {
  CHECK(problems(R"(section: own
title: " "
order: 1
steps:
  - {id: a, title: "", text: ""}
  - {id: b, title: x, checks: [so, ""], gate: "", snippets: [{language: go, text: ""}], diagrams: [{title: "", text: " "}]}
)") == "r.yaml:2:8: error: title: is empty, expected a text\n"
       "r.yaml:5:20: error: steps[0].title: is empty, expected a text\n"
       "r.yaml:5:30: error: steps[0].text: is empty, expected a text\n"
       "r.yaml:6:36: error: steps[1].checks[1]: is empty, expected a text\n"
       "r.yaml:6:47: error: steps[1].gate: is empty, expected a text\n"
       "r.yaml:6:83: error: steps[1].snippets[0].text: is empty, expected a text\n"
       "r.yaml:6:108: error: steps[1].diagrams[0].title: is empty, expected a text\n"
       "r.yaml:6:118: error: steps[1].diagrams[0].text: is empty, expected a text\n");
}
