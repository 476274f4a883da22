#include "migplan/scheduling/timeline.hpp"

#include <catch2/catch.hpp>

#include "project_builder.hpp"

namespace migplan {
namespace {

TEST_CASE("timeline: without a calendar days and slots are one") {
  const Timeline time = Timeline::every_day(3);
  CHECK(time.days() == 3);
  CHECK(time.slots() == 3);
  CHECK(time.is_every_day());
  CHECK(time.slot_from(2) == 2);
  CHECK(time.day_of(3) == 3);
}

TEST_CASE("timeline: a day off leads to the next slot") {
  const Timeline time = testing::weeks(2);
  CHECK(time.days() == 14);
  CHECK(time.slots() == 10);
  CHECK_FALSE(time.is_every_day());
  CHECK(time.slot_from(4) == 4);
  CHECK(time.slot_from(5) == 5);
  CHECK(time.slot_from(7) == 5);
  CHECK(time.slot_from(14) == 10);
  CHECK(time.day_of(5) == 7);
  CHECK(time.day_of(10) == 14);
}

TEST_CASE("timeline: may have no day at all, or none that is worked on") {
  CHECK(Timeline::every_day(0).slots() == 0);
  const Timeline holidays = Timeline::of({false, false});
  CHECK(holidays.slots() == 0);
  CHECK(holidays.day_of(0) == 2);
  CHECK(holidays.slot_from(1) == 0);
}

}  // namespace
}  // namespace migplan
