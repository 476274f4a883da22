#include "migplan/scoring/attribution.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::linear_rules;
using testing::of;
using testing::policy;
using testing::Random;
using testing::reference_rules;
using testing::service;
using testing::ServiceBuilder;

// Causes of the difference between two states of one service, on a linear impact scale.
class Change {
 public:
  Change(const ServiceBuilder& from, const ServiceBuilder& to, PolicyValues values = linear_rules())
      : rules_(policy(std::move(values))), services_(inventory({from})), card_(services_, rules_) {
    from_ = card_.sheet(0);
    to_ = fact_sheet(to.alone(), nullptr, rules_.scoring());
    causes = causes_of_difference(card_, from_, to_);
  }

  [[nodiscard]] std::string of(FactId fact) const {
    for (const FactCause& cause : causes) {
      if (cause.fact == fact) return fixed(cause.contribution.steps(), 2);
    }
    return "none";
  }
  [[nodiscard]] Points total() const { return card_.score_among(to_).total - card_.score_among(from_).total; }
  [[nodiscard]] Points sum() const {
    Points points;
    for (const FactCause& cause : causes) points += cause.contribution;
    return points;
  }

  std::vector<FactCause> causes;

 private:
  Policy rules_;
  Inventory services_;
  Scorecard card_;
  FactSheet from_, to_;
};

ServiceBuilder plain() { return service("s").facts("1000", "98.95", "100", 20, 4, 4); }

TEST_CASE("causes: where nothing changed there is none", "[scoring]") {
  CHECK(Change(plain(), plain()).causes.empty());
}

TEST_CASE("causes: a fact that changed alone is the whole cause", "[scoring]") {
  // 40 days of 200 x 30 points
  const Change change(plain(), plain().sonar("140"));
  REQUIRE(change.causes.size() == 1);
  CHECK(change.of(FactId::SonarDebt) == "6.00");
  CHECK(change.causes[0].from.steps == DebtDays::whole(100).steps());
  CHECK(change.causes[0].to.steps == DebtDays::whole(140).steps());
  CHECK(Change(plain().sonar("140"), plain()).of(FactId::SonarDebt) == "-6.00");
}

TEST_CASE("causes: facts that do the same have the same share", "[scoring]") {
  // 20 days and 20 findings of one day each: 40 of 200 x 30
  const Change change(plain(), plain().sonar("120").vulnerabilities(40));
  CHECK(change.of(FactId::SonarDebt) == "3.00");
  CHECK(change.of(FactId::Vulnerabilities) == "3.00");
}

TEST_CASE("causes: what only two facts do together is shared by halves", "[scoring]") {
  // neither 1000 orders/s without a gap nor a gap of 1 without orders has an impact; together 1000 of 2000 x 40
  const Change change(service("s").facts("0", "99.95", "0", 0, 0, 0),
                      service("s").facts("1000", "98.95", "0", 0, 0, 0));
  CHECK(change.of(FactId::PeakOrders) == "10.00");
  CHECK(change.of(FactId::Sla30d) == "10.00");
}

TEST_CASE("causes: what either of two facts would do alone is shared by halves", "[scoring]") {
  // 190 days; 20 days or 20 findings more reach the full scale of 200: 10 of 200 x 30 = 1.50
  const Change change(service("s").facts("0", "99", "190", 0, 0, 0), service("s").facts("0", "99", "210", 20, 0, 0));
  CHECK(change.of(FactId::SonarDebt) == "0.75");
  CHECK(change.of(FactId::Vulnerabilities) == "0.75");
}

TEST_CASE("causes: three facts of one dimension share by all six orders", "[scoring]") {
  // v = peak x gap of 2000 x 40, so 0.02 each; from 100 x (99 - 98) = 100 to 200 x (100 - 96) = 800
  // alone: peak +100, sla +200, target +100; after sla (300): peak +300, target +100; after target (200): peak +200,
  // sla +200; after peak (200): sla +400, target +200; last of all: peak +400, sla +400, target +200 peak: (2 x 100 +
  // 300 + 200 + 2 x 400) / 6 = 250; sla: (2 x 200 + 200 + 400 + 2 x 400) / 6 = 300; target: (2 x 100 + 100 + 200 + 2 x
  // 200) / 6 = 150; the sum is 700
  const Change change(service("s").facts("100", "98", "0", 0, 0, 0).sla_target("99"),
                      service("s").facts("200", "96", "0", 0, 0, 0).sla_target("100"));
  CHECK(change.of(FactId::PeakOrders) == "5.00");
  CHECK(change.of(FactId::Sla30d) == "6.00");
  CHECK(change.of(FactId::SlaTarget) == "3.00");
}

TEST_CASE("causes: dimensions add up without each other", "[scoring]") {
  const Change change(plain(), plain().sonar("120").chain(8));
  CHECK(change.of(FactId::SonarDebt) == "3.00");      // 20 of 200 x 30
  CHECK(change.of(FactId::UpstreamChain) == "7.50");  // 4 of 16 x 30
}

