#include "migplan/scoring/weight_interval.hpp"

#include <catch2/catch.hpp>

#include "builders.hpp"

namespace migplan {
namespace {

using namespace testing;

TierIndex tier_with_weight(const Score& score, PolicyValues values, Dimension d, Weight weight) {
  values.scoring.weights[d] = weight;
  return score_of(score.terms, policy(std::move(values))).tier;
}

// At least two weights are above 0, so that any one of them may be 0.
PolicyValues random_rules(Random& random) {
  PolicyValues values = reference_rules();
  for (const Dimension d : kDimensions) values.scoring.weights[d] = Weight::from_steps(random.between(1, 9) * 500'000);
  if (random.chance(30)) values.scoring.weights[Dimension::Topology] = Weight{};
  return values;
}

Score random_score(Random& random, const Policy& rules) {
  PerDimension<Term> terms;
  for (const Dimension d : kDimensions) {
    if (random.chance(90)) terms[d] = Term(FinePoints::from_steps(random.between(0, 100'000) * 1'000'000));
  }
  return score_of(terms, rules);
}

TEST_CASE("weight_interval: worked by hand", "[scoring]") {
  // Impact 100, debt and topology 80 under 4:3:3: 88.00, tier S. With weight w for impact (100 w + 480) / (w + 6) must
  // be 84.995 or more: 15.005 w >= 29.97, w >= 1.99733..., rounded up to a step.
  const Policy rules = policy();
  PerDimension<Term> terms;
  terms[Dimension::Impact] = Term(FinePoints::whole(100));
  terms[Dimension::Debt] = terms[Dimension::Topology] = Term(FinePoints::whole(80));
  const Score score = score_of(terms, rules);
  REQUIRE(score.total == Points::whole(88));
  const WeightInterval impact = weight_interval(score, rules, Dimension::Impact);
  CHECK(impact.low == Weight::from_steps(1'997'335));
  CHECK_FALSE(impact.high);
  // Debt: (80 w + 640) / (w + 7) >= 84.995: -4.995 w >= -45.035, w <= 9.016016...
  const WeightInterval debt = weight_interval(score, rules, Dimension::Debt);
  CHECK(debt.low == Weight{});
  CHECK(debt.high == Weight::from_steps(9'016'016));
}

TEST_CASE("weight_interval: a weight alone among zeros may be any but 0", "[scoring]") {
  PolicyValues values = reference_rules();
  values.scoring.weights[Dimension::Debt] = values.scoring.weights[Dimension::Topology] = Weight{};
  const Policy rules = policy(std::move(values));
  PerDimension<Term> terms;
  terms[Dimension::Impact] = Term(FinePoints::whole(50));
  const WeightInterval interval = weight_interval(score_of(terms, rules), rules, Dimension::Impact);
  CHECK(interval.low == Weight::from_steps(1));
  CHECK_FALSE(interval.high);
}

TEST_CASE("weight_interval: the tier holds at both ends, and not one step beyond", "[scoring]") {
  Random random(20'241);
  for (int i = 0; i < 3'000; ++i) {
    const PolicyValues values = random_rules(random);
    const Policy rules = policy(values);
    const Score score = random_score(random, rules);
    for (const Dimension d : kDimensions) {
      const WeightInterval interval = weight_interval(score, rules, d);
      const Weight step = Weight::from_steps(1);
      INFO("round " << i << ", " << name_of(d));
      REQUIRE(interval.low <= values.scoring.weights[d]);
      REQUIRE(tier_with_weight(score, values, d, interval.low) == score.tier);
      if (interval.low > Weight{}) REQUIRE(tier_with_weight(score, values, d, interval.low - step) != score.tier);
      if (!interval.high) {
        REQUIRE(tier_with_weight(score, values, d, Weight::max()) == score.tier);
        continue;
      }
      REQUIRE(*interval.high >= values.scoring.weights[d]);
      REQUIRE(tier_with_weight(score, values, d, *interval.high) == score.tier);
      if (*interval.high < Weight::max()) {
        REQUIRE(tier_with_weight(score, values, d, *interval.high + step) != score.tier);
      }
    }
  }
}

TEST_CASE("weight_interval: a sweep over weights finds the same interval", "[scoring]") {
  Random random(77);
  for (int i = 0; i < 60; ++i) {
    const PolicyValues values = random_rules(random);
    const Policy rules = policy(values);
    const Score score = random_score(random, rules);
    for (const Dimension d : kDimensions) {
      const WeightInterval interval = weight_interval(score, rules, d);
      for (std::int64_t steps = 50'000; steps <= 20'000'000; steps += 50'000) {
        const Weight weight = Weight::from_steps(steps);
        const bool is_inside = weight >= interval.low && (!interval.high || weight <= *interval.high);
        REQUIRE(is_inside == (tier_with_weight(score, values, d, weight) == score.tier));
      }
    }
  }
}

}  // namespace
}  // namespace migplan
