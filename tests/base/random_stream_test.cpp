#include "migplan/base/random_stream.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <set>

using namespace migplan;

TEST_CASE("SplitMix64: gives the published numbers", "[base]") {
  // The first outputs for the seed 1234567 of the authors' splitmix64.c.
  SplitMix64 random(1234567);
  for (const std::uint64_t expected :
       std::initializer_list<std::uint64_t>{6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                            4593380528125082431U, 16408922859458223821U}) {
    CHECK(random.next() == expected);
  }
}

TEST_CASE("RandomStream: gives the published numbers of xoshiro256++", "[base]") {
  // The first outputs for the state 1, 2, 3, 4 of the authors' xoshiro256plusplus.c.
  RandomStream random(RandomStream::State{1, 2, 3, 4});
  for (const std::uint64_t expected : std::initializer_list<std::uint64_t>{
           41943041U, 58720359U, 3588806011781223U, 3591011842654386U, 9228616714210784205U, 9973669472204895162U,
           14011001112246962877U, 12406186145184390807U, 15849039046786891736U, 10450023813501588000U}) {
    CHECK(random.next() == expected);
  }
}

TEST_CASE("RandomStream: streams and seeds differ, the same ones are the same", "[base]") {
  std::set<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (std::uint64_t stream = 0; stream < 50; ++stream) first.insert(RandomStream(seed, stream).next());
  }
  CHECK(first.size() == 2'500);
  RandomStream a(7, 3), b(7, 3);
  for (int i = 0; i < 100; ++i) REQUIRE(a.next() == b.next());
}

TEST_CASE("RandomStream: uniform numbers lie where they should, evenly", "[base]") {
  RandomStream random(1, 0);
  std::array<int, 10> counts{};
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.uniform();
    REQUIRE((x >= 0 && x < 1));
    ++counts[static_cast<std::size_t>(x * 10)];
    const double y = random.positive_uniform();
    REQUIRE((y > 0 && y <= 1));
  }
  // Five standard deviations of a binomial count: 5 sqrt(100000 x 0.1 x 0.9) = 474.
  for (const int count : counts) CHECK(std::abs(count - kDraws / 10) < 474);
}

TEST_CASE("RandomStream: whole numbers below a limit come evenly, and none beyond it", "[base]") {
  RandomStream random(1, 0);
  std::array<int, 6> counts{};
  constexpr int kDraws = 60'000;
  for (int i = 0; i < kDraws; ++i) ++counts.at(random.below(6));
  // Five standard deviations of a binomial count: 5 sqrt(60000 x 1/6 x 5/6) = 456.
  for (const int count : counts) CHECK(std::abs(count - kDraws / 6) < 456);
  CHECK(random.below(1) == 0);
  // Of a limit of 3 x 2^62 a quarter of the words is rejected: the mean of what is left is half of the limit.
  constexpr std::uint64_t kHuge = 3ULL << 62U;
  double sum = 0;
  for (int i = 0; i < kDraws; ++i) sum += static_cast<double>(random.below(kHuge)) / static_cast<double>(kHuge);
  // Five standard deviations of the mean of uniform numbers: 5 / sqrt(12 x 60000) = 0.0059.
  CHECK(std::abs(sum / kDraws - 0.5) < 0.0059);
}