TEST_CASE("causes: changes that cancel each other are both told", "[scoring]") {
  const Change change(plain(), plain().sonar("120").vulnerabilities(0));
  CHECK(change.of(FactId::SonarDebt) == "3.00");
  CHECK(change.of(FactId::Vulnerabilities) == "-3.00");
}

TEST_CASE("causes: a fact that completes its dimension is the cause of all of it", "[scoring]") {
  const ServiceBuilder before = service("s").sonar("100"), after = service("s").sonar("100").vulnerabilities(0);
  const Change change(before, after);
  REQUIRE(change.causes.size() == 1);
  CHECK(change.of(FactId::Vulnerabilities) == "15.00");
  CHECK_FALSE(change.causes[0].from.is_known());
}

TEST_CASE("causes: a zero that was not stated before is a change", "[scoring]") {
  const Change change(service("s").vulnerabilities(0), service("s").vulnerabilities(0).sonar("0"));
  REQUIRE(change.causes.size() == 1);
  CHECK(change.of(FactId::SonarDebt) == "0.00");
}

TEST_CASE("causes: the same number from another origin is no change", "[scoring]") {
  CHECK(Change(service("s").sla_target("99.95"), service("s")).causes.empty());
}

TEST_CASE("causes: they stand in the order of the facts", "[scoring]") {
  const Change change(plain(), plain().strong(1).sonar("1").peak("1").vulnerabilities(1).sla("99.1"));
  REQUIRE(change.causes.size() == 5);
  CHECK(std::is_sorted(change.causes.begin(), change.causes.end(),
                       [](const FactCause& a, const FactCause& b) { return a.fact < b.fact; }));
}

// Two states of a service, each fact changed or not, missing or not.
struct RandomChange {
  Policy rules;
  Inventory services;
  Scorecard card;
  FactSheet from, to;

  RandomChange(Random& random, PolicyValues values)
      : rules(policy(std::move(values))),
        services(inventory(testing::random_services(random, 6, 10))),
        card(services, rules) {
    from = card.sheet(0);
    to = from;
    const FactSheet other = card.sheet(1);
    for (const FactInfo& info : fact_infos()) {
      if (random.chance(55)) to = to.with(info.id, other[info.id]);
    }
  }
};

PolicyValues random_rules(Random& random) {
  PolicyValues values = reference_rules();
  values.scoring.method = static_cast<ScaleMethod>(random.between(0, 2));
  for (Weight& weight : values.scoring.weights.values) weight = Weight::from_steps(random.between(1, 9'000'000));
  return values;
}

TEST_CASE("causes: they add up to the difference of the printed totals", "[scoring][property]") {
  Random random(13);
  for (int round = 0; round < 3'000; ++round) {
    const RandomChange change(random, random_rules(random));
    Points sum;
    for (const FactCause& cause : causes_of_difference(change.card, change.from, change.to)) {
      sum += cause.contribution;
      REQUIRE(cause.from == change.from[cause.fact]);
      REQUIRE(cause.to == change.to[cause.fact]);
    }
    CAPTURE(round);
    REQUIRE(sum == change.card.score_among(change.to).total - change.card.score_among(change.from).total);
  }
}

Int128 weighted_sum(const RandomChange& change, const FactSheet& facts) {
  const Score score = change.card.score_among(facts);
  Int128 sum = 0;
  for (const Dimension d : kDimensions) {
    sum += Int128{change.rules.scoring().weights[d].steps()} * score.terms[d].value_or(FinePoints{}).steps();
  }
  return sum;
}

// What each fact adds on the average over all orders in which the facts may change, times the number of orders.
std::vector<Int128> sums_over_all_orders(const RandomChange& change, const std::vector<FactCause>& causes,
                                         std::int64_t& orders) {
  std::vector<std::size_t> order(causes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<Int128> sums(causes.size(), 0);
  orders = 0;
  do {
    FactSheet facts = change.from;
    for (const std::size_t player : order) {
      const Int128 before = weighted_sum(change, facts);
      facts = facts.with(causes[player].fact, causes[player].to);
      sums[player] += weighted_sum(change, facts) - before;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  return sums;
}

TEST_CASE("causes: each is the average over all orders of change to the hundredth", "[scoring][property]") {
  Random random(14);
  for (int round = 0; round < 150; ++round) {
    const RandomChange change(random, random_rules(random));
    const std::vector<FactCause> causes = causes_of_difference(change.card, change.from, change.to);
    std::int64_t orders = 0;
    const std::vector<Int128> sums = sums_over_all_orders(change, causes, orders);
    Weight weights;
    for (const Weight weight : change.rules.scoring().weights.values) weights += weight;
    const Int128 hundredth = Int128{weights.steps()} * (FinePoints::scale() / Points::scale()) * orders;
    for (std::size_t i = 0; i < causes.size(); ++i) {
      const Int128 off = causes[i].contribution.steps() * hundredth - sums[i];
      CAPTURE(round, i);
      REQUIRE((off > -hundredth && off < hundredth));
    }
  }
}

}  // namespace
}  // namespace migplan
