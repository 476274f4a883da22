#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "builders.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::policy;
using testing::Random;
using testing::random_services;
using testing::reference_rules;
using testing::ServiceBuilder;

constexpr std::array kMethods{ScaleMethod::Reference, ScaleMethod::MinMax, ScaleMethod::Percentile};

Policy random_policy(Random& random, ScaleMethod method) {
  PolicyValues values = reference_rules();
  values.scoring.method = method;
  for (const Dimension d : kDimensions) {
    if (random.chance(50)) values.scoring.curve[d] = random.chance(50) ? Curve::Log : Curve::Linear;
    values.scoring.weights[d] = Weight::from_steps(random.between(0, 7'000'000));
  }
  values.scoring.weights[Dimension::Debt] += Weight::from_steps(1);
  return policy(values);
}

bool is_same(const Score& a, const Score& b) {
  return a.total == b.total && a.high == b.high && a.tier == b.tier && a.high_tier == b.high_tier &&
         a.known_dimensions() == b.known_dimensions();
}

template <class Check>
void for_random_cards(std::uint64_t seed, int rounds, const Check& check) {
  Random random(seed);
  for (int round = 0; round < rounds; ++round) {
    for (const ScaleMethod method : kMethods) {
      const Policy rules = random_policy(random, method);
      const std::vector<ServiceBuilder> builders = random_services(random, 12, round % 3 * 15);
      const Inventory services = inventory(builders);
      CAPTURE(round, std::string(name_of(method)));
      check(random, Scorecard(services, rules), builders);
    }
  }
}

TEST_CASE("score: contributions add up to the total exactly and none is negative", "[scoring][property]") {
  for_random_cards(1, 300, [](Random&, const Scorecard& card, const auto&) {
    for (const Score& score : card.scores()) {
      const PerDimension<Points> parts = contributions(score, card.policy().scoring());
      REQUIRE(std::accumulate(parts.values.begin(), parts.values.end(), Points{}) == score.total);
      for (const Dimension d : kDimensions) {
        REQUIRE(parts[d] >= Points{});
        if (!score.terms[d].is_known()) REQUIRE(parts[d] == Points{});
      }
    }
  });
}

TEST_CASE("score: it lies in 0 to 100 below its high end and in its tier", "[scoring][property]") {
  for_random_cards(2, 300, [](Random&, const Scorecard& card, const auto&) {
    for (const Score& score : card.scores()) {
      REQUIRE(score.total >= Points{});
      REQUIRE(score.total <= score.high);
      REQUIRE(score.high <= Points::max());
      REQUIRE(score.tier == card.policy().tier_of(score.total));
      REQUIRE(score.high_tier == card.policy().tier_of(score.high));
      if (score.is_complete()) REQUIRE(score.total == score.high);
    }
  });
}

TEST_CASE("score: raising a raw value never lowers it", "[scoring][property]") {
  for_random_cards(3, 60, [](Random& random, const Scorecard& card, const auto&) {
    for (ServiceIndex i = 0; i < card.inventory().size(); ++i) {
      const FactSheet facts = card.sheet(i);
      for (const FactInfo& info : fact_infos()) {
        if (!facts[info.id].is_known()) continue;
        const std::int64_t reach = random.chance(50) ? 3 : info.max / 1'000;
        const std::int64_t raised =
            std::min(info.max, facts[info.id].steps + random.between(1, std::max<std::int64_t>(reach, 1)));
        const Score before = card[i];
        const Score after = card.score_instead(i, facts.with(info.id, {raised, FactOrigin::Stated}));
        CAPTURE(std::string(info.path), raised, i);
        REQUIRE((info.raises_score ? after.total >= before.total : after.total <= before.total));
      }
    }
  });
}

