#include "migplan/model/inventory.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::FileOfServices;
using testing::inventory;
using testing::service;
using testing::ServiceBuilder;
using testing::try_inventory;

std::vector<std::string> texts_of(const Issues& issues) {
  std::vector<std::string> texts;
  for (const Issue& issue : issues.kept()) texts.push_back(to_string(issue));
  return texts;
}

Issues issues_of(const std::vector<ServiceBuilder>& services) {
  const Result<Inventory> result = try_inventory(services);
  REQUIRE_FALSE(result.is_ok());
  return result.issues();
}

static_assert(!std::is_default_constructible_v<Inventory>);

TEST_CASE("Inventory: services stand in the order in which they were read", "[model]") {
  const Inventory made = inventory({service("cart"), service("auth"), service("billing")});
  REQUIRE(made.size() == 3);
  CHECK(made[0].name == "cart");
  CHECK(made[1].name == "auth");
  CHECK(made[2].name == "billing");
  CHECK(made.services().size() == 3);
  CHECK(made.services().begin()->name == "cart");
}

TEST_CASE("Inventory: an inventory of nothing is an inventory", "[model]") {
  const Inventory none = inventory({});
  CHECK(none.size() == 0);
  CHECK_FALSE(none.find("cart"));
  CHECK(none.nearest("cart").empty());
  CHECK(try_inventory(std::vector<FileOfServices>{}).is_ok());
}

