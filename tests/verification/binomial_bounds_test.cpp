#include "migplan/verification/binomial_bounds.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace migplan;

namespace {

constexpr Percent k95 = Percent::whole(95);
constexpr Percent percent(std::int64_t millionths) { return Percent::from_steps(millionths); }

// Within half a unit of the last decimal of a table that prints shares with so many decimals; bounds are rounded
// outwards, which is far less.
bool is_printed(Percent bound, double printed, int decimals) {
  double unit = 1;
  for (int i = 0; i < decimals; ++i) unit /= 10;
  return std::abs(static_cast<double>(bound.steps()) / 1e8 - printed) <= unit / 2 * 1.0001;
}

// P(X <= events) of a binomial distribution, summed term by term.
double cumulative(const Tally& tally, double share) {
  double term = 1, sum = 0;
  for (std::uint64_t i = 0; i < tally.trials; ++i) term *= 1 - share;
  for (std::uint64_t k = 0; k <= tally.events; ++k) {
    sum += term;
    term *= static_cast<double>(tally.trials - k) / static_cast<double>(k + 1) * share / (1 - share);
  }
  return sum;
}

}  // namespace

TEST_CASE("binomial_bounds: two-sided bounds are those of printed tables", "[verification]") {
  struct Row {
    Tally tally;
    double low, high;
    int decimals;
  };
  const std::vector<Row> rows{
      // Newcombe, "Two-Sided Confidence Intervals for the Single Proportion", Statistics in Medicine 17, 1998, table I,
      // method 5 (Clopper-Pearson).
      {{81, 263}, 0.2527, 0.3676, 4},
      {{15, 148}, 0.0578, 0.1617, 4},
      {{0, 20}, 0.0000, 0.1684, 4},
      {{1, 29}, 0.0009, 0.1776, 4},
      // Conover, "Practical Nonparametric Statistics", 1999, table A4.
      {{5, 25}, 0.068, 0.407, 3},
      // The example that the manual of R's binom.test prints.
      {{682, 925}, 0.7076683, 0.7654066, 7},
  };
  for (const Row& row : rows) {
    INFO(row.tally.events << " of " << row.tally.trials);
    const ShareBounds bounds = two_sided_bounds(row.tally, k95);
    CHECK(is_printed(bounds.low, row.low, row.decimals));
    CHECK(is_printed(bounds.high, row.high, row.decimals));
  }
}

TEST_CASE("binomial_bounds: at a bound the count is as improbable as the confidence says", "[verification]") {
  for (const Tally tally : {Tally{1, 10}, Tally{3, 40}, Tally{39, 40}, Tally{12, 500}, Tally{19, 20}}) {
    const ShareBounds bounds = one_sided_bounds(tally, k95);
    const double low = static_cast<double>(bounds.low.steps()) / 1e8;
    const double high = static_cast<double>(bounds.high.steps()) / 1e8;
    CHECK(cumulative(tally, high) == Approx(0.05).epsilon(1e-4));
    CHECK(1 - cumulative({tally.events - 1, tally.trials}, low) == Approx(0.05).epsilon(1e-4));
    CHECK(cumulative(tally, high) <= 0.05 * (1 + 1e-12));  // rounded outwards
    CHECK(1 - cumulative({tally.events - 1, tally.trials}, low) <= 0.05 * (1 + 1e-12));
  }
}

TEST_CASE("binomial_bounds: no event and nothing but events leave one side open", "[verification]") {
  const ShareBounds none = one_sided_bounds({0, 20}, k95), all = one_sided_bounds({20, 20}, k95);
  CHECK(none.low == Percent{});
  CHECK(all.high == Percent::max());
  // 1 - 0.05^(1/20) = 0.1391083407, rounded up; the two mirror each other.
  CHECK(none.high == percent(13'910'835));
  CHECK(all.low == percent(100'000'000 - 13'910'835));
}

