#include "migplan/base/instant.hpp"

#include <catch2/catch.hpp>

namespace migplan {
namespace {

std::int64_t ms_of(std::string_view text) {
  const auto instant = parse_instant(text);
  REQUIRE(instant.has_value());
  return instant->ms;
}

}  // namespace

TEST_CASE("instant: milliseconds since 1970", "[base]") {
  CHECK(ms_of("1970-01-01T00:00:00Z") == 0);
  CHECK(ms_of("1969-12-31T23:59:59.999Z") == -1);
  // 2024-02-24 is day 19,777: 19,777 * 86,400,000 + 7 h 42 min 21.256 s = 1,708,732,800,000 + 27,741,256.
  CHECK(ms_of("2024-02-24T07:42:21.256Z") == 1'708'760'541'256);
}

TEST_CASE("instant: other ways to write the same time", "[base]") {
  const std::int64_t expected = 1'708'760'541'250;
  for (const char* text : {"2024-02-24T07:42:21.25Z", "2024-02-24t07:42:21.250999999z", "2024-02-24T09:42:21.25+02:00",
                           "2024-02-24T02:12:21.25-05:30", "2024-02-24 07:42:21,250", "2024/02/24 07:42:21.25"}) {
    CAPTURE(text);
    CHECK(ms_of(text) == expected);
  }
}

TEST_CASE("instant: a text without a zone is told from one with a zone", "[base]") {
  CHECK(parse_instant("2024-02-24T07:42:21Z")->has_zone);
  CHECK(parse_instant("2024-02-24T07:42:21+00:00")->has_zone);
  CHECK_FALSE(parse_instant("2024-02-24 07:42:21")->has_zone);
}

TEST_CASE("instant: what is no time is none", "[base]") {
  for (const char* text :
       {"", "2024-02-24", "2024-02-30T07:42:21Z", "2001/20/20 12:05:05.123", "2024-02/24 07:42:21",
        "2024-02-24T24:00:00Z", "2024-02-24T07:60:00Z", "2024-02-24T07:42Z", "2024-02-24T07:42:21.Z",
        "2024-02-24T07:42:21.1234567890Z", "2024-02-24T07:42:21+0200", "2024-02-24T07:42:21Zx", "0000-01-01T00:00:00Z",
        "24-02-2024 07:42:21", "2024-02-24T7:42:21Z", "202402-24T07:42:21Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_instant(text).has_value());
  }
}

}  // namespace migplan
