#include "migplan/scoring/dependents_score.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "builders.hpp"

namespace migplan {
namespace {

using namespace testing;

// Walks up from each service, one call at a time.
std::vector<Points> sums_by_walking(const Scorecard& card) {
  const Inventory& inventory = card.inventory();
  std::vector<Points> sums;
  for (ServiceIndex service = 0; service < inventory.size(); ++service) {
    std::set<ServiceIndex> found;
    std::vector<ServiceIndex> open{service};
    while (!open.empty()) {
      const ServiceIndex callee = open.back();
      open.pop_back();
      for (ServiceIndex caller = 0; caller < inventory.size(); ++caller) {
        for (const Dependency& dependency : inventory.dependencies(caller)) {
          if (dependency.is_external || dependency.target != callee) continue;
          if (found.insert(caller).second) open.push_back(caller);
        }
      }
    }
    found.erase(service);
    Points sum;
    for (const ServiceIndex caller : found) sum += card[caller].total;
    sums.push_back(sum);
  }
  return sums;
}

std::string shown(const std::vector<Points>& sums) {
  std::string out;
  for (const Points sum : sums) out += trimmed(sum) + " ";
  return out;
}

TEST_CASE("dependents_scores: each caller counts once, over all ways, in cycles too", "[scoring]") {
  // Scores by debt alone, 0.15 points a day: a 15, b 12, c 9, d 6, e 3. a calls b and c, both call d; d and e call each
  // other; outside calls are no one's.
  const Inventory services =
      inventory({service("a").facts("0", "99.95", "100", 0, 0, 0).calls("b").calls_weakly("c").calls_outside("x"),
                 service("b").facts("0", "99.95", "80", 0, 0, 0).calls("d"),
                 service("c").facts("0", "99.95", "60", 0, 0, 0).calls("d"),
                 service("d").facts("0", "99.95", "40", 0, 0, 0).calls("e"),
                 service("e").facts("0", "99.95", "20", 0, 0, 0).calls("d")});
  const Policy rules = policy();
  // b and c: a. d: a, b, c and e. e: a, b, c and d.
  CHECK(shown(dependents_scores(Scorecard(services, rules))) == "0 15 15 39 42 ");
}

TEST_CASE("dependents_scores: an inventory without services has none", "[scoring]") {
  const Inventory services = inventory({});
  const Policy rules = policy();
  CHECK(dependents_scores(Scorecard(services, rules)).empty());
}

TEST_CASE("dependents_scores: random landscapes give what walking up gives", "[scoring]") {
  Random random(5);
  const Policy rules = policy();
  for (int i = 0; i < 20; ++i) {
    const Inventory services = inventory(random_services(random, 60));
    const Scorecard card(services, rules);
    CHECK(shown(dependents_scores(card)) == shown(sums_by_walking(card)));
  }
}

TEST_CASE("dependents_scores: more services than one block holds", "[scoring]") {
  // A chain of 1,300: the k-th has k callers above it, each of 7.5 points.
  std::vector<ServiceBuilder> chain;
  for (int i = 0; i < 1'300; ++i) {
    ServiceBuilder next = service("s" + std::to_string(i)).facts("0", "99.95", "50", 0, 0, 0);
    chain.push_back(i + 1 < 1'300 ? next.calls("s" + std::to_string(i + 1)) : next.calls_nothing());
  }
  const Inventory services = inventory(chain);
  const Policy rules = policy();
  const auto sums = dependents_scores(Scorecard(services, rules));
  for (ServiceIndex i = 0; i < services.size(); ++i) REQUIRE(sums[i] == Points::from_steps(750 * std::int64_t{i}));
}

TEST_CASE("dependents_scores: estimates lie around the exact sums with the stated error", "[scoring]") {
  Random random(11);
  const Policy rules = policy();
  const Inventory services = inventory(random_services(random, 800));
  const Scorecard card(services, rules);
  const auto exact = dependents_scores(card), estimated = dependents_scores(card, 0);
  std::size_t within = 0, counted = 0;
  for (ServiceIndex i = 0; i < services.size(); ++i) {
    if (exact[i] == Points{}) {
      CHECK(estimated[i] == Points{});
      continue;
    }
    const double ratio = static_cast<double>(estimated[i].steps()) / static_cast<double>(exact[i].steps());
    CHECK(std::abs(ratio - 1) < 0.5);  // five standard errors
    within += std::abs(ratio - 1) < 0.1 ? 1U : 0U;
    ++counted;
  }
  REQUIRE(counted > 400);
  // One standard error holds 68 % of independent estimates; these share their random numbers.
  CHECK(static_cast<double>(within) / static_cast<double>(counted) > 0.5);
}

}  // namespace
}  // namespace migplan
