#include "migplan/model/name_index.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

using namespace migplan;

namespace {

std::vector<std::string> numbered_names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("service-" + std::to_string(i));
  return names;
}

}  // namespace

TEST_CASE("NameIndex: finds every name and no other", "[model]") {
  const auto names = numbered_names(5'000);
  NameIndex index;
  REQUIRE(index.assign({names.begin(), names.end()}).empty());
  for (std::size_t i = 0; i < names.size(); ++i) REQUIRE(index.find(std::string(names[i])) == i);
  CHECK_FALSE(index.find("service-5000"));
  CHECK_FALSE(index.find(""));
  CHECK(index.names().size() == names.size());
}

TEST_CASE("NameIndex: an empty one finds nothing", "[model]") {
  NameIndex index;
  CHECK_FALSE(index.find("a"));
  CHECK(index.assign({}).empty());
  CHECK_FALSE(index.find("a"));
}

TEST_CASE("NameIndex: the first of two equal names keeps it, each clash is told", "[model]") {
  NameIndex index;
  const auto clashes = index.assign({"a", "b", "a", "c", "a"});
  REQUIRE(clashes.size() == 2);
  CHECK((clashes[0].first == 0 && clashes[0].second == 2));
  CHECK((clashes[1].first == 0 && clashes[1].second == 4));
  CHECK(index.find("a") == 0U);
}

TEST_CASE("NameIndex: a group is found as its names one by one", "[model]") {
  const auto names = numbered_names(3'000);
  NameIndex index;
  REQUIRE(index.assign({names.begin(), names.end()}).empty());
  for (std::size_t from = 0; from < 4'000; from += 13) {
    std::vector<std::string> asked;
    for (std::size_t i = 0; i < NameIndex::kGroup; ++i) asked.push_back("service-" + std::to_string(from + 7 * i));
    const std::vector<std::string_view> group(asked.begin(), asked.end());
    std::array<ServiceIndex, NameIndex::kGroup> found{};
    index.find(group, found.data());
    for (std::size_t i = 0; i < group.size(); ++i) REQUIRE(found[i] == index.find(group[i]).value_or(NameIndex::kNone));
  }
}