TEST_CASE("binomial_bounds: the share is rounded up, so that it is within a limit only if the counts are") {
  CHECK(share_of({1, 1000}) == percent(100'000));  // exactly 0.1 %
  CHECK(share_of({1, 3}) == percent(33'333'334));
  CHECK(share_of({100'001, 100'000'000}) == percent(100'001));
  // 1000000001 of 10^12 is 0.1000000001 %.
  CHECK(share_of({1'000'000'001, 1'000'000'000'000}) == percent(100'001));
  CHECK(share_of({~0ULL, ~0ULL}) == Percent::max());
}

TEST_CASE("binomial_bounds: trials without an event that show a limit are counted exactly", "[verification]") {
  // ln 0.05 / ln(1 - 0.00001) = 299571.73…
  CHECK(trials_without_event(percent(1000), k95) == 299'572);
  CHECK(trials_without_event(percent(100'000), k95) == 2'995);  // ln 0.05 / ln 0.999 = 2994.2
  CHECK(trials_without_event(percent(50'000), k95) == 5'990);   // ln 0.05 / ln 0.9995 = 5989.97
  // The sample sizes of Wilks (1941): 59 for 95 % / 95 %, 299 for 99 % / 95 %, 90 for 95 % / 99 %.
  CHECK(trials_without_event(Percent::whole(5), k95) == 59);
  CHECK(trials_without_event(Percent::whole(1), k95) == 299);
  CHECK(trials_without_event(Percent::whole(5), Percent::whole(99)) == 90);
  // Exactly: 0.5^2 = 1 - 0.75, 0.1^2 = 1 - 0.99, 0.1^6 = 1 - 0.999999.
  CHECK(trials_without_event(Percent::whole(50), Percent::whole(75)) == 2);
  CHECK(trials_without_event(Percent::whole(90), Percent::whole(99)) == 2);
  CHECK(trials_without_event(Percent::whole(90), percent(99'999'900)) == 6);
  CHECK(trials_without_event(Percent::whole(100), k95) == 1);
  CHECK(trials_without_event(Percent{}, k95) == std::nullopt);
}

TEST_CASE("binomial_bounds: one trial fewer leaves the standing open", "[verification]") {
  for (const Percent limit : {percent(1000), percent(50'000), percent(100'000), Percent::whole(5)}) {
    const std::uint64_t enough = *trials_without_event(limit, k95);
    CHECK(standing({0, enough}, limit, k95) == ShareStanding::Within);
    CHECK(standing({0, enough - 1}, limit, k95) == ShareStanding::Open);
    CHECK(trials_still_needed({0, enough}, limit, k95) == 0);
    CHECK(trials_still_needed({0, enough - 1}, limit, k95) == 1);
    CHECK(trials_still_needed({0, 1}, limit, k95) == enough - 1);
  }
}

TEST_CASE("binomial_bounds: a share beyond the limit needs its lower bound there", "[verification]") {
  // 2 of 1000 are 0.2 %, with a lower bound of 0.0355 %; 200 of 100000 bound it by 0.177 %.
  CHECK(standing({2, 1000}, percent(100'000), k95) == ShareStanding::Open);
  CHECK(standing({200, 100'000}, percent(100'000), k95) == ShareStanding::Beyond);
  const auto more = trials_still_needed({2, 1000}, percent(100'000), k95);
  REQUIRE(more);
  // With 0.2 % going on, so many trials hold about so many events: the standing is beyond there, and not much earlier.
  const auto with = [&](std::uint64_t trials) { return Tally{(2 * trials + 999) / 1000, trials}; };
  CHECK(standing(with(1000 + *more), percent(100'000), k95) == ShareStanding::Beyond);
  CHECK(standing({2 * (1000 + *more) / 1000 - 1, 1000 + *more}, percent(100'000), k95) == ShareStanding::Open);
}

TEST_CASE("binomial_bounds: a share that is the limit itself is settled by no number of trials", "[verification]") {
  CHECK(standing({1, 1000}, percent(100'000), k95) == ShareStanding::Open);
  CHECK(trials_still_needed({1, 1000}, percent(100'000), k95) == std::nullopt);
  CHECK(trials_still_needed({1'000'000, 1'000'000'000}, percent(100'000), k95) == std::nullopt);
  CHECK(trials_still_needed({0, 10}, Percent{}, k95) == std::nullopt);
}

TEST_CASE("binomial_bounds: counters of any size have bounds", "[verification]") {
  constexpr std::uint64_t kHuge = 1'000'000'000'000'000'000;
  for (const Tally tally : {Tally{0, kHuge}, Tally{1, kHuge}, Tally{kHuge / 1000, kHuge}, Tally{kHuge / 3, kHuge},
                            Tally{kHuge - 1, kHuge}, Tally{kHuge, kHuge}, Tally{~0ULL / 7, ~0ULL}}) {
    const ShareBounds bounds = one_sided_bounds(tally, k95);
    CHECK(bounds.low <= share_of(tally));
    CHECK(share_of(tally) - percent(1) <= bounds.high);
    CHECK(bounds.high - bounds.low < percent(600));
  }
  // 0.1 % of 10^11: 1.645 sqrt(0.001 x 0.999 / 10^11) = 1.64e-7, 16.4 millionths of a percentage point to either side.
  const ShareBounds bounds = one_sided_bounds({kHuge / 1000, kHuge}, k95);
  CHECK(bounds.low == percent(100'000 - 17));
  CHECK(bounds.high == percent(100'000 + 17));
  CHECK(trials_still_needed({kHuge / 1000, kHuge}, percent(100'000), k95) == std::nullopt);
}
