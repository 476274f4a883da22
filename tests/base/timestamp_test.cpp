#include "migplan/base/timestamp.hpp"

#include <catch2/catch.hpp>
#include <string_view>

using namespace migplan;

TEST_CASE("timestamp: RFC 3339 in any zone is one count of milliseconds", "[base]") {
  // 2024-07-01 is day 19905 since 1970: 19905 * 86,400,000 = 1,719,792,000,000.
  constexpr std::int64_t kDay = 1'719'792'000'000;
  CHECK(parse_timestamp("2024-07-01T00:00:00Z") == kDay);
  CHECK(parse_timestamp("2024-07-01T12:34:56.789Z") == kDay + 45'296'789);
  CHECK(parse_timestamp("2024-07-01 08:00:00+08:00") == kDay);
  CHECK(parse_timestamp("2024-06-30T19:30:00-04:30") == kDay);
  CHECK(parse_timestamp("2024-07-01T00:00:00.1Z") == kDay + 100);
  CHECK(parse_timestamp("2024-07-01T00:00:00.123456789Z") == kDay + 123);
  CHECK(parse_timestamp("1969-12-31T23:59:59.999Z") == -1);
  CHECK(parse_timestamp("2016-12-31T23:59:60Z") == parse_timestamp("2017-01-01T00:00:00Z"));
}

TEST_CASE("timestamp: what is no time of day in a zone is refused", "[base]") {
  for (const std::string_view text :
       {"", "2024-07-01", "2024-07-01T", "2024-07-01T00:00:00", "2024-07-01T24:00:00Z", "2024-07-01T00:60:00Z",
        "2024-02-30T00:00:00Z", "2024-07-01T00:00Z", "2024-07-01T00:00:00.Z", "2024-07-01T00:00:00+0800",
        "2024-07-01T00:00:00+08:00x", "1719792000000"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_timestamp(text));
  }
}

TEST_CASE("timestamp: what is written is read back", "[base]") {
  for (const std::int64_t time : {0LL, -1LL, -86'400'000LL, 1'719'792'000'250LL, 951'782'400'000LL}) {
    CHECK(parse_timestamp(timestamp_text(time)) == time);
  }
  CHECK(timestamp_text(1'719'792'000'000) == "2024-07-01T00:00:00Z");
  CHECK(timestamp_text(-1) == "1969-12-31T23:59:59.999Z");
}
