#include "migplan/base/decimal.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

#include "builders.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();

std::int64_t steps(std::string_view text, int decimals) {
  const Decimal read = parse_decimal(text, decimals);
  CAPTURE(std::string(text));
  REQUIRE(read.status == DecimalStatus::Ok);
  return read.steps;
}

DecimalStatus status(std::string_view text, int decimals) { return parse_decimal(text, decimals).status; }

TEST_CASE("parse_decimal: a decimal number is read exactly in steps of the asked size", "[base]") {
  CHECK(steps("99.51", 6) == 99'510'000);
  CHECK(steps("99.51", 2) == 9'951);
  CHECK(steps("0.1", 9) == 100'000'000);
  CHECK(steps("42", 0) == 42);
  CHECK(steps("+7.25", 2) == 725);
  CHECK(steps("-7.25", 2) == -725);
  CHECK(steps("-0", 3) == 0);
  CHECK(steps("000123.4500", 2) == 12'345);
}

TEST_CASE("parse_decimal: an exponent moves the point", "[base]") {
  CHECK(steps("1.5e3", 0) == 1'500);
  CHECK(steps("15e-1", 1) == 15);
  CHECK(steps("2.5E+2", 2) == 25'000);
  CHECK(steps("123456e-3", 6) == 123'456'000);
  CHECK(steps("0.00000000012e10", 1) == 12);  // 1.2
  CHECK(steps("1e0", 0) == 1);
  CHECK(steps("0e400", 6) == 0);
  CHECK(steps("1e-400", 6) == 0);
}

TEST_CASE("parse_decimal: digits behind the last step are rounded half away from zero", "[base]") {
  CHECK(steps("0.125", 2) == 13);
  CHECK(steps("-0.125", 2) == -13);
  CHECK(steps("0.1249999", 2) == 12);
  CHECK(steps("0.124999999999999999999999", 2) == 12);
  CHECK(steps("0.125000000000000000000001", 2) == 13);
  CHECK(steps("9.999", 2) == 1'000);
  CHECK(steps("0.0000005", 6) == 1);
  CHECK(steps("0.0000004999", 6) == 0);
  CHECK(steps("5e-7", 6) == 1);
  CHECK(steps("5e-8", 6) == 0);
}

TEST_CASE("parse_decimal: a text of many digits keeps each digit that the steps can hold", "[base]") {
  CHECK(steps("0." + std::string(5'000, '3'), 9) == 333'333'333);
  CHECK(steps(std::string(5'000, '0') + "7", 0) == 7);
  CHECK(steps("1." + std::string(5'000, '0'), 0) == 1);
  CHECK(steps("123456789012345678", 0) == 123'456'789'012'345'678);
  CHECK(steps("1234567890123456789", 0) == 1'234'567'890'123'456'789);
  CHECK(steps("1234567890123.456789", 6) == 1'234'567'890'123'456'789);
  CHECK(steps("1234567890123.4567894", 6) == 1'234'567'890'123'456'789);
  CHECK(steps("1000000000000000000", 0) == 1'000'000'000'000'000'000);
}

TEST_CASE("parse_decimal: the greatest number of steps is read and one more is too large", "[base]") {
  CHECK(steps("9223372036854775807", 0) == kLargest);
  CHECK(steps("-9223372036854775807", 0) == -kLargest);
  CHECK(steps("9223372036854.775807", 6) == kLargest);
  CHECK(status("9223372036854775808", 0) == DecimalStatus::TooLarge);
  CHECK(status("9223372036854.775808", 6) == DecimalStatus::TooLarge);
  CHECK(status("9223372036854.7758075", 6) == DecimalStatus::TooLarge);
}

TEST_CASE("parse_decimal: what 64 bits cannot hold is too large however it is written", "[base]") {
  CHECK(status("1e400", 6) == DecimalStatus::TooLarge);
  CHECK(status("-1e400", 6) == DecimalStatus::TooLarge);
  CHECK(status("1e99999999999999999999", 0) == DecimalStatus::TooLarge);
  CHECK(status("10000000000000000000", 0) == DecimalStatus::TooLarge);
  CHECK(status(std::string(5'000, '9'), 0) == DecimalStatus::TooLarge);
  CHECK(steps("0." + std::string(400, '0') + "1e401", 2) == 100);
}

TEST_CASE("parse_decimal: a fraction where whole numbers are asked is too fine", "[base]") {
  CHECK(status("1.5", 0) == DecimalStatus::TooFine);
  CHECK(status("-0.5", 0) == DecimalStatus::TooFine);
  CHECK(status("15e-1", 0) == DecimalStatus::TooFine);
  CHECK(status("1e-400", 0) == DecimalStatus::TooFine);
  CHECK(steps("1.0", 0) == 1);
  CHECK(steps("1.50e1", 0) == 15);
  CHECK(steps("100e-2", 0) == 1);
}

TEST_CASE("parse_decimal: a fraction is seen however far behind the point it stands", "[base]") {
  CHECK(status("1.0000000000000000001", 0) == DecimalStatus::TooFine);
  CHECK(status("123456789012345678.5", 0) == DecimalStatus::TooFine);
}

TEST_CASE("parse_decimal: what is not a decimal number is not guessed at", "[base]") {
  for (const char* text :
       {"",      "+",    "-",    ".",   "e5",   "1e",  "1e+",   "1e-",   "--1",   "+-1",  "1 ",  " 1", "1,5",
        "1_000", "0x1F", "many", "nan", ".nan", "inf", "-.inf", "1.2.3", "1e5.5", "1e5x", "12a", "١٢"}) {
    CAPTURE(text);
    CHECK(status(text, 6) == DecimalStatus::NotANumber);
    CHECK(status(text, 0) == DecimalStatus::NotANumber);
  }
  CHECK(status(std::string_view("1\0", 2), 0) == DecimalStatus::NotANumber);
}

TEST_CASE("fixed: all decimals are written", "[base]") {
  CHECK(fixed(8'840, 2) == "88.40");
  CHECK(fixed(5, 2) == "0.05");
  CHECK(fixed(-5, 2) == "-0.05");
  CHECK(fixed(0, 2) == "0.00");
  CHECK(fixed(42, 0) == "42");
  CHECK(fixed(-1, 9) == "-0.000000001");
  CHECK(fixed(kLargest, 6) == "9223372036854.775807");
  CHECK(fixed(kSmallest, 0) == "-9223372036854775808");
}

TEST_CASE("trimmed: trailing zeros of the fraction are left out and others are not", "[base]") {
  CHECK(trimmed(8'840, 2) == "88.4");
  CHECK(trimmed(8'800, 2) == "88");
  CHECK(trimmed(100, 0) == "100");
  CHECK(trimmed(0, 6) == "0");
  CHECK(trimmed(-1'500, 3) == "-1.5");
  CHECK(trimmed(kSmallest, 9) == "-9223372036.854775808");
}

TEST_CASE("fixed: what is written is read back as the same number", "[base]") {
  testing::Random random(7);
  for (int i = 0; i < 20'000; ++i) {
    const int decimals = static_cast<int>(random.between(0, 9));
    const auto shift = static_cast<unsigned>(random.between(0, 60));
    const std::int64_t value = static_cast<std::int64_t>(random.next() >> 4U >> shift) * (random.chance(50) ? 1 : -1);
    CAPTURE(value, decimals);
    REQUIRE(steps(fixed(value, decimals), decimals) == value);
    REQUIRE(steps(trimmed(value, decimals), decimals) == value);
  }
}

TEST_CASE("divide_half_up: halves go towards plus infinity", "[base]") {
  CHECK(divide_half_up(5, 10) == 1);
  CHECK(divide_half_up(4, 10) == 0);
  CHECK(divide_half_up(15, 10) == 2);
  CHECK(divide_half_up(-5, 10) == 0);
  CHECK(divide_half_up(-6, 10) == -1);
  CHECK(divide_half_up(-15, 10) == -1);
  CHECK(divide_half_up(-16, 10) == -2);
  CHECK(divide_half_up(7, 3) == 2);
  CHECK(divide_half_up(8, 3) == 3);
  CHECK(divide_half_up(-7, 3) == -2);
  CHECK(divide_half_up(0, 7) == 0);
  static_assert(divide_half_up(1, 2) == 1 && divide_half_up(-1, 2) == 0);
}

TEST_CASE("divide_half_up: the result is the only whole number within half a step below or under half above",
          "[base]") {
  for (std::int64_t numerator = -200; numerator <= 200; ++numerator) {
    for (std::int64_t denominator = 1; denominator <= 21; ++denominator) {
      const std::int64_t quotient = divide_half_up(numerator, denominator);
      CAPTURE(numerator, denominator, quotient);
      // quotient - 1/2 <= numerator / denominator < quotient + 1/2, times 2 x denominator
      REQUIRE((2 * quotient - 1) * denominator <= 2 * numerator);
      REQUIRE(2 * numerator < (2 * quotient + 1) * denominator);
    }
  }
}

TEST_CASE("divide_half_up: a numerator beyond 64 bits is divided exactly", "[base]") {
  const Int128 large = Int128{kLargest} * 1'000'000;
  CHECK(divide_half_up(large, 1'000'000) == kLargest);
  CHECK(divide_half_up(large - 500'000, 1'000'000) == kLargest);
  CHECK(divide_half_up(large - 500'001, 1'000'000) == kLargest - 1);
}

}  // namespace
}  // namespace migplan
