#include "migplan/base/plain_number.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

namespace migplan {
namespace {

// With bytes behind it that a number could go on with.
PlainNumber read(std::string_view text) {
  const std::string padded = std::string(text) + "99.99999";
  return PlainNumber::read(padded.data(), text.size());
}

TEST_CASE("PlainNumber: digits with or without a point are read in steps of the asked size", "[base]") {
  CHECK(read("0").steps(0) == 0);
  CHECK(read("7").steps(6) == 7'000'000);
  CHECK(read("12345678").steps(0) == 12'345'678);
  CHECK(read("12345678").steps(9) == 12'345'678'000'000'000);
  CHECK(read("99.51").steps(6) == 99'510'000);
  CHECK(read("99.51").steps(2) == 9'951);
  CHECK(read("0.123456").steps(6) == 123'456);
  CHECK(read("1234.567").steps(3) == 1'234'567);
}

TEST_CASE("PlainNumber: a number fits where no digit behind the point is lost", "[base]") {
  CHECK(read("5").fits(0));
  CHECK(read("5.25").fits(2));
  CHECK_FALSE(read("5.25").fits(1));
  CHECK_FALSE(read("5.0").fits(0));
  CHECK_FALSE(PlainNumber().fits(9));
}

TEST_CASE("PlainNumber: whole numbers of up to sixteen digits have their value, and long ones fit no decimals",
          "[base]") {
  CHECK(read("0").whole() == 0);
  CHECK(read("12345678").whole() == 12'345'678);
  CHECK(read("123456789").whole() == 123'456'789);
  CHECK(read("1719792000123").whole() == 1'719'792'000'123);
  CHECK(read("9999999999999999").whole() == 9'999'999'999'999'999);
  CHECK(read("1000000000000000").whole() == 1'000'000'000'000'000);
  CHECK(read("123456789").is_whole());
  CHECK(read("123456789").is_known());
  CHECK_FALSE(read("123456789").fits(0));
  CHECK_FALSE(read("1.5").is_whole());
  CHECK_FALSE(PlainNumber().is_whole());
}

TEST_CASE("PlainNumber: what is written in another way is none", "[base]") {
  for (const std::string_view text : {"",
                                      "12345678901234567",
                                      "012345678",
                                      "1234567.89",
                                      "12345678x",
                                      "x12345678",
                                      "1234567890123e2",
                                      "-1",
                                      "+1",
                                      "01",
                                      "00",
                                      "00.5",
                                      ".5",
                                      "5.",
                                      ".",
                                      "1.2.3",
                                      "1..2",
                                      "1e3",
                                      "1:2",
                                      "1/2",
                                      " 1",
                                      "1 ",
                                      "1,5",
                                      "\xB1",
                                      "1\xAE"
                                      "5",
                                      "abc"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(read(text).is_known());
  }
}

// parse_decimal reads all of these too.
TEST_CASE("PlainNumber: agrees with parse_decimal on every text of digits and points up to five bytes", "[base]") {
  constexpr std::string_view kBytes = "0189.";
  std::size_t known = 0;
  for (std::size_t number = 0, count = 3'125; number < count; ++number) {
    std::string text;
    for (std::size_t left = number; left != 0; left /= kBytes.size()) text += kBytes[left % kBytes.size()];
    const PlainNumber plain = read(text);
    if (!plain.is_known()) continue;
    ++known;
    const Decimal decimal = parse_decimal(text, 6);
    CAPTURE(text);
    REQUIRE(decimal.status == DecimalStatus::Ok);
    REQUIRE(plain.steps(6) == decimal.steps);
  }
  CHECK(known > 1'000);
}

}  // namespace
}  // namespace migplan
