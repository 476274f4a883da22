#include "migplan/base/percentile.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <limits>

namespace migplan {
namespace {

// The value by each rule, of values in rising order.
template <std::size_t n>
std::int64_t nearest(const std::array<std::int64_t, n>& values, unsigned percent) {
  return values.at(nearest_rank(n, percent) - 1);
}
template <std::size_t n>
std::int64_t legacy_hundredfold(const std::array<std::int64_t, n>& values, unsigned percent) {
  const RankPosition place = legacy_position(n, percent);
  const std::int64_t behind = place.hundredths == 0 ? 0 : values.at(place.rank);
  return hundredfold(place, values.at(place.rank - 1), behind);
}

}  // namespace

TEST_CASE("percentile: the nearest rank is the first that enough values do not exceed", "[base]") {
  // The example of most textbooks: 15 20 35 40 50; 5 % -> rank ceil(0.25) = 1, 30 % -> ceil(1.5) = 2,
  // 40 % -> 2 exactly, 50 % -> ceil(2.5) = 3, 100 % -> 5.
  constexpr std::array<std::int64_t, 5> kValues{15, 20, 35, 40, 50};
  CHECK(nearest(kValues, 5) == 15);
  CHECK(nearest(kValues, 30) == 20);
  CHECK(nearest(kValues, 40) == 20);
  CHECK(nearest(kValues, 50) == 35);
  CHECK(nearest(kValues, 100) == 50);
}

TEST_CASE("percentile: of one value every percentile is that value, by either rule", "[base]") {
  constexpr std::array<std::int64_t, 1> kOne{7};
  for (const unsigned percent : {1U, 50U, 99U, 100U}) {
    CHECK(nearest(kOne, percent) == 7);
    CHECK(legacy_hundredfold(kOne, percent) == 700);
  }
}

TEST_CASE("percentile: the legacy rule lies between two ranks", "[base]") {
  // n = 4, so the place is percent * 5 / 100. 50 %: 2.5, half way from 20 to 30 = 25. 30 %: 1.5, half way from 10 to
  // 20 = 15. 75 %: 3.75, three quarters from 30 to 41 = 38.25. 60 %: 3 exactly = 30.
  constexpr std::array<std::int64_t, 4> kValues{10, 20, 30, 41};
  CHECK(legacy_hundredfold(kValues, 50) == 2500);
  CHECK(legacy_hundredfold(kValues, 30) == 1500);
  CHECK(legacy_hundredfold(kValues, 75) == 3825);
  CHECK(legacy_hundredfold(kValues, 60) == 3000);
}

TEST_CASE("percentile: the legacy rule stays within the least and the greatest value", "[base]") {
  // n = 4: 19 % is the place 0.95, below the first rank; 80 % is 4 and 99 % is 4.95, at and behind the last one.
  constexpr std::array<std::int64_t, 4> kValues{10, 20, 30, 41};
  CHECK(legacy_hundredfold(kValues, 19) == 1000);
  CHECK(legacy_hundredfold(kValues, 20) == 1000);
  CHECK(legacy_hundredfold(kValues, 80) == 4100);
  CHECK(legacy_hundredfold(kValues, 99) == 4100);
}

TEST_CASE("percentile: ranks are exact beyond 32 bits and at the end of 64", "[base]") {
  // ceil(5e9 * 95 / 100) = 4.75e9; 95 * (5e9 + 1) / 100 = 4'750'000'000.95.
  CHECK(nearest_rank(5'000'000'000, 95) == 4'750'000'000);
  CHECK(legacy_position(5'000'000'000, 95) == RankPosition{4'750'000'000, 95});
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  CHECK(nearest_rank(kMost, 100) == kMost);
  CHECK(legacy_position(kMost, 100) == RankPosition{kMost, 0});
}

}  // namespace migplan
