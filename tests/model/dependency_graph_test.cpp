#include "migplan/model/dependency_graph.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::service;
using testing::ServiceBuilder;

using Cycles = std::vector<std::vector<ServiceIndex>>;

std::vector<std::int64_t> lengths(const Inventory& inventory) {
  std::vector<std::int64_t> steps;
  for (const Count length : DependencyGraph(inventory).upstream_chain_lengths()) steps.push_back(length.steps());
  return steps;
}

TEST_CASE("DependencyGraph: outside dependencies are left out", "[model]") {
  const Inventory made =
      inventory({service("cart").calls_outside("redis").calls("auth").calls_outside("ldap"), service("auth")});
  const DependencyGraph graph(made);
  REQUIRE(graph.callees(0).size() == 1);
  CHECK(graph.callees(0)[0] == 1);
  CHECK_FALSE(graph.has_callers(0));
  CHECK(graph.has_callers(1));
}

TEST_CASE("DependencyGraph: callees have lower components than their callers", "[model]") {
  const Inventory made = inventory({service("a").calls("b"), service("b").calls("c"), service("c")});
  const DependencyGraph graph(made);
  CHECK(graph.component_of(2) < graph.component_of(1));
  CHECK(graph.component_of(1) < graph.component_of(0));
}

TEST_CASE("DependencyGraph: cycles stand by first member and members by index", "[model]") {
  const Inventory made = inventory({service("x").calls("d"), service("a").calls("c"), service("b").calls("d"),
                                    service("c").calls("a"), service("d").calls("b"), service("alone")});
  CHECK(DependencyGraph(made).cycles() == Cycles{{1, 3}, {2, 4}});
}

TEST_CASE("upstream chain: nobody calls the first and each callee counts its callers", "[model]") {
  CHECK(lengths(inventory({service("a").calls("b"), service("b").calls("c"), service("c")})) ==
        std::vector<std::int64_t>{0, 1, 2});
}

TEST_CASE("upstream chain: the longest way counts and weak calls count as strong ones", "[model]") {
  // d is called by a directly and by a > b > c
  const Inventory made = inventory(
      {service("a").calls("b").calls("d"), service("b").calls_weakly("c"), service("c").calls("d"), service("d")});
  CHECK(lengths(made) == std::vector<std::int64_t>{0, 1, 2, 3});
}

TEST_CASE("upstream chain: the other members of a cycle are above each of its members", "[model]") {
  CHECK(lengths(inventory({service("a").calls("b"), service("b").calls("c"), service("c").calls("a")})) ==
        std::vector<std::int64_t>{2, 2, 2});
}

TEST_CASE("upstream chain: a cycle above counts all its members once", "[model]") {
  // top > {a, b} > below: below has a, b and top above it; a has top and b
  const Inventory made = inventory(
      {service("top").calls("a"), service("a").calls("b"), service("b").calls("a").calls("below"), service("below")});
  CHECK(lengths(made) == std::vector<std::int64_t>{0, 2, 2, 3});
}

TEST_CASE("DependencyGraph: an inventory of nothing has no components", "[model]") {
  const Inventory none = inventory({});
  const DependencyGraph graph(none);
  CHECK(graph.size() == 0);
  CHECK(graph.component_count() == 0);
  CHECK(graph.cycles().empty());
  CHECK(graph.upstream_chain_lengths().empty());
}

// The same answers by trying everything.
class BruteForce {
 public:
  explicit BruteForce(const std::vector<std::vector<bool>>& calls) : calls_(calls), reach_(calls) {
    const std::size_t n = calls.size();
    for (std::size_t i = 0; i < n; ++i) reach_[i][i] = true;
    for (std::size_t via = 0; via < n; ++via) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) reach_[i][j] = reach_[i][j] || (reach_[i][via] && reach_[via][j]);
      }
    }
  }

  [[nodiscard]] bool are_together(std::size_t i, std::size_t j) const { return reach_[i][j] && reach_[j][i]; }

  [[nodiscard]] std::int64_t upstream(std::size_t i) const {
    std::set<std::size_t> path;
    return longest(component(i), path) - 1;
  }

 private:
  using Component = std::set<std::size_t>;

  [[nodiscard]] Component component(std::size_t i) const {
    Component members;
    for (std::size_t j = 0; j < calls_.size(); ++j) {
      if (are_together(i, j)) members.insert(j);
    }
    return members;
  }

  // The most services on any simple path over the condensed graph that ends in `last`, its members included. Every path
  // is tried; `path` holds the first members of the components on it.
  std::int64_t longest(const Component& last, std::set<std::size_t>& path) const {
    if (!path.insert(*last.begin()).second) return 0;
    std::int64_t above = 0;
    for (std::size_t caller = 0; caller < calls_.size(); ++caller) {
      const bool calls_it =
          std::any_of(last.begin(), last.end(), [&](std::size_t member) { return calls_[caller][member]; });
      if (calls_it && !last.contains(caller)) above = std::max(above, longest(component(caller), path));
    }
    path.erase(*last.begin());
    return above + static_cast<std::int64_t>(last.size());
  }

  std::vector<std::vector<bool>> calls_, reach_;
};

struct RandomGraph {
  std::vector<std::vector<bool>> calls;
  std::vector<ServiceBuilder> services;
};

RandomGraph random_graph(testing::Random& random) {
  const auto n = static_cast<std::size_t>(random.between(1, 8));
  const auto density = static_cast<int>(random.between(5, 45));
  RandomGraph graph{std::vector(n, std::vector<bool>(n)), {}};
  for (std::size_t i = 0; i < n; ++i) {
    ServiceBuilder made = service("s" + std::to_string(i));
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j || !random.chance(density)) continue;
      graph.calls[i][j] = true;
      random.chance(50) ? made.calls("s" + std::to_string(j)) : made.calls_weakly("s" + std::to_string(j));
    }
    graph.services.push_back(std::move(made));
  }
  return graph;
}

void check_components(const DependencyGraph& graph, const BruteForce& brute) {
  std::map<std::uint32_t, std::uint32_t> sizes;
  for (ServiceIndex i = 0; i < graph.size(); ++i) {
    ++sizes[graph.component_of(i)];
    for (ServiceIndex j = 0; j < graph.size(); ++j) {
      REQUIRE((graph.component_of(i) == graph.component_of(j)) == brute.are_together(i, j));
    }
    for (const ServiceIndex callee : graph.callees(i)) REQUIRE(graph.component_of(callee) <= graph.component_of(i));
  }
  REQUIRE(sizes.size() == graph.component_count());
  for (const auto& [component, size] : sizes) REQUIRE(graph.component_size(component) == size);
}

TEST_CASE("DependencyGraph: components and chains are those that trying everything finds", "[model][property]") {
  testing::Random random(2'024);
  std::size_t cycles = 0;
  for (int round = 0; round < 4'000; ++round) {
    const RandomGraph random_one = random_graph(random);
    const Inventory made = inventory(random_one.services);
    const DependencyGraph graph(made);
    const BruteForce brute(random_one.calls);
    CAPTURE(round);
    check_components(graph, brute);
    const std::vector<Count> found = graph.upstream_chain_lengths();
    for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i].steps() == brute.upstream(i));
    for (const auto& cycle : graph.cycles()) {
      ++cycles;
      REQUIRE(cycle.size() == graph.component_size(graph.component_of(cycle[0])));
      REQUIRE(std::is_sorted(cycle.begin(), cycle.end()));
    }
  }
  CHECK(cycles > 500);
}

}  // namespace
}  // namespace migplan
