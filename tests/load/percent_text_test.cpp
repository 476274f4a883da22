#include "migplan/load/percent_text.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

namespace {

std::int64_t steps(const PercentReading& reading) {
  return reading.fault == PercentFault::None ? reading.value.steps() : -1;
}

}  // namespace

TEST_CASE("percent_text: a fraction and a percentage are the same number") {
  // In binary floating point 0.999 x 100 is 99.9000000000000057.
  CHECK(steps(read_fraction("0.999")) == 99'900'000);
  CHECK(steps(read_percent("99.9")) == 99'900'000);
  CHECK(steps(read_percent_or_fraction("99.9%")) == 99'900'000);
  CHECK(steps(read_percent_or_fraction("99.9 %")) == 99'900'000);
  CHECK(steps(read_percent_or_fraction("99.9")) == 99'900'000);
  CHECK(steps(read_percent_or_fraction("0.999")) == 99'900'000);
  CHECK(steps(read_percent_or_fraction("0.9%")) == 900'000);
  CHECK(steps(read_fraction("1")) == 100'000'000);
  CHECK(steps(read_fraction("9.9999999e-1")) == 99'999'999);
}

TEST_CASE("percent_text: what cannot be told, or kept, is refused") {
  CHECK(read_percent_or_fraction("1").fault == PercentFault::Ambiguous);
  CHECK(read_percent_or_fraction("1.000").fault == PercentFault::Ambiguous);
  CHECK(steps(read_percent_or_fraction("1%")) == 1'000'000);
  CHECK(read_fraction("0.999999999").fault == PercentFault::TooFine);
  CHECK(read_percent("99.9999999").fault == PercentFault::TooFine);
  CHECK(read_percent("100.000001").fault == PercentFault::OutOfRange);
  CHECK(read_percent("-1").fault == PercentFault::OutOfRange);
  CHECK(read_percent_or_fraction("-0.5").fault == PercentFault::OutOfRange);
  CHECK(read_fraction("99.9").fault == PercentFault::OutOfRange);
  for (const char* const text : {"", "%", "nan", ".inf", "99,9", "99.9%%", "0x5"}) {
    INFO(text);
    CHECK(read_percent_or_fraction(text).fault == PercentFault::NotANumber);
  }
}
