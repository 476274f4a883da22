#include "migplan/base/apportion.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using Whole = std::vector<std::int64_t>;

std::int64_t sum(const Whole& numbers) { return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0}); }

TEST_CASE("apportion: parts that are whole stay as they are", "[base]") {
  const std::vector<Int128> parts{200, 300, 0};
  CHECK(apportion(parts, 100, 5) == Whole{2, 3, 0});
}

TEST_CASE("apportion: what is left goes to the largest remainders", "[base]") {
  // 1.40 + 2.35 + 3.25 = 7: floors 1, 2, 3 leave 1 for the part of remainder 0.40
  const std::vector<Int128> parts{140, 235, 325};
  CHECK(apportion(parts, 100, 7) == Whole{2, 2, 3});
}

TEST_CASE("apportion: the first of equal remainders goes first", "[base]") {
  // 1/3 each
  const std::vector<Int128> parts{1, 1, 1};
  CHECK(apportion(parts, 3, 1) == Whole{1, 0, 0});
  // 0.5 + 0.5 + 0.5 = 1.5, rounded half up to 2
  CHECK(apportion(parts, 2, 2) == Whole{1, 1, 0});
}

TEST_CASE("apportion: negative parts are shared as well", "[base]") {
  // -0.4 and 1.4 sum to 1: floors -1 and 1 leave 1 for the remainder 0.6 of the first
  const std::vector<Int128> parts{-40, 140};
  CHECK(apportion(parts, 100, 1) == Whole{0, 1});
  const std::vector<Int128> losses{-150, -150};
  CHECK(apportion(losses, 100, -3) == Whole{-1, -2});
}

TEST_CASE("apportion: a total below the floors is taken from the smallest remainders", "[base]") {
  // floors 2 and 3 are one too many: 3.1 gives before 2.9 does
  const std::vector<Int128> parts{290, 310};
  CHECK(apportion(parts, 100, 4) == Whole{2, 2});
}

TEST_CASE("apportion: no parts share nothing", "[base]") { CHECK(apportion({}, 10, 0).empty()); }

TEST_CASE("apportion: the shares add up and each lies within one of its part", "[base][property]") {
  testing::Random random(11);
  for (int round = 0; round < 20'000; ++round) {
    const Int128 unit = random.between(1, 1'000);
    std::vector<Int128> parts(static_cast<std::size_t>(random.between(1, 7)));
    Int128 exact = 0;
    for (Int128& part : parts) exact += part = random.between(-5'000, 5'000);
    const std::int64_t total = divide_half_up(exact, unit);
    const Whole shares = apportion(parts, unit, total);
    CAPTURE(round);
    REQUIRE(sum(shares) == total);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Int128 off = shares[i] * unit - parts[i];
      REQUIRE((off > -unit && off < unit));
    }
  }
}

}  // namespace
}  // namespace migplan
