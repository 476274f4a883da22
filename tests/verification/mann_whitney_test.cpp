#include "migplan/verification/mann_whitney.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "migplan/base/random_stream.hpp"

using namespace migplan;

namespace {

std::vector<Milliseconds> values(std::initializer_list<std::int64_t> steps) {
  std::vector<Milliseconds> result;
  for (const std::int64_t step : steps) result.push_back(Milliseconds::from_steps(step));
  return result;
}

}  // namespace

TEST_CASE("mann_whitney: small samples have the exact p values that R prints", "[verification]") {
  // The example of R's wilcox.test, permeability of the chorioamnion (Hollander, Wolfe 1973), in hundredths:
  // alternative = "greater" prints W = 35, p-value = 0.1272.
  const auto x = values({80, 83, 189, 104, 145, 138, 191, 164, 73, 146});
  const auto y = values({115, 88, 90, 74, 121});
  const MannWhitney test = mann_whitney(x, y);
  CHECK(test.is_exact);
  CHECK(test.twice_u == 70);
  CHECK(test.p_greater == Approx(0.1272).margin(0.00005));
  const MannWhitney turned = mann_whitney(y, x);
  CHECK(turned.twice_u == 2 * 50 - 70);
  CHECK(turned.p_less == test.p_greater);
  CHECK(turned.p_two_sided == test.p_two_sided);
}

TEST_CASE("mann_whitney: small samples have the exact p values that SciPy prints", "[verification]") {
  // The example of scipy.stats.mannwhitneyu, ages at diagnosis of diabetes: U1 = 17, p = 0.1111111111111111.
  const MannWhitney test = mann_whitney(values({19, 22, 16, 29, 24}), values({20, 11, 17, 12}));
  CHECK(test.twice_u == 34);
  CHECK(test.p_two_sided == Approx(0.1111111111111111).epsilon(1e-14));
  // By hand: of the 9! / (5! 4!) = 126 orders, 7 have U of 17 or more (1 + 1 + 2 + 3 with 20, 19, 18, 17).
  CHECK(test.p_greater == Approx(7.0 / 126).epsilon(1e-14));
}

TEST_CASE("mann_whitney: ties and continuity are corrected for as R does", "[verification]") {
  // wilcox.test(Ozone ~ Month, airquality, subset = Month %in% c(5, 8)) prints W = 127.5, p-value = 0.0001208.
  const auto may =
      values({41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37});
  const auto august = values(
      {39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85});
  const MannWhitney test = mann_whitney(may, august);
  CHECK_FALSE(test.is_exact);
  CHECK(test.twice_u == 255);
  CHECK(test.p_two_sided == Approx(0.0001208).margin(0.00000005));
  CHECK(test.p_less == Approx(0.0001208 / 2).margin(0.00000003));
}

TEST_CASE("mann_whitney: equal values say nothing", "[verification]") {
  const auto same = values({5, 5, 5, 5, 5});
  const MannWhitney test = mann_whitney(same, same);
  CHECK(test.p_two_sided == 1);
  CHECK(test.p_greater == 1);
  CHECK(test.twice_u == 25);
}

TEST_CASE("mann_whitney: p values of all orders are those of counting", "[verification]") {
  // Each choice of 3 places among 7 is one order of 3 and 4 values; P(U >= u) counted over all 35.
  std::vector<bool> is_first{true, true, true, false, false, false, false};
  std::vector<std::vector<Milliseconds>> firsts, seconds;
  std::sort(is_first.begin(), is_first.end());
  do {
    auto& first = firsts.emplace_back();
    auto& second = seconds.emplace_back();
    for (std::size_t i = 0; i < is_first.size(); ++i) {
      (is_first[i] ? first : second).push_back(Milliseconds::whole(static_cast<std::int64_t>(i)));
    }
  } while (std::next_permutation(is_first.begin(), is_first.end()));
  REQUIRE(firsts.size() == 35);
  for (std::size_t i = 0; i < firsts.size(); ++i) {
    const MannWhitney test = mann_whitney(firsts[i], seconds[i]);
    int as_great = 0, as_small = 0;
    for (std::size_t j = 0; j < firsts.size(); ++j) {
      const auto other = mann_whitney(firsts[j], seconds[j]).twice_u;
      as_great += other >= test.twice_u ? 1 : 0;
      as_small += other <= test.twice_u ? 1 : 0;
    }
    CHECK(test.p_greater == Approx(as_great / 35.0));
    CHECK(test.p_less == Approx(as_small / 35.0));
  }
}

TEST_CASE("mann_whitney: the exact p value of 49 and 49 values is close to the normal one", "[verification]") {
  for (std::uint64_t stream = 0; stream < 20; ++stream) {
    RandomStream random(3, stream);
    std::vector<Milliseconds> first, second;
    for (std::int64_t i = 0; i < 49; ++i) {
      // No two are equal: the last two digits are the place in the sample.
      first.push_back(Milliseconds::from_steps(static_cast<std::int64_t>(random.below(10'000'000)) * 100 + i));
      second.push_back(Milliseconds::from_steps(static_cast<std::int64_t>(random.below(10'000'000)) * 100 + 50 + i));
    }
    const MannWhitney test = mann_whitney(first, second);
    REQUIRE(test.is_exact);
    // U has the mean 49^2 / 2 and the variance 49^2 x 99 / 12.
    const double z = (static_cast<double>(test.twice_u) / 2 - 1200.5 - 0.5) / std::sqrt(2401.0 * 99 / 12);
    CHECK(test.p_greater == Approx(0.5 * std::erfc(z / std::sqrt(2.0))).margin(0.001));
  }
}

TEST_CASE("mann_whitney: the least size of samples is where its level comes within reach", "[verification]") {
  CHECK(least_ranked_samples(Percent::whole(95)) == 4);  // 2 / 70 = 0.029; 2 / 20 = 0.1
  CHECK(least_ranked_samples(Percent::whole(90)) == 3);  // 2 / 20 = 0.1
  CHECK(least_ranked_samples(Percent::whole(99)) == 5);  // 2 / 252 = 0.0079; 2 / 70
  for (const std::int64_t n : {3, 4}) {
    std::vector<Milliseconds> first, second;
    for (std::int64_t i = 0; i < n; ++i) {
      first.push_back(Milliseconds::whole(100 + i));
      second.push_back(Milliseconds::whole(i));
    }
    CHECK((mann_whitney(first, second).p_two_sided <= 0.05) == (n == 4));
  }
}
