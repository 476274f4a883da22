#include "migplan/scoring/scorecard.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::of;
using testing::policy;
using testing::reference_rules;
using testing::service;
using testing::ServiceBuilder;

// A service and the reference rules, kept together for one score.
struct Scored {
  explicit Scored(const ServiceBuilder& builder, PolicyValues values = reference_rules())
      : rules(policy(std::move(values))), services(inventory({builder})), card(services, rules), score(card[0]) {}
  [[nodiscard]] std::string total() const { return fixed(score.total.steps(), 2); }
  [[nodiscard]] std::string high() const { return fixed(score.high.steps(), 2); }
  [[nodiscard]] const std::string& tier() const { return rules.tiers()[score.tier].name; }
  [[nodiscard]] const std::string& high_tier() const { return rules.tiers()[score.high_tier].name; }
  [[nodiscard]] std::string part(Dimension d) const {
    return fixed(contributions(score, rules.scoring())[d].steps(), 2);
  }

  Policy rules;
  Inventory services;
  Scorecard card;
  Score score;
};

static_assert(!std::is_constructible_v<Scorecard, Inventory, const Policy&>);  // it would outlive its inventory

TEST_CASE("Scorecard: a score is the weighted mean of its dimensions", "[scoring]") {
  // impact 4000 x 0.44 = 1760: ln 1761 / ln 2001 = 98.319188744, x 4/10 = 39.3276754976
  // debt 158 + 43 = 201 of 200: 100, x 3/10 = 30; topology 4 + 7 = 11 of 16: 68.75, x 3/10 = 20.625; sum 89.9526754976
  const Scored scored(service("trade-settlement").facts("4000", "99.51", "158", 43, 4, 7));
  CHECK(scored.total() == "89.95");
  CHECK(scored.tier() == "S");
  CHECK(scored.score.is_complete());
  CHECK(scored.high() == "89.95");
  CHECK(scored.card.raw(0, Dimension::Impact) == RawValue::whole(1'760));
  CHECK(trimmed(scored.score.terms[Dimension::Impact].value_or(FinePoints{})) == "98.319188744");
  CHECK(trimmed(scored.score.terms[Dimension::Topology].value_or(FinePoints{})) == "68.75");
}

TEST_CASE("Scorecard: contributions in hundredths add up to the total by largest remainder", "[scoring]") {
  // 39.3277 + 30 + 20.625 = 89.95: the floors 39.32, 30.00, 20.62 leave one hundredth for the remainder 0.77 of impact
  const Scored scored(service("trade-settlement").facts("4000", "99.51", "158", 43, 4, 7));
  CHECK(scored.part(Dimension::Impact) == "39.33");
  CHECK(scored.part(Dimension::Debt) == "30.00");
  CHECK(scored.part(Dimension::Topology) == "20.62");
}

TEST_CASE("Scorecard: half a hundredth is rounded up however binary numbers see it", "[scoring]") {
  const auto topology_alone = [](std::int64_t chain) {
    return Scored(service("s").facts("0", "99", "0", 0, chain, 0)).total();
  };
  CHECK(topology_alone(1) == "1.88");   // 6.25 x 0.3 = 1.875
  CHECK(topology_alone(3) == "5.63");   // 18.75 x 0.3 = 5.625
  CHECK(topology_alone(5) == "9.38");   // 31.25 x 0.3 = 9.375
  CHECK(topology_alone(7) == "13.13");  // 43.75 x 0.3 = 13.125
  CHECK(topology_alone(2) == "3.75");   // 12.5 x 0.3
  CHECK(topology_alone(16) == "30.00");
}

PolicyValues with_linear_impact() {
  PolicyValues values = reference_rules();
  values.scoring.curve[Dimension::Impact] = Curve::Linear;
  return values;
}

TEST_CASE("Scorecard: the printed number decides the tier", "[scoring]") {
  // debt and topology at their full scales: 60. Linear impact, a gap of 1 point, 0.02 points an order/s:
  // 1249.75 orders/s are 24.995, so 84.995 that prints as 85.00; 1249.74 are 24.9948, so 84.99
  const Scored reaches(service("s").facts("1249.75", "98.95", "200", 0, 16, 0), with_linear_impact());
  CHECK(reaches.total() == "85.00");
  CHECK(reaches.tier() == "S");
  const Scored misses(service("s").facts("1249.74", "98.95", "200", 0, 16, 0), with_linear_impact());
  CHECK(misses.total() == "84.99");
  CHECK(misses.tier() == "A");
}

TEST_CASE("Scorecard: the ends of the scale are 0 and 100", "[scoring]") {
  const Scored none(service("s").facts("0", "100", "0", 0, 0, 0));
  CHECK(none.total() == "0.00");
  CHECK(none.tier() == "B");
  const Scored all(service("s").facts("1e9", "0", "1e6", 1'000'000'000, 1'000'000'000, 0));
  CHECK(all.total() == "100.00");
  CHECK(all.tier() == "S");
}

TEST_CASE("Scorecard: weights count by their proportion", "[scoring]") {
  PolicyValues values = reference_rules();
  values.scoring.weights.values = {of<Weight>("0.000004"), of<Weight>("0.000003"), of<Weight>("0.000003")};
  const ServiceBuilder one = service("s").facts("4000", "99.51", "158", 43, 4, 7);
  CHECK(Scored(one, values).total() == "89.95");
  values.scoring.weights.values = {Weight::max(), Weight{}, Weight{}};
  CHECK(Scored(one, values).total() == "98.32");  // impact alone
  CHECK(Scored(one, values).part(Dimension::Debt) == "0.00");
}

TEST_CASE("Scorecard: a missing dimension counts nothing and opens a range", "[scoring]") {
  // debt 30 and topology 30 of 60; impact could add 40
  const Scored scored(service("s").facts("4000", "99.51", "200", 0, 16, 0));
  const Scored missing(service("s").sonar("200").vulnerabilities(0).chain(16).strong(0));
  CHECK(missing.total() == "60.00");
  CHECK(missing.high() == "100.00");
  CHECK(missing.tier() == "B");
  CHECK(missing.high_tier() == "S");
  CHECK_FALSE(missing.score.is_complete());
  CHECK(missing.score.known_dimensions() == 2);
  CHECK(missing.part(Dimension::Impact) == "0.00");
  CHECK_FALSE(missing.score.terms[Dimension::Impact].is_known());
  CHECK(missing.score.total < scored.score.total);
}

TEST_CASE("Scorecard: one fact of two leaves its dimension missing", "[scoring]") {
  const Scored half(service("s").peak("4000").sonar("200").vulnerabilities(0).chain(16));
  CHECK_FALSE(half.score.terms[Dimension::Impact].is_known());
  CHECK(half.score.terms[Dimension::Debt].is_known());
  CHECK_FALSE(half.score.terms[Dimension::Topology].is_known());
}

TEST_CASE("Scorecard: of a service that states nothing everything may be", "[scoring]") {
  const Scored nothing(service("s"));
  CHECK(nothing.total() == "0.00");
  CHECK(nothing.high() == "100.00");
  CHECK(nothing.score.known_dimensions() == 0);
}

TEST_CASE("Scorecard: an empty dependency list is a topology of nothing", "[scoring]") {
  const Scored alone(service("s").calls_nothing());
  CHECK(alone.score.terms[Dimension::Topology].is_known());
  CHECK(alone.score.known_dimensions() == 1);
  CHECK(alone.high() == "70.00");
}

TEST_CASE("Scorecard: topology that is not stated is derived", "[scoring]") {
  const Policy rules = policy();
  const Inventory services =
      inventory({service("cart").calls("auth").calls_outside("redis"), service("auth").calls_nothing()});
  const Scorecard card(services, rules);
  CHECK(card.raw(0, Dimension::Topology) == RawValue::whole(2));  // nobody above, auth and redis below
  CHECK(card.raw(1, Dimension::Topology) == RawValue::whole(1));  // cart above, nothing below
  CHECK(card.sheet(0)[FactId::DownstreamStrong].origin == FactOrigin::Derived);
}

TEST_CASE("Scorecard: a stated topology is used where the dependencies say otherwise", "[scoring]") {
  const Policy rules = policy();
  const Inventory services = inventory({service("cart").calls("auth").chain(7), service("auth")});
  const Scorecard card(services, rules);
  CHECK(card.raw(0, Dimension::Topology) == RawValue::whole(8));  // 7 stated and 1 derived
}

TEST_CASE("Scorecard: other facts give another score and leave the card alone", "[scoring]") {
  const Scored scored(service("s").facts("0", "99", "0", 0, 0, 0));
  const FactSheet changed = scored.card.sheet(0).with(FactId::UpstreamChain, {8, FactOrigin::Stated});
  CHECK(fixed(scored.card.score_instead(0, changed).total.steps(), 2) == "15.00");  // 8 of 16: 50 x 0.3
  CHECK(fixed(scored.card[0].total.steps(), 2) == "0.00");
}

TEST_CASE("Scorecard: a card of nothing is a card", "[scoring]") {
  const Policy rules = policy();
  const Inventory none = inventory({});
  const Scorecard card(none, rules);
  CHECK(card.scores().empty());
  CHECK(ranking(card).empty());
}

TEST_CASE("ranking: highest first and equals by name", "[scoring]") {
  const Policy rules = policy();
  const Inventory services = inventory({service("zeta").chain(4).strong(0), service("low").chain(1).strong(0),
                                        service("alpha").chain(0).strong(4), service("high").chain(9).strong(0)});
  const Scorecard card(services, rules);
  CHECK(ranking(card) == std::vector<ServiceIndex>{3, 2, 0, 1});
  CHECK(ranking(card, 2) == std::vector<ServiceIndex>{3, 2});
  CHECK(ranking(card, 3) == std::vector<ServiceIndex>{3, 2, 0});
  CHECK(ranking(card, 99).size() == 4);
  CHECK(ranking(card, 0).empty());
}

}  // namespace
}  // namespace migplan
