#include "migplan/verification/error_budget.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

namespace {

constexpr Percent kBudget = Percent::from_steps(50'000);  // 0.05 %, what 99.95 % leaves

Seconds days(std::int64_t count) { return seconds_of(WindowDays::whole(count)); }

std::string shown(const std::optional<Number>& number) {
  return number ? trimmed(number->steps, number->decimals) : "-";
}

}  // namespace

TEST_CASE("error_budget: of a window that is over, the events allow what they are", "[verification]") {
  // 0.05 % of 1,000,000 requests: 500 may fail; 300 did, 60 % of them.
  const ErrorBudget budget(kBudget, 1'000'000, 300, days(30), days(30));
  CHECK(budget.allowed() == 500);
  CHECK_FALSE(budget.is_exhausted());
  CHECK(shown(budget.used()) == "60");
  CHECK(shown(budget.burn_rate()) == "0.6");
  CHECK(budget.is_over());
  // 200 left, 10 a day.
  CHECK(budget.lasts() == WindowDays::whole(20));
}

TEST_CASE("error_budget: a part of the window allows as much as the window at its pace", "[verification]") {
  // 10 of 30 days with 1,000,000 requests make 3,000,000: 1500 may fail. 900 did: three fifths, in a third of the time.
  const ErrorBudget budget(kBudget, 1'000'000, 900, days(30), days(10));
  CHECK(budget.allowed() == 1500);
  CHECK(shown(budget.used()) == "60");
  // (900 / 1500) / (10 / 30) = 1.8, and so is 0.09 % by 0.05 %.
  CHECK(shown(budget.burn_rate()) == "1.8");
  // 600 left at 90 a day: 6.666 days.
  CHECK(budget.lasts() == WindowDays::from_steps(6'666));
}

TEST_CASE("error_budget: as many as are allowed are no failure, one more is", "[verification]") {
  CHECK_FALSE(ErrorBudget(kBudget, 1'000'000, 500, days(30), days(30)).is_exhausted());
  CHECK(ErrorBudget(kBudget, 1'000'000, 501, days(30), days(30)).is_exhausted());
  CHECK(ErrorBudget(kBudget, 1'000'000, 500, days(30), days(30)).lasts() == WindowDays{});
  // 0.05 % of 1999 requests is 0.9995 of a failure: none is allowed.
  const ErrorBudget few(kBudget, 1999, 1, days(30), days(30));
  CHECK(few.allowed() == 0);
  CHECK(few.is_exhausted());
  // 1 / 0.9995 = 1.0005002…, above 1, and printed so.
  CHECK(shown(few.burn_rate()) == "1.001");
  CHECK(shown(few.used()) == "100.06");
}

TEST_CASE("error_budget: without failures it lasts, without a budget nothing is allowed", "[verification]") {
  const ErrorBudget unused(kBudget, 10, 0, days(30), days(1));
  CHECK_FALSE(unused.lasts().has_value());
  CHECK(shown(unused.burn_rate()) == "0");
  const ErrorBudget none(Percent{}, 1000, 1, days(30), days(30));
  CHECK(none.allowed() == 0);
  CHECK(none.is_exhausted());
  CHECK(shown(none.burn_rate()) == "-");
  CHECK(shown(none.used()) == "-");
  CHECK(none.lasts() == WindowDays{});
}

TEST_CASE("error_budget: the greatest numbers stay exact", "[verification]") {
  const std::uint64_t most = 1'000'000'000'000'000;
  const Seconds window = seconds_of(WindowDays::max());
  // Coprime lengths: 10,000 days but for a thousandth of one.
  const Seconds elapsed = seconds_of(WindowDays::max() - WindowDays::from_steps(1));
  const ErrorBudget budget(Percent::from_steps(99'999'999), most, most, window, elapsed);
  // 0.99999999 x 10^15 x 10000000 / 9999999 = 1000000090000009.0000009: more than all.
  CHECK(budget.allowed() == 1'000'000'090'000'009);
  CHECK_FALSE(budget.is_exhausted());
  // 1 / 0.99999999, rounded up.
  CHECK(shown(budget.burn_rate()) == "1.001");
  // 9999999 / (10^7 x 0.99999999) = 99.99999…%, rounded up.
  CHECK(shown(budget.used()) == "100");
  const ErrorBudget tiny(Percent::from_steps(1), most, 1, window, seconds_of(WindowDays::from_steps(1)));
  // 10^-8 x 10^15 x 10^7.
  CHECK(tiny.allowed() == 100'000'000'000'000);
  CHECK_FALSE(tiny.lasts().has_value());
}
