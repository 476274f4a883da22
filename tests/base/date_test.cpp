#include "migplan/base/date.hpp"

#include <catch2/catch.hpp>

namespace migplan {
namespace {

TEST_CASE("Date: days are counted from 1970-01-01", "[base]") {
  CHECK(Date{}.to_string() == "1970-01-01");
  CHECK(Date::create(1970, 1, 2)->days_since_1970() == 1);
  CHECK(Date::create(1969, 12, 31)->days_since_1970() == -1);
  // 30 years of 365 days and the leap days of 1972, 76, 80, 84, 88, 92, 96
  CHECK(Date::create(2000, 1, 1)->days_since_1970() == 30 * 365 + 7);
}

TEST_CASE("Date: an ISO date is read and written back", "[base]") {
  for (const char* text : {"2024-07-01", "2024-02-29", "0001-01-01", "9999-12-31", "1900-02-28"}) {
    CAPTURE(text);
    REQUIRE(Date::parse(text));
    CHECK(Date::parse(text)->to_string() == text);
  }
  CHECK(Date::parse("2025-06-30") == Date::create(2025, 6, 30));
}

TEST_CASE("Date: a day that the calendar does not have is none", "[base]") {
  for (const char* text :
       {"2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00", "0000-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(Date::parse(text));
  }
  CHECK_FALSE(Date::create(10'000, 1, 1));
  CHECK_FALSE(Date::create(0, 1, 1));
  CHECK_FALSE(Date::create(-1, 1, 1));
  CHECK_FALSE(Date::create(2024, 0, 1));
}

TEST_CASE("Date: numbers that would wrap round to a date are none", "[base]") {
  CHECK_FALSE(Date::create(2024, 257, 1));  // 257 = 256 + 1
  CHECK_FALSE(Date::create(2024, 1, 257));
  CHECK_FALSE(Date::create(65'536 + 2024, 1, 1));
}

TEST_CASE("Date: other ways to write a date are not read", "[base]") {
  for (const char* text : {"", "2024-7-1", "2024/07/01", "20240701", "2024-07-01 ", " 2024-07-01", "2024-07-0a",
                           "+024-07-01", "2024-07-01T00:00:00Z", "01-07-2024"}) {
    CAPTURE(text);
    CHECK_FALSE(Date::parse(text));
  }
}

TEST_CASE("Date: dates are ordered as days are", "[base]") {
  CHECK(*Date::parse("2024-06-30") < *Date::parse("2024-07-01"));
  CHECK(*Date::parse("2023-12-31") < *Date::parse("2024-01-01"));
}

TEST_CASE("Quarter: a quarter is read and written back", "[base]") {
  const auto quarter = Quarter::parse("2024-Q2");
  REQUIRE(quarter);
  CHECK(quarter->year() == 2024);
  CHECK(quarter->number() == 2);
  CHECK(quarter->to_string() == "2024-Q2");
  CHECK(Quarter::parse("0001-Q1")->to_string() == "0001-Q1");
}

TEST_CASE("Quarter: there are four in a year and one way to write them", "[base]") {
  for (const char* text :
       {"2024-Q0", "2024-Q5", "2024-q2", "2024Q2", "24-Q2", "0000-Q1", "2024-Q2 ", "2024-Q", "x024-Q1", ""}) {
    CAPTURE(text);
    CHECK_FALSE(Quarter::parse(text));
  }
}

TEST_CASE("Quarter: quarters are ordered over the turn of the year", "[base]") {
  CHECK(*Quarter::parse("2024-Q4") < *Quarter::parse("2025-Q1"));
  CHECK(*Quarter::parse("2024-Q2") < *Quarter::parse("2024-Q3"));
}

}  // namespace
}  // namespace migplan
