#include "migplan/scoring/inventory_check.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::service;
using testing::ServiceBuilder;

std::vector<std::string> warnings(const std::vector<ServiceBuilder>& services) {
  const Inventory made = inventory(services);
  const Issues issues = topology_warnings(made);
  std::vector<std::string> texts;
  for (const Issue& issue : issues.kept()) texts.push_back(to_string(issue));
  return texts;
}

TEST_CASE("topology warnings: numbers that agree with the dependencies raise none", "[scoring]") {
  CHECK(warnings({service("cart").calls("auth").calls_outside("redis").calls_weakly("mail").chain(0).strong(2),
                  service("auth").calls_nothing().chain(1).strong(0), service("mail").chain(1)})
            .empty());
}

TEST_CASE("topology warnings: each number that differs is told with both and its place", "[scoring]") {
  CHECK(warnings(
            {service("cart").calls("auth").chain(3, {5, 31}).strong(2, {5, 60}), service("auth").chain(0, {9, 31})}) ==
        std::vector<std::string>{"services.yaml:5:31: warning: services[0].topology.upstream_chain_length: states 3, "
                                 "the dependencies give 0; the "
                                 "stated number is used (leave it out to have it derived)",
                                 "services.yaml:5:60: warning: services[0].topology.downstream_strong_dependencies: "
                                 "states 2, the dependencies "
                                 "give 1; the stated number is used (leave it out to have it derived)",
                                 "services.yaml:9:31: warning: services[1].topology.upstream_chain_length: states 0, "
                                 "the dependencies give 1; the "
                                 "stated number is used (leave it out to have it derived)"});
}

TEST_CASE("topology warnings: what the dependencies do not tell is not doubted", "[scoring]") {
  CHECK(warnings({service("alone").chain(7).strong(9)}).empty());
  CHECK(warnings({service("cart").calls("auth"), service("auth").strong(9)}).empty());
}

TEST_CASE("topology warnings: what is not stated cannot differ", "[scoring]") {
  CHECK(warnings({service("cart").calls("auth"), service("auth").calls_nothing()}).empty());
}

std::vector<std::string> override_errors(const std::vector<ServiceBuilder>& services) {
  const Inventory made = inventory(services);
  const Issues issues = override_issues(made, testing::policy());
  std::vector<std::string> texts;
  for (const Issue& issue : issues.kept()) texts.push_back(to_string(issue));
  return texts;
}

TEST_CASE("override issues: an override names a tier of the policy", "[scoring]") {
  CHECK(override_errors({service("cart").overridden_to("A", {4, 9}), service("auth")}).empty());
  CHECK(
      override_errors({service("cart"), service("auth").overridden_to("AA", {4, 9})}) ==
      std::vector<std::string>{"services.yaml:4:9: error: services[1].override.tier: \"AA\" is no tier of the policy"});
}

}  // namespace
}  // namespace migplan