TEST_CASE("Inventory: a service is found by its name and no other", "[model]") {
  const Inventory made = inventory({service("cart"), service("auth")});
  CHECK(made.find("auth") == ServiceIndex{1});
  CHECK(made.find("cart") == ServiceIndex{0});
  CHECK_FALSE(made.find("car"));
  CHECK_FALSE(made.find(""));
  CHECK_FALSE(made.find(std::string(100'000, 'x')));
}

TEST_CASE("Inventory: the name that was probably meant is told", "[model]") {
  const Inventory made = inventory({service("cart"), service("payment-core")});
  CHECK(made.nearest("payment-cor") == "payment-core");
  CHECK(made.nearest("unheard-of").empty());
}

TEST_CASE("Inventory: a dependency leads to the service that it names", "[model]") {
  const Inventory made =
      inventory({service("cart").calls("auth").calls_weakly("mail"), service("mail"), service("auth")});
  const auto dependencies = made.dependencies(0);
  REQUIRE(dependencies.size() == 2);
  CHECK(dependencies[0].target == 2);
  CHECK(dependencies[0].strength == Strength::Strong);
  CHECK(dependencies[1].target == 1);
  CHECK(dependencies[1].strength == Strength::Weak);
  CHECK_FALSE(dependencies[0].is_external);
  CHECK(made.dependencies(1).empty());
  CHECK(made.dependencies(2).empty());
}

TEST_CASE("Inventory: an external dependency needs no service of its name", "[model]") {
  const Inventory made =
      inventory({service("cart").calls_outside("redis").calls("auth"), service("auth").calls_outside("ldap")});
  REQUIRE(made.dependencies(0).size() == 2);
  CHECK(made.dependencies(0)[0].is_external);
  CHECK_FALSE(made.dependencies(0)[1].is_external);
  CHECK(made.dependencies(0)[1].target == 1);
  CHECK(made.dependencies(1)[0].is_external);
}

TEST_CASE("Inventory: the stack of each service is its own", "[model]") {
  const Inventory made =
      inventory({service("cart").tagged("java8").tagged("redis"), service("auth"), service("mail").tagged("java8")});
  REQUIRE(made.stack(0).size() == 2);
  CHECK(made.stack(0)[1] == "redis");
  CHECK(made.stack(1).empty());
  REQUIRE(made.stack(2).size() == 1);
  CHECK(made.stack(2)[0] == "java8");
}

TEST_CASE("Inventory: a name used twice is reported with both places", "[model]") {
  const auto result = try_inventory({{"a.yaml", {service("auth").at(3, 5), service("cart").at(9, 5)}},
                                     {"b.yaml", {service("mail").at(2, 5), service("cart").at(4, 5)}}});
  REQUIRE_FALSE(result.is_ok());
  CHECK(texts_of(result.issues()) ==
        std::vector<std::string>{"b.yaml:4:5: error: services[1].name: \"cart\" is named twice, first at a.yaml:9:5"});
}

TEST_CASE("Inventory: a third use of a name points at the first as well", "[model]") {
  const Issues issues = issues_of({service("cart").at(1, 3), service("cart").at(2, 3), service("cart").at(3, 3)});
  CHECK(texts_of(issues) ==
        std::vector<std::string>{
            "services.yaml:2:3: error: services[1].name: \"cart\" is named twice, first at services.yaml:1:3",
            "services.yaml:3:3: error: services[2].name: \"cart\" is named twice, first at services.yaml:1:3"});
}

TEST_CASE("Inventory: a dependency on no service is reported with the nearest name", "[model]") {
  const Issues issues =
      issues_of({service("cart").calls("auth").calls("payment-cor"), service("auth"), service("payment-core")});
  CHECK(texts_of(issues) ==
        std::vector<std::string>{
            "services.yaml:1001:7: error: services[0].depends_on[1]: no such service: \"payment-cor\" (cart) "
            "(did you mean payment-core? else mark it `external: true`)"});
}

TEST_CASE("Inventory: a dependency that is like no name may be an outside one", "[model]") {
  const Issues issues = issues_of({service("cart").calls("elasticsearch")});
  REQUIRE(issues.kept().size() == 1);
  CHECK(issues.kept()[0].hint == "mark it `external: true` if it is not part of this inventory");
}

TEST_CASE("Inventory: a service cannot depend on itself", "[model]") {
  const Issues issues = issues_of({service("auth"), service("cart").calls("auth").calls_weakly("cart")});
  CHECK(texts_of(issues) == std::vector<std::string>{"services.yaml:1001:7: error: services[1].depends_on[1]: a "
                                                     "service cannot depend on itself: \"cart\" (cart)"});
}

TEST_CASE("Inventory: a repeated dependency is reported once for each repetition", "[model]") {
  const Issues issues = issues_of({service("cart").calls("auth").calls_weakly("auth").calls("mail").calls("auth"),
                                   service("auth"), service("mail")});
  CHECK(texts_of(issues) ==
        std::vector<std::string>{
            "services.yaml:1001:7: error: services[0].depends_on[1]: listed twice: \"auth\" (cart) (keep one entry)",
            "services.yaml:1003:7: error: services[0].depends_on[3]: listed twice: \"auth\" (cart) (keep one entry)"});
}

TEST_CASE("Inventory: an outside dependency is repeated by its name too", "[model]") {
  CHECK(issues_of({service("cart").calls_outside("redis").calls_outside("redis")}).errors() == 1);
  CHECK(issues_of({service("cart").calls_outside("redis").calls("redis"), service("redis")}).errors() == 1);
}

TEST_CASE("Inventory: all problems are reported and not the first alone", "[model]") {
  const Issues issues =
      issues_of({service("cart").calls("cart").calls("nowhere"), service("auth").calls("unheard-of"), service("cart")});
  CHECK(issues.errors() == 4);
}

TEST_CASE("Inventory: problems are reported in the order of the file", "[model]") {
  // the unresolved dependency of the first service stands before the duplicate in line 2000
  const Issues issues = issues_of({service("cart").at(999, 3).calls("unheard-of"), service("cart").at(2'000, 3)});
  REQUIRE(issues.kept().size() == 2);
  CHECK(issues.kept()[0].at.line == 1'000);
  CHECK(issues.kept()[1].at.line == 2'000);
}

TEST_CASE("Inventory: a file's name cannot steer a terminal through a message about it", "[model]") {
  const auto result =
      try_inventory({{"a\x1b[31m.yaml", {service("cart").at(1, 3)}}, {"b.yaml", {service("cart").at(1, 3)}}});
  REQUIRE(result.issues().errors() == 1);
  CHECK(to_string(result.issues().kept()[0]).find('\x1b') == std::string::npos);
}

TEST_CASE("Inventory: paths are counted within each file", "[model]") {
  const auto made = try_inventory({{"a.yaml", {service("s0"), service("s1")}},
                                   {"empty.yaml", {}},
                                   {"b.yaml", {service("s2"), service("s3"), service("s4")}}});
  REQUIRE(made.is_ok());
  CHECK(made.value().path_of(0, "name") == "services[0].name");
  CHECK(made.value().path_of(1, "name") == "services[1].name");
  CHECK(made.value().path_of(2, "name") == "services[0].name");
  CHECK(made.value().path_of(4, "impact.sla_30d") == "services[2].impact.sla_30d");
  CHECK(made.value().files()[made.value()[2].file] == "b.yaml");
}

TEST_CASE("Inventory: where each line is a service a path is that of the field", "[model]") {
  InventoryPart part(0);
  const ServiceBuilder cart = service("cart");
  part.add(cart.alone(), {}, {});
  std::vector<InventoryPart> parts;
  parts.push_back(std::move(part));
  const auto made = Inventory::create(std::move(parts), {"services.jsonl"});
  REQUIRE(made.is_ok());
  CHECK(made.value().path_of(0, "impact.sla_30d") == "impact.sla_30d");
}

TEST_CASE("Inventory: dependencies reach over files", "[model]") {
  const auto made = try_inventory(
      {{"a.yaml", {service("cart").calls("auth")}}, {"b.yaml", {service("auth").calls("mail"), service("mail")}}});
  REQUIRE(made.is_ok());
  CHECK(made.value().dependencies(0)[0].target == 1);
  CHECK(made.value().dependencies(1)[0].target == 2);
}

TEST_CASE("Inventory: runs of the parts stand in the order that is asked for", "[model]") {
  std::vector<InventoryPart> parts;
  for (const char* letter : {"a", "b"}) {
    InventoryPart part(0);
    for (const char* number : {"0", "1", "2"}) service(std::string(letter) + number).calls("target").add_to(part);
    parts.push_back(std::move(part));
  }
  parts.emplace_back(0);
  service("target").add_to(parts.back());
  const std::vector<InventoryRun> runs{{1, 0, 1}, {0, 0, 2}, {2, 0, 1}, {1, 1, 2}, {0, 2, 1}};
  const auto made = Inventory::create(std::move(parts), runs, {"services.jsonl"}, 2);
  REQUIRE(made.is_ok());
  std::string names;
  for (const Service& found : made.value().services()) names += std::string(found.name) + " ";
  CHECK(names == "b0 a0 a1 target b1 b2 a2 ");
  CHECK(made.value().dependencies(0)[0].target == 3);
  CHECK(made.value().find("a2") == ServiceIndex{6});
}

TEST_CASE("Inventory: an outside dependency that is a service of the inventory is warned of", "[model]") {
  const auto made = try_inventory({service("cart").calls_outside("auth"), service("auth")});
  REQUIRE(made.is_ok());
  CHECK(texts_of(made.issues()) ==
        std::vector<std::string>{"services.yaml:1000:7: warning: services[0].depends_on[0].external: \"auth\" is "
                                 "marked external but is a service "
                                 "of this inventory (leave `external` out, or the graph lacks this edge)"});
}

TEST_CASE("Inventory: texts stay when the inventory is moved", "[model]") {
  Inventory made =
      inventory({service("cart").domain("trade").team("trade-core").calls("auth").tagged("java8"), service("auth")});
  const Inventory moved = std::move(made);
  CHECK(moved[0].name == "cart");
  CHECK(moved[0].domain == "trade");
  CHECK(moved[0].team == "trade-core");
  CHECK(moved.stack(0)[0] == "java8");
  CHECK(moved.dependencies(0)[0].target == 1);
  CHECK(moved.find("auth") == ServiceIndex{1});
}

Result<Inventory> with_teams(const std::vector<std::string_view>& teams, const std::vector<ServiceBuilder>& services) {
  InventoryPart part(0);
  for (const ServiceBuilder& builder : services) builder.add_to(part);
  for (const std::string_view team : teams) part.add(Team{team, {}});
  std::vector<InventoryPart> parts;
  parts.push_back(std::move(part));
  return Inventory::create(std::move(parts), {"services.yaml"});
}

TEST_CASE("Inventory: a team that is not among the teams is warned of", "[model]") {
  const auto made = with_teams({"trade-core"}, {service("cart").team("trade-cor").at(2, 3),
                                                service("auth").team("trade-core"), service("mail")});
  REQUIRE(made.is_ok());
  CHECK(texts_of(made.issues()) ==
        std::vector<std::string>{"services.yaml:2:3: warning: services[0].team: \"trade-cor\" is not among `teams`"});
}

TEST_CASE("Inventory: without a list of teams every team is as good as another", "[model]") {
  const auto made = with_teams({}, {service("cart").team("trade-core")});
  REQUIRE(made.is_ok());
  CHECK(made.issues().is_empty());
}

TEST_CASE("Inventory: a team listed twice is an error", "[model]") {
  const auto made = with_teams({"trade-core", "trade-core"}, {service("cart")});
  REQUIRE(made.issues().errors() == 1);
  CHECK(made.issues().kept()[0].file == "services.yaml");
}

}  // namespace
}  // namespace migplan
