#include "migplan/scheduling/project.hpp"

#include <catch2/catch.hpp>

#include "project_builder.hpp"

namespace migplan {
namespace {

using namespace testing;

std::string first_issue(const ProjectParts& parts) {
  const Result<Project> project = Project::create(parts);
  return project.is_ok() ? "" : project.issues().kept().front().path + ": " + project.issues().kept().front().message;
}

TEST_CASE("project: the topological order takes the lowest index that may come") {
  const Project project = project_of(9).activity(1).activity(1).activity(1).activity(1).after(3, 0).after(2, 1).build();
  const auto order = project.topological_order();
  CHECK(std::vector<ActivityIndex>(order.begin(), order.end()) == std::vector<ActivityIndex>{2, 1, 3, 0});
}

TEST_CASE("project: a precedence given twice counts once") {
  const Project project = project_of(9).activity(1).activity(1).after(0, 1).after(0, 1).build();
  CHECK(project.successors(0).size() == 1);
  CHECK(project.predecessors(1).size() == 1);
  CHECK(project.predecessors(0).empty());
}

TEST_CASE("project: finishes behind the last working day") {
  ProjectBuilder builder(weeks(2));
  builder.activity(3).activity(Activity{3, true}).activity(0);
  const Project project = builder.build();
  CHECK(project.finish_of(0, 0) == 3);
  CHECK(project.finish_of(0, 3) == 8);  // Thursday, Friday, Monday
  CHECK(project.finish_of(1, 3) == 6);
  CHECK(project.finish_of(2, 6) == 6);
  CHECK(project.finish_of(0, 11) == 15);
  CHECK(project.finish_of(1, 12) == 15);
  CHECK(project.finish_of(0, 15) == 15);
}

TEST_CASE("project: what makes no sense is refused and named") {
  const ProjectBuilder good = project_of(4).resource(2).activity(1, {1}).activity(2);
  ProjectParts parts = good.parts;
  CHECK(first_issue(parts).empty());
  parts.activities[1].duration = -1;
  CHECK(first_issue(parts) == "activities[1]: found a duration of -1, expected 0 to 1000000");
  parts = good.parts;
  parts.activities[0].fixed = 5;
  CHECK(first_issue(parts) == "activities[0]: found a fixed day 5, expected 0 to 4");
  parts = good.parts;
  parts.activities[0].closure = 1;
  CHECK(first_issue(parts) == "activities[0]: found closure 1, expected one of 1");
  parts = good.parts;
  parts.demands[0].push_back({0, 1});
  CHECK(first_issue(parts) == "demands[0]: found a resource twice");
  parts = good.parts;
  parts.demands[0][0].resource = 7;
  CHECK(first_issue(parts) == "demands[0]: found resource 7, expected one of 1");
  parts = good.parts;
  parts.capacities[0][3] = 30'001;
  CHECK(first_issue(parts) == "capacities[0]: found 30001, expected 0 to 30000");
  parts = good.parts;
  parts.precedences.push_back({0, 2});
  CHECK(first_issue(parts) == "precedences[0]: found activities 0 and 2, expected two of 2");
  parts = good.parts;
  parts.precedences = {{0, 1}, {1, 0}};
  CHECK(first_issue(parts) == "precedences: 2 activities stand in or behind a circle of precedences");
}

}  // namespace
}  // namespace migplan