TEST_CASE("score: facts that are added never lower it and never raise its high end", "[scoring][property]") {
  Random random(4);
  for (int round = 0; round < 300; ++round) {
    const std::vector<ServiceBuilder> builders = random_services(random, 12, 30);
    const Inventory services = inventory(builders);
    const Policy rules = random_policy(random, ScaleMethod::Reference);
    const Scorecard card(services, rules);
    for (ServiceIndex i = 0; i < services.size(); ++i) {
      FactSheet facts = card.sheet(i);
      for (const FactInfo& info : fact_infos()) {
        if (!facts[info.id].is_known()) facts.set(info.id, random.between(0, info.max / 1'000), FactOrigin::Stated);
      }
      REQUIRE(card.score_instead(i, facts).total >= card[i].total);
      REQUIRE(card.score_instead(i, facts).total <= card[i].high);
    }
  }
}

TEST_CASE("score: a service scores what it scores with its own facts put in again", "[scoring][property]") {
  for_random_cards(5, 200, [](Random&, const Scorecard& card, const auto&) {
    for (ServiceIndex i = 0; i < card.inventory().size(); ++i)
      REQUIRE(is_same(card.score_instead(i, card.sheet(i)), card[i]));
  });
}

TEST_CASE("score: among the services as they are its own facts score what it scores", "[scoring][property]") {
  for_random_cards(11, 200, [](Random&, const Scorecard& card, const auto&) {
    for (ServiceIndex i = 0; i < card.inventory().size(); ++i) {
      REQUIRE(is_same(card.score_among(card.sheet(i)), card[i]));
    }
  });
}

TEST_CASE("score: among the services as they are greater facts never score lower", "[scoring][property]") {
  for_random_cards(12, 100, [](Random& random, const Scorecard& card, const auto&) {
    const FactSheet facts = card.sheet(0);
    for (const FactInfo& info : fact_infos()) {
      // another service's value or one beside it, where a value that is there gives way to one that is not
      const FactSheet::Entry other = card.sheet(static_cast<ServiceIndex>(random.between(0, 11)))[info.id];
      const std::int64_t lower = std::max<std::int64_t>(0, other.steps + random.between(-1, 1));
      const std::int64_t higher = std::min(info.max, lower + random.between(0, 2));
      const Score below = card.score_among(facts.with(info.id, {lower, FactOrigin::Stated}));
      const Score above = card.score_among(facts.with(info.id, {higher, FactOrigin::Stated}));
      REQUIRE((info.raises_score ? above.total >= below.total : above.total <= below.total));
    }
  });
}

TEST_CASE("score: with other facts a service scores as in an inventory that states them", "[scoring][property]") {
  for_random_cards(6, 100, [](Random& random, const Scorecard& card, std::vector<ServiceBuilder> builders) {
    const auto i = static_cast<ServiceIndex>(random.between(0, 11));
    const std::int64_t days = random.between(0, 300), callers = random.between(0, 20);
    const FactSheet facts = card.sheet(i)
                                .with(FactId::SonarDebt, {DebtDays::whole(days).steps(), FactOrigin::Stated})
                                .with(FactId::UpstreamChain, {callers, FactOrigin::Stated});
    builders[i].sonar(std::to_string(days)).chain(callers);
    const Inventory changed = inventory(builders);
    const Scorecard rebuilt(changed, card.policy());
    REQUIRE(is_same(card.score_instead(i, facts), rebuilt[i]));
  });
}

TEST_CASE("score: the order of the services does not matter", "[scoring][property]") {
  for_random_cards(7, 100, [](Random& random, const Scorecard& card, std::vector<ServiceBuilder> builders) {
    random.shuffle(builders);
    const Inventory shuffled = inventory(builders);
    const Scorecard other(shuffled, card.policy());
    for (ServiceIndex i = 0; i < shuffled.size(); ++i) {
      REQUIRE(is_same(other[i], card[*card.inventory().find(shuffled[i].name)]));
    }
    std::vector<std::string_view> names, other_names;
    for (const ServiceIndex i : ranking(card)) names.push_back(card.inventory()[i].name);
    for (const ServiceIndex i : ranking(other)) other_names.push_back(shuffled[i].name);
    REQUIRE(names == other_names);
  });
}

TEST_CASE("score: on the reference scale another service changes nobody's stated score", "[scoring][property]") {
  Random random(8);
  const Policy rules = policy();
  for (int round = 0; round < 200; ++round) {
    std::vector<ServiceBuilder> builders = random_services(random, 8);
    const Inventory services = inventory(builders);
    const Scorecard before(services, rules);
    builders.push_back(testing::service("new").facts("1e9", "0", "1e6", 1'000, 500, 500).calls("s0"));
    const Inventory more = inventory(builders);
    const Scorecard after(more, rules);
    for (ServiceIndex i = 0; i < services.size(); ++i) REQUIRE(is_same(before[i], after[i]));
  }
}

TEST_CASE("score: a limited ranking is the beginning of the whole one", "[scoring][property]") {
  for_random_cards(9, 60, [](Random& random, const Scorecard& card, const auto&) {
    const auto limit = static_cast<std::size_t>(random.between(0, 14));
    std::vector<ServiceIndex> all = ranking(card);
    const std::vector<ServiceIndex> some = ranking(card, limit);
    all.resize(std::min(limit, all.size()));
    REQUIRE(some == all);
  });
}

TEST_CASE("score: the number of threads changes no score", "[scoring][property]") {
  Random random(10);
  const Inventory services = inventory(random_services(random, 12'000, 5));
  for (const ScaleMethod method : kMethods) {
    const Policy rules = random_policy(random, method);
    const Scorecard alone(services, rules, 1);
    for (const unsigned threads : {0U, 2U, 5U}) {
      const Scorecard together(services, rules, threads);
      CAPTURE(threads);
      REQUIRE(std::equal(alone.scores().begin(), alone.scores().end(), together.scores().begin(),
                         together.scores().end(), is_same));
    }
  }
}

}  // namespace
}  // namespace migplan
