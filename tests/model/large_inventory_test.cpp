#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "builders.hpp"
#include "migplan/model/dependency_graph.hpp"
#include "migplan/model/inventory.hpp"

namespace migplan {
namespace {

// Names and calls only, without builders: these tests are about size.
class LargePart {
 public:
  void add(std::uint32_t number, const std::vector<std::uint32_t>& callees) {
    Service service;
    service.name = keep(number);
    service.has_dependency_list = true;
    std::vector<Dependency> dependencies(callees.size());
    for (std::size_t i = 0; i < callees.size(); ++i) dependencies[i].service = keep(callees[i]);
    part_.add(std::move(service), dependencies, {});
  }
  Result<Inventory> make(unsigned threads = 1) {
    std::vector<InventoryPart> parts;
    parts.push_back(std::move(part_));
    return Inventory::create(std::move(parts), {"services.jsonl"}, threads);
  }

 private:
  std::string_view keep(std::uint32_t number) { return part_.arena().keep("s" + std::to_string(number)); }
  InventoryPart part_{0};
};

constexpr std::uint32_t kMillion = 1'000'000;

TEST_CASE("DependencyGraph: a chain of a million services is walked without recursion", "[model][large]") {
  LargePart part;
  for (std::uint32_t i = 0; i + 1 < kMillion; ++i) part.add(i, {i + 1});
  part.add(kMillion - 1, {});
  const Inventory inventory = part.make().value();
  const DependencyGraph graph(inventory);
  CHECK(graph.component_count() == kMillion);
  CHECK(graph.cycles().empty());
  const std::vector<Count> lengths = graph.upstream_chain_lengths();
  CHECK(lengths.front() == Count::whole(0));
  CHECK(lengths[kMillion / 2] == Count::whole(kMillion / 2));
  CHECK(lengths.back() == Count::whole(kMillion - 1));
}

TEST_CASE("DependencyGraph: a cycle of a million services is one component", "[model][large]") {
  LargePart part;
  for (std::uint32_t i = 0; i < kMillion; ++i) part.add(i, {(i + 1) % kMillion});
  const Inventory inventory = part.make().value();
  const DependencyGraph graph(inventory);
  CHECK(graph.component_count() == 1);
  CHECK(graph.component_size(0) == kMillion);
  CHECK(graph.upstream_chain_lengths()[7] == Count::whole(kMillion - 1));
}

TEST_CASE("DependencyGraph: two to the hundred thousand paths are not walked one by one", "[model][large]") {
  // levels of two services, each calling both of the next level
  constexpr std::uint32_t kLevels = 100'000;
  LargePart part;
  for (std::uint32_t i = 0; i < 2 * kLevels; ++i) {
    const std::uint32_t next = 2 * (i / 2 + 1);
    part.add(i, next < 2 * kLevels ? std::vector{next, next + 1} : std::vector<std::uint32_t>{});
  }
  const Inventory inventory = part.make().value();
  const std::vector<Count> lengths = DependencyGraph(inventory).upstream_chain_lengths();
  CHECK(lengths.back() == Count::whole(kLevels - 1));
}

// 20,001 services, enough for several threads, with a few of each problem in places that fall to different threads.
std::vector<std::string> problems_with(unsigned threads) {
  constexpr std::uint32_t kCount = 20'001;
  LargePart part;
  for (std::uint32_t i = 0; i < kCount; ++i) {
    std::vector<std::uint32_t> callees{(i + 1) % kCount, (i + 7) % kCount};
    if (i % 3'000 == 1) callees.push_back(kMillion + i);  // no such service
    if (i % 5'000 == 2) callees.push_back(i);             // itself
    if (i % 7'000 == 3) callees.push_back((i + 1) % kCount);
    part.add(i, callees);
  }
  part.add(77, {});  // a second s77
  std::vector<std::string> texts;
  const Result<Inventory> result = part.make(threads);
  for (const Issue& issue : result.issues().kept()) texts.push_back(to_string(issue));
  return texts;
}

TEST_CASE("Inventory: the number of threads does not change what is found", "[model][large]") {
  const std::vector<std::string> alone = problems_with(1);
  CHECK(alone.size() == 7 + 4 + 3 + 1);
  for (const unsigned threads : {0U, 2U, 3U, 8U}) {
    CAPTURE(threads);
    CHECK(problems_with(threads) == alone);
  }
}

TEST_CASE("Inventory: the number of threads does not change where dependencies lead", "[model][large]") {
  constexpr std::uint32_t kCount = 20'001;
  for (const unsigned threads : {1U, 2U, 5U}) {
    LargePart part;
    for (std::uint32_t i = 0; i < kCount; ++i)
      part.add(i, {(i + 1) % kCount, (i * 7 + 5) % kCount == i ? (i + 2) % kCount : (i * 7 + 5) % kCount});
    const Result<Inventory> result = part.make(threads);
    REQUIRE(result.is_ok());
    const Inventory& inventory = result.value();
    for (ServiceIndex i = 0; i < kCount; ++i) {
      for (const Dependency& dependency : inventory.dependencies(i)) {
        REQUIRE(inventory[dependency.target].name == dependency.service);
      }
    }
  }
}

// Comparing each pair of its calls, 45 thousand million, would outlast the time that a test has.
TEST_CASE("Inventory: a service may call very many others", "[model][large]") {
  constexpr std::uint32_t kCount = 300'000;
  LargePart part;
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 1; i <= kCount; ++i) all.push_back(i);
  part.add(0, all);
  for (const std::uint32_t i : all) part.add(i, {});
  const auto inventory = part.make();
  REQUIRE(inventory.is_ok());
  CHECK(inventory.value().dependencies(0).size() == kCount);
}

}  // namespace
}  // namespace migplan
