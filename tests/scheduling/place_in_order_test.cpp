#include <catch2/catch.hpp>

#include "migplan/scheduling/bounds.hpp"
#include "project_builder.hpp"

namespace migplan {
namespace {

using namespace testing;

std::vector<Day> starts(const Project& project) {
  return place_in_order(project, in_given_order(project)).value().starts;
}

TEST_CASE("placement: an activity waits for its predecessors and for resources") {
  const Project project =
      project_of(20).resource(3).activity(4, {2}).activity(3, {2}).activity(2, {1}).after(0, 2).build();
  // 0 holds two of three on 0..3, 1 has room from 4 on; 2 may begin with it.
  CHECK(starts(project) == std::vector<Day>{0, 4, 4});
}

TEST_CASE("placement: a later activity fills the gap that an earlier one left") {
  const Project project =
      project_of(20).resource(2).activity(2, {1}).activity(3, {2}).activity(2, {1}).after(0, 1).build();
  CHECK(starts(project) == std::vector<Day>{0, 2, 0});
}

TEST_CASE("placement: more resources than a word holds are all kept") {
  ProjectBuilder builder = project_of(20);
  for (int r = 0; r < 6; ++r) builder.resource(1);
  builder.activity(2, {1, 0, 0, 0, 0, 1}).activity(3, {0, 1, 0, 0, 1, 0}).activity(1, {0, 0, 0, 0, 1, 1});
  CHECK(starts(builder.build()) == std::vector<Day>{0, 0, 3});
}

TEST_CASE("placement: work stands still on days off, what elapses does not") {
  ProjectBuilder builder(weeks(3));
  builder.resource(1).activity(4, {1}).activity(2, {1}).activity(Activity{3, true}).activity(1);
  builder.after(0, 1).after(0, 2).after(2, 3);
  // 1 takes Friday and Monday (7); 2 runs from Friday to Sunday, so that 3 begins on Monday.
  const Placement placement = place_in_order(builder.build(), std::vector<ActivityIndex>{0, 1, 2, 3}).value();
  CHECK(placement.starts == std::vector<Day>{0, 4, 4, 7});
  CHECK(placement.finishes == std::vector<Day>{4, 8, 7, 8});
}

TEST_CASE("placement: what elapses holds resources on working days alone") {
  ProjectBuilder builder(weeks(3));
  builder.resource(1).activity(5, {1}).activity(Activity{4, true}, {1}).activity(1, {1}).after(0, 1);
  // From Saturday (5) to Tuesday (8) it holds the resource on Monday and Tuesday.
  CHECK(starts(builder.build()) == std::vector<Day>{0, 5, 9});
}

TEST_CASE("placement: closures are kept free by those that obey them") {
  ProjectBuilder builder = project_of(12);
  std::vector<bool> closed(12, false);
  closed[2] = closed[3] = closed[6] = true;
  builder.parts.closures.push_back(closed);
  Activity obeys{3};
  obeys.closure = 1;
  Activity elapses = obeys, event = obeys;
  elapses.is_elapsed = true;
  event.duration = 0;
  event.release = 3;
  builder.activity(obeys).activity(3).activity(elapses).activity(event);
  CHECK(starts(builder.build()) == std::vector<Day>{7, 0, 7, 3});
}

TEST_CASE("placement: fixed activities take their resources first and stand whatever comes before") {
  Activity fixed{2};
  fixed.fixed = 1;
  ProjectBuilder builder = project_of(12).resource(1).activity(3, {1}).activity(fixed, {1}).activity(1, {1});
  const Project project = builder.after(0, 1).after(1, 2).build();
  const Placement placement = place_in_order(project, in_given_order(project)).value();
  CHECK(placement.starts == std::vector<Day>{3, 1, 6});
  CHECK(standing_of(project, {}, placement) == Standing{1, 0, 0, 7});
}

TEST_CASE("placement: fixed activities may hold more than there is") {
  Activity fixed{2};
  fixed.fixed = 0;
  const Project project = project_of(12).resource(1).activity(fixed, {1}).activity(fixed, {1}).activity(1, {1}).build();
  CHECK(starts(project) == std::vector<Day>{0, 0, 2});
}

TEST_CASE("placement: what does not fit into the timeline is named") {
  const Project small = project_of(4).resource(1).activity(2, {1}).activity(3, {1}).build();
  CHECK_FALSE(place_in_order(small, in_given_order(small)));
  CHECK(first_misfit(small, in_given_order(small)) == ActivityIndex{1});
  CHECK(first_misfit(small, std::vector<ActivityIndex>{1, 0}) == ActivityIndex{0});
  const Project greedy = project_of(400).resource(1).activity(1, {2}).build();
  CHECK(first_misfit(greedy, in_given_order(greedy)) == ActivityIndex{0});
  CHECK_FALSE(search(greedy, {}, {}));
  const Project huge = project_of(4).resource(1).activity(1, {2'000'000'000}).build();
  CHECK(first_misfit(huge, in_given_order(huge)) == ActivityIndex{0});
}

TEST_CASE("standing: counts the late, then their days, then the stages, then the makespan") {
  const Project project = project_of(20).activity(3).activity(6).activity(8).build();
  const Objective objective{Day{5}, {0, 1, 2}, {{{0, 10}, {1, 1}}, {{2, 2}}}};
  const Placement placement = place_in_order(project, in_given_order(project)).value();
  CHECK(standing_of(project, objective, placement) == Standing{0, 2, 1 + 3, 36, 16, 8});
}

TEST_CASE("bounds: the critical path and the energy of a resource") {
  const Project project = project_of(40)
                              .resource(2)
                              .activity(2)
                              .activity(3, {2})
                              .activity(4, {1})
                              .activity(5, {1})
                              .activity(1)
                              .after(0, 1)
                              .after(0, 2)
                              .after(0, 3)
                              .after(1, 4)
                              .after(2, 4)
                              .after(3, 4)
                              .build();
  const LowerBounds bounds = lower_bounds(project, false);
  CHECK(bounds.critical_path == 8);
  // 3*2 + 4 + 5 = 15 units from day 2 on, two a day: the 8th day, then a tail of 1.
  CHECK(bounds.energy == std::vector<Day>{11});
  CHECK(bounds.best() == 11);
}

TEST_CASE("bounds: both count days off") {
  ProjectBuilder builder(weeks(4));
  builder.resource(1).activity(4, {1}).activity(4, {1});
  const LowerBounds bounds = lower_bounds(builder.build(), false);
  CHECK(bounds.critical_path == 4);
  CHECK(bounds.energy == std::vector<Day>{10});  // eight slots: Wednesday of the second week is day 9
}

}  // namespace
}  // namespace migplan
