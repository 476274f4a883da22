// The project file.

#include "migplan/load/project_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

Result<ProjectFile> read(std::string_view text) {
  TextSource source(text);
  return read_project(source, "migplan.yaml");
}

}  // namespace

TEST_CASE("project reader: all paths are read") {
  const Result<ProjectFile> read_it = read(
      "schema: migplan/project/v1\ninventory: [services, more.yaml]\npolicy: p.yaml\nexemptions: e.yaml\nbaseline: "
      "b.json\n"
      "schedule: s.json\nplaybooks: books\nimports: i.yaml\n");
  CHECK(complaints(read_it).empty());
  const ProjectFile& project = accepted(read_it);
  CHECK(project.inventory == std::vector<std::string>{"services", "more.yaml"});
  CHECK(project.policy == "p.yaml");
  CHECK(project.exemptions == "e.yaml");
  CHECK(project.baseline == "b.json");
  CHECK(project.schedule == "s.json");
  CHECK(project.playbooks == "books");
  CHECK(project.imports == "i.yaml");
}

TEST_CASE("project reader: one inventory needs no list") {
  CHECK(accepted(read("inventory: services.yaml\n")).inventory == std::vector<std::string>{"services.yaml"});
}

TEST_CASE("project reader: JSON is read too") {
  CHECK(accepted(read(R"({"inventory": ["a"], "policy": null})")).inventory == std::vector<std::string>{"a"});
}

TEST_CASE("project reader: a path that looks like a number must stand in quotes") {
  CHECK(complaints(read("policy: 2024\n")) ==
        "migplan.yaml:1:9: error: policy: found 2024, expected text (put it in quotes)");
  CHECK(complaints(read("inventory: [a, 5]\n")) ==
        "migplan.yaml:1:16: error: inventory[1]: found 5, expected text (put it in quotes)");
}

TEST_CASE("project reader: unknown keys are rejected with the nearest") {
  CHECK(complaints(read("inventry: a\n")) ==
        "migplan.yaml:1:1: error: unknown key \"inventry\" in project (did you mean inventory?)");
}

TEST_CASE("project reader: a map or list where a path is expected is rejected") {
  CHECK(complaints(read("policy: [a]\nschedule: {a: b}\n")) ==
        "migplan.yaml:1:9: error: policy: found a list, expected a single value\n"
        "migplan.yaml:2:11: error: schedule: found a map, expected a single value");
  CHECK(complaints(read("inventory: {a: b}\n")) == "migplan.yaml:1:12: error: inventory: found a map, expected a list");
}

TEST_CASE("project reader: a fault of reading is an access error") {
  FailingSource source("policy: a\n");
  CHECK(read_project(source, "migplan.yaml").issues().has_access_errors());
}
