#include "migplan/base/value_counts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "migplan/base/random_stream.hpp"

using namespace migplan;

namespace {

std::vector<std::uint64_t> drawn(std::size_t count, std::uint64_t below, std::uint64_t seed) {
  RandomStream random(seed, 0);
  std::vector<std::uint64_t> values(count);
  for (auto& value : values) value = random.next() % below;
  return values;
}

ValueCounts counted(const std::vector<std::uint64_t>& values) {
  ValueCounts counts;
  for (const auto value : values) counts.add(value);
  return counts;
}

}  // namespace

TEST_CASE("value counts: the k-th smallest is that of the sorted values", "[base]") {
  auto values = drawn(5000, 700'000, 1);
  values.push_back(0);
  values.push_back(std::uint64_t{1} << 60U);  // far outside the pages that are found directly
  const ValueCounts counts = counted(values);
  std::sort(values.begin(), values.end());
  REQUIRE(counts.count() == values.size());
  REQUIRE(counts.resolution() == 1);
  for (std::size_t k = 1; k <= values.size(); k += 37) CHECK(counts.kth(k) == values[k - 1]);
  CHECK(counts.kth(values.size()) == values.back());
}

TEST_CASE("value counts: values spread too wide lose their last digits, whatever their order", "[base]") {
  // 2048 pages of 512 values hold 1,048,576 values in a row; these spread over a hundred times as many.
  auto values = drawn(20'000, 100'000'000, 2);
  const ValueCounts counts = counted(values);
  std::reverse(values.begin(), values.end());
  const ValueCounts backwards = counted(values);
  std::sort(values.begin(), values.end());
  REQUIRE(counts.resolution() > 1);
  REQUIRE(counts.resolution() == backwards.resolution());
  for (std::size_t k = 1; k <= values.size(); k += 101) {
    CHECK(counts.kth(k) == values[k - 1] / counts.resolution() * counts.resolution());
    CHECK(backwards.kth(k) == counts.kth(k));
  }
}

TEST_CASE("value counts: parts counted apart add up to the whole", "[base]") {
  const auto narrow = drawn(3000, 1000, 3), wide = drawn(20'000, 90'000'000, 4);
  std::vector<std::uint64_t> all = narrow;
  all.insert(all.end(), wide.begin(), wide.end());
  const ValueCounts whole = counted(all);
  ValueCounts first = counted(narrow), second = counted(wide);
  first.merge(counted(wide));
  second.merge(counted(narrow));
  for (const ValueCounts* const merged : {&first, &second}) {
    REQUIRE(merged->count() == whole.count());
    REQUIRE(merged->resolution() == whole.resolution());
    for (std::uint64_t k = 1; k <= whole.count(); k += 211) CHECK(merged->kth(k) == whole.kth(k));
  }
}

TEST_CASE("value counts: more than 2^32 of one value are counted", "[base]") {
  ValueCounts counts;
  counts.add(7, std::uint64_t{1} << 33U);
  counts.add(9);
  CHECK(counts.count() == (std::uint64_t{1} << 33U) + 1);
  CHECK(counts.kth(std::uint64_t{1} << 33U) == 7);
  CHECK(counts.kth((std::uint64_t{1} << 33U) + 1) == 9);
}
