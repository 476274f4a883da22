#include "migplan/scoring/priority_matrix.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::policy;
using testing::service;

std::vector<std::string> shown(const Scorecard& card) {
  std::vector<std::string> cells;
  for (const MatrixCell& cell : priority_matrix(card)) {
    std::string text = card.policy().tiers()[cell.tier].name + " " + std::string(cell.domain) + ":";
    for (const ServiceIndex i : cell.services) text += " " + std::string(card.inventory()[i].name);
    cells.push_back(text);
  }
  return cells;
}

TEST_CASE("priority matrix: every tier meets every domain and empty cells are shown", "[scoring]") {
  const Policy rules = policy();
  const Inventory services = inventory(
      {service("pay").domain("payment").facts("1e6", "90", "200", 0, 16, 0), service("ad").domain("marketing")});
  CHECK(shown(Scorecard(services, rules)) == std::vector<std::string>{"S marketing:", "S payment: pay", "A marketing:",
                                                                      "A payment:", "B marketing: ad", "B payment:"});
}

TEST_CASE("priority matrix: in a cell the highest score comes first and equals go by name", "[scoring]") {
  const Policy rules = policy();
  const Inventory services =
      inventory({service("b").domain("d").chain(2).strong(0), service("c").domain("d").chain(5).strong(0),
                 service("a").domain("d").chain(2).strong(0)});
  CHECK(shown(Scorecard(services, rules)) == std::vector<std::string>{"S d:", "A d:", "B d: c a b"});
}

TEST_CASE("priority matrix: services without a domain have a column of their own", "[scoring]") {
  const Policy rules = policy();
  const Inventory services = inventory({service("a").domain("d"), service("b")});
  CHECK(shown(Scorecard(services, rules)) == std::vector<std::string>{"S :", "S d:", "A :", "A d:", "B : b", "B d: a"});
}

TEST_CASE("priority matrix: nothing has no cells", "[scoring]") {
  const Policy rules = policy();
  const Inventory none = inventory({});
  CHECK(priority_matrix(Scorecard(none, rules)).empty());
}

TEST_CASE("priority matrix: each service stands in one cell and that is its own", "[scoring][property]") {
  testing::Random random(16);
  auto builders = testing::random_services(random, 200);
  for (auto& builder : builders) builder.domain("d" + std::to_string(random.between(0, 4)));
  const Policy rules = policy();
  const Inventory services = inventory(builders);
  const Scorecard card(services, rules);
  std::vector<int> seen(services.size(), 0);
  for (const MatrixCell& cell : priority_matrix(card)) {
    for (const ServiceIndex i : cell.services) {
      ++seen[i];
      REQUIRE(card[i].tier == cell.tier);
      REQUIRE(services[i].domain == cell.domain);
    }
  }
  CHECK(seen == std::vector<int>(services.size(), 1));
}

}  // namespace
}  // namespace migplan
