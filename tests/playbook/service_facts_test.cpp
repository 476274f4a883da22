// The facts that conditions and templates see.

#include "migplan/playbook/service_facts.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "builders.hpp"

using namespace migplan;
using namespace migplan::testing;

namespace {

struct Landscape {
  Inventory services;
  Policy rules = policy();
  Scorecard card{services, rules};
  PlaybookLandscape landscape{card};

  explicit Landscape(const std::vector<ServiceBuilder>& all) : services(inventory(all)) {}

  [[nodiscard]] std::string words(std::string_view service, std::string_view fact) const {
    const ServiceIndex index = *services.find(service);
    const ServiceFacts facts(landscape, index, derived_facts(landscape, index));
    const auto all = playbook_facts();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].name == fact) return facts.words(i);
    }
    return "no such fact";
  }
  [[nodiscard]] bool holds(std::string_view service, std::string_view expression) const {
    const ServiceIndex index = *services.find(service);
    const ServiceFacts facts(landscape, index, derived_facts(landscape, index));
    const auto condition = parse_rule_condition(expression);
    REQUIRE(condition.is_ok());
    return condition.value().holds([&facts](const ConditionTest& test) { return facts.holds(test); });
  }
};

Landscape shop() {
  return Landscape(
      {service("cart").calls("stock").calls_weakly("mail").calls_outside("redis").peak("1500").tagged("java8").tagged(
           "dubbo-2.7"),
       service("stock").calls_nothing().peak("10"), service("mail")});
}

}  // namespace

TEST_CASE("facts: names are unique and described") {
  std::set<std::string_view> names;
  for (const PlaybookFact& fact : playbook_facts()) {
    CHECK(names.insert(fact.name).second);
    CHECK_FALSE(fact.description.empty());
  }
}

TEST_CASE("facts: a service's own, its neighbours', and what is worked out") {
  const Landscape all = shop();
  CHECK(all.words("cart", "name") == "cart");
  CHECK(all.words("cart", "stack") == "java8; dubbo-2.7");
  CHECK(all.words("cart", "strong_dependencies") == "2");
  CHECK(all.words("cart", "weak_dependencies") == "1");
  CHECK(all.words("cart", "external_dependencies") == "1");
  CHECK(all.words("cart", "callers") == "0");
  CHECK(all.words("stock", "callers") == "1");
  CHECK(all.words("cart", "elastic") == "yes");
  CHECK(all.words("stock", "elastic") == "no");
  CHECK(all.words("cart", "decision") == "event-sourcing");
  CHECK(all.words("stock", "decision") == "assess-legacy");
  CHECK(all.words("cart", "effort_days") == "12");  // 10 + 2 strong dependencies
  CHECK(all.words("cart", "effort_is_estimated") == "yes");
}

TEST_CASE("facts: what is not stated is not known") {
  const Landscape all = shop();
  for (const char* const fact : {"stack", "weak_dependencies", "elastic", "decision", "gogc", "memory_verdict", "jdk",
                                 "framework_end_of_life", "sonar_debt_days", "status", "window"}) {
    INFO(fact);
    CHECK(all.words("mail", fact) == "-");
    CHECK(all.holds("mail", std::string(fact) + " == null"));
  }
  CHECK(all.words("mail", "transactions") == "0");
  CHECK(all.words("mail", "strong_consistency") == "no");
}

TEST_CASE("facts: conditions compare lists as texts, numbers as numbers and flags as flags") {
  const Landscape all = shop();
  CHECK(all.holds("cart", "stack ~ dubbo && peak_orders_per_second >= 1500 && elastic == true"));
  CHECK_FALSE(all.holds("cart", "stack ~ nacos || peak_orders_per_second > 1500 || elastic == false"));
  CHECK_FALSE(all.holds("mail", "stack ~ java"));
  CHECK(all.holds("cart", "kind == standard && reserves == false"));
}

TEST_CASE("facts: an unknown one in a condition is told with the nearest") {
  const auto condition = parse_rule_condition("stakc ~ dubbo");
  REQUIRE_FALSE(condition.is_ok());
  CHECK(to_string(condition.issues().kept().front()) == ":1:1: error: unknown fact \"stakc\" (did you mean stack?)");
}

TEST_CASE("facts: a service of a cycle takes the route of the highest tier in it") {
  // Alone, stock is of tier B and would be isolated first.
  const Landscape all({service("cart").calls("stock").facts("20000", "99", "200", 20, 10, 10),
                       service("stock").calls("cart").facts("1", "99.94", "1", 0, 1, 1),
                       service("mail").calls("cart").facts("1", "99.94", "1", 0, 1, 1)});
  CHECK(all.words("stock", "tier") == "B");
  CHECK(all.words("stock", "route") == all.words("cart", "route"));
  CHECK(all.words("mail", "route") != all.words("cart", "route"));
}
