#include "migplan/base/decimal_text.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

TEST_CASE("decimal text: every notation of a number becomes one text", "[base]") {
  for (const char* const text : {"10.5", "10.50", "+10.5", "010.500", "1.05e1", "105E-1", "0.105e+2"}) {
    CHECK(canonical_number(text) == "10.5");
  }
  CHECK(canonical_number("0") == "0");
  CHECK(canonical_number("-0.00") == "0");
  CHECK(canonical_number("-007") == "-7");
  CHECK(canonical_number("1e3") == "1000");
  CHECK(canonical_number("5e-3") == "0.005");
  CHECK(canonical_number(".5") == "0.5");
  CHECK(canonical_number("1e41") == "1e41");
  CHECK(canonical_number("12300e98") == "123e100");
  CHECK(canonical_number("123456789012345678901234567890.10") == "123456789012345678901234567890.1");
}

TEST_CASE("decimal text: what is no number has no text", "[base]") {
  for (const char* const text : {"", "-", ".", "1.2.3", "1e", "e5", "1x", "0x10", "NaN", "1e99999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(canonical_number(text));
    CHECK_FALSE(wide_decimal(text));
  }
}

TEST_CASE("decimal text: wide decimals are exact to 18 places", "[base]") {
  const auto wide = [](const char* text) { return static_cast<std::int64_t>(*wide_decimal(text)); };
  CHECK(wide("1") == 1'000'000'000'000'000'000);
  CHECK(wide("-0.000000000000000001") == -1);
  CHECK(wide("0.0000000000000000019") == 1);
  // 10^20 units of 10^-18 are 10^38, which 127 bits (1.7 * 10^38) hold; ten times as much is refused.
  CHECK(wide_decimal("99999999999999999999"));
  CHECK_FALSE(wide_decimal("999999999999999999999"));
}
