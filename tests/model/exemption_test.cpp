#include "migplan/model/exemption.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace migplan {
namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

Exemption exemption(std::string service, std::string_view expires = "2024-03-31", std::string check = "tier-moved",
                    std::uint32_t line = 3) {
  return {std::move(check), std::move(service), "a reason", "lee", day(expires), {line, 5}, line};
}

std::vector<std::string> lines(const Issues& issues) {
  std::vector<std::string> lines;
  for (const Issue& issue : issues.kept()) lines.push_back(to_string(issue));
  return lines;
}

using Lines = std::vector<std::string>;
constexpr std::string_view kMoved[] = {"tier-moved"};
constexpr std::string_view kAll[] = {"tier-moved", "service-added"};

TEST_CASE("exemptions: one counts up to and on its last day") {
  const Exemptions all = Exemptions::create({exemption("cart")}, "e.yaml").value();
  CHECK(ExemptionUse(all, day("2024-03-31")).claim("tier-moved", "cart") != nullptr);
  CHECK(ExemptionUse(all, day("2024-04-01")).claim("tier-moved", "cart") == nullptr);
}

TEST_CASE("exemptions: one counts for its own check and service") {
  const Exemptions all = Exemptions::create({exemption("cart"), exemption("auth")}, "e.yaml").value();
  ExemptionUse use(all, day("2024-01-01"));
  CHECK(use.claim("tier-moved", "auth")->service == "auth");
  CHECK(use.claim("tier-moved", "car") == nullptr);
  CHECK(use.claim("score-changed", "cart") == nullptr);
}

TEST_CASE("exemptions: what has expired or met no failure is told") {
  const Exemptions all = Exemptions::create({exemption("cart"), exemption("auth", "2023-12-31", "tier-moved", 4),
                                             exemption("mail", "2024-12-31", "tier-moved", 5),
                                             exemption("mail", "2024-12-31", "service-added", 6),
                                             exemption("old", "2023-12-30", "service-added", 7)},
                                            "e.yaml")
                             .value();
  ExemptionUse use(all, day("2024-01-01"));
  (void)use.claim("tier-moved", "cart");
  (void)use.claim("tier-moved", "auth");
  CHECK(
      lines(use.leftovers(kAll, kMoved)) ==
      Lines{
          "e.yaml:4:5: warning: exemptions[4].expires: the exemption of auth from tier-moved expired on 2023-12-31",
          "e.yaml:5:5: warning: exemptions[5].service: the exemption of mail from tier-moved met no failure (take it "
          "out)",
          "e.yaml:7:5: warning: exemptions[7].expires: the exemption of old from service-added expired on 2023-12-30"});
  CHECK(
      lines(use.leftovers(kAll, kMoved, [](std::string_view service) { return service == "auth"; })) ==
      Lines{"e.yaml:4:5: warning: exemptions[4].expires: the exemption of auth from tier-moved expired on 2023-12-31"});
}

TEST_CASE("exemptions: a check that is none is refused with the nearest") {
  CHECK(lines(Exemptions::create({exemption("cart", "2024-01-01", "tier-move")}, "e.yaml").issues()) ==
        Lines{"e.yaml:3:5: error: exemptions[3].check: \"tier-move\" is no check (did you mean tier-moved?)"});
}

TEST_CASE("exemptions: two for the same are refused") {
  CHECK(lines(Exemptions::create({exemption("cart"), exemption("cart", "2025-01-01", "tier-moved", 9)}, "e.yaml")
                  .issues()) ==
        Lines{"e.yaml:9:5: error: exemptions[9].service: tier-moved of cart is exempted twice, first at line 3"});
}

TEST_CASE("exemptions: services that nobody knows are told with the nearest") {
  const Exemptions all = Exemptions::create({exemption("cart"), exemption("auht")}, "e.yaml").value();
  const auto issues =
      all.unknown_services([](std::string_view name) { return name == "cart"; },
                           [](std::string_view name) { return name == "auht" ? "auth" : std::string_view(); });
  CHECK(lines(issues) ==
        Lines{"e.yaml:3:5: error: exemptions[3].service: no service is called \"auht\" (did you mean auth?)"});
}

}  // namespace
}  // namespace migplan
