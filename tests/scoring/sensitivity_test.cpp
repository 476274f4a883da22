#include "migplan/scoring/sensitivity.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>
#include <random>

#include "builders.hpp"

namespace migplan {
namespace {

using namespace testing;

std::vector<ServiceBuilder> landscape() {
  return {service("checkout").facts("2600", "99.40", "150", 20, 6, 9),
          service("pricing").facts("1200", "99.50", "120", 11, 4, 6),
          service("mail").facts("20", "99.90", "15", 1, 1, 1), service("stock").facts("1500", "99.30", "130", 15, 7, 6),
          service("bare")};
}

// models.md section 2 a second time, with the standard library's distributions and no regard for speed.
std::vector<std::vector<double>> simple_odds(const Scorecard& card, double error, int draws) {
  std::mt19937_64 engine(99);
  const ScoringPolicy& rules = card.policy().scoring();
  std::vector<std::vector<double>> odds(card.policy().tiers().size(), std::vector<double>(card.inventory().size()));
  double sum = 0;
  for (const Dimension d : kDimensions) sum += static_cast<double>(rules.weights[d].steps());
  std::normal_distribution<double> normal(1, error);
  for (int i = 0; i < draws; ++i) {
    PolicyValues values = card.policy().values();
    for (const Dimension d : kDimensions) {
      std::gamma_distribution<double> gamma(100 * static_cast<double>(rules.weights[d].steps()) / sum, 1);
      values.scoring.weights[d] = Weight::from_steps(static_cast<std::int64_t>(gamma(engine) * 1e9));
    }
    const Policy drawn = policy(std::move(values));
    for (ServiceIndex s = 0; s < card.inventory().size(); ++s) {
      PerDimension<Term> terms;
      for (const Dimension d : kDimensions) {
        const auto raw = card.raw(s, d);
        if (!raw) continue;
        const double moved = static_cast<double>(raw->steps()) * std::max(0.0, normal(engine));
        terms[d] = Term(card.scale().normalise(d, RawValue::from_steps(static_cast<std::int64_t>(moved))));
      }
      odds[score_of(terms, drawn).tier][s] += 1.0 / draws;
    }
  }
  return odds;
}

TEST_CASE("draw_tiers: a second, simpler implementation gives the same odds", "[scoring]") {
  const Inventory services = inventory(landscape());
  const Policy rules = policy();
  const Scorecard card(services, rules);
  constexpr int kSimpleDraws = 40'000;
  const auto expected = simple_odds(card, 0.2, kSimpleDraws);
  const TierDraws found = draw_tiers(card, {.draws = 200'000, .relative_error = Share::from_steps(200'000)});
  for (std::size_t tier = 0; tier < expected.size(); ++tier) {
    for (ServiceIndex s = 0; s < services.size(); ++s) {
      const double p = found.counts[tier][s] / 200'000.0;
      // Five standard errors of the difference, and the 1e-9 that both round differently.
      const double allowed = 5 * std::sqrt(0.25 * (1.0 / kSimpleDraws + 1.0 / 200'000));
      INFO(services[s].name << " in tier " << tier);
      CHECK(std::abs(p - expected[tier][s]) < allowed);
    }
  }
  CHECK(found.counts[0][0] + found.counts[1][0] + found.counts[2][0] == 200'000);
}

TEST_CASE("draw_tiers: neither threads nor the order of the services change a count", "[scoring]") {
  auto builders = landscape();
  const Inventory services = inventory(builders);
  std::swap(builders[0], builders[3]);
  const Inventory shuffled = inventory(builders);
  const Policy rules = policy();
  for (const bool only_weights : {false, true}) {
    const DrawOptions options{.draws = 5'000, .seed = 12, .only_weights = only_weights};
    const TierDraws one = draw_tiers(Scorecard(services, rules), options, 1);
    const TierDraws four = draw_tiers(Scorecard(services, rules), options, 4);
    const TierDraws other = draw_tiers(Scorecard(shuffled, rules), options, 1);
    CHECK(one.counts == four.counts);
    CHECK(one.leaders_kept == four.leaders_kept);
    CHECK(one.draws_with_all_leaders == four.draws_with_all_leaders);
    for (ServiceIndex s = 0; s < services.size(); ++s) {
      const ServiceIndex there = *shuffled.find(services[s].name);
      for (std::size_t tier = 0; tier < 3; ++tier) CHECK(one.counts[tier][s] == other.counts[tier][there]);
    }
    CHECK(one.leaders_kept == other.leaders_kept);
  }
}

TEST_CASE("draw_tiers: without errors the draws of weights are the same, facts drawn or not", "[scoring]") {
  const Inventory services = inventory(landscape());
  const Policy rules = policy();
  const Scorecard card(services, rules);
  const TierDraws still = draw_tiers(card, {.draws = 3'000, .relative_error = Share{}});
  const TierDraws weights = draw_tiers(card, {.draws = 3'000, .only_weights = true});
  CHECK(still.counts == weights.counts);
  CHECK(weights.leaders == 0);
}

TEST_CASE("draw_tiers: a seed is another sample of the same odds", "[scoring]") {
  const Inventory services = inventory(landscape());
  const Policy rules = policy();
  const Scorecard card(services, rules);
  const TierDraws a = draw_tiers(card, {.draws = 20'000, .seed = 1}),
                  b = draw_tiers(card, {.draws = 20'000, .seed = 2});
  CHECK(a.counts != b.counts);
  CHECK(std::abs(a.counts[0][1] / 20'000.0 - b.counts[0][1] / 20'000.0) < 5 * std::sqrt(0.5 / 20'000));
}

TEST_CASE("draw_tiers: a service without facts stays in the last tier", "[scoring]") {
  const Inventory services = inventory(landscape());
  const Policy rules = policy();
  const TierDraws found = draw_tiers(Scorecard(services, rules), {.draws = 1'000});
  CHECK(found.counts[2][4] == 1'000);
}

TEST_CASE("draw_tiers: leaders that nobody comes near keep their places", "[scoring]") {
  const Inventory services =
      inventory({service("a").facts("9000", "90", "400", 50, 20, 20),
                 service("b").facts("9000", "90", "400", 50, 20, 20), service("c").facts("1", "99.9", "1", 0, 0, 0)});
  const Policy rules = policy();
  const TierDraws found = draw_tiers(Scorecard(services, rules), {.draws = 2'000});
  CHECK(found.leaders == 2);
  CHECK(found.draws_with_all_leaders == 2'000);
  CHECK(found.leaders_kept == 4'000);
}

TEST_CASE("sensitivity: a tier hangs on the likeliest single change", "[scoring]") {
  // `even` is a little above 85 in every dimension, so that no weight matters: impact ln(691) / ln(2001) = 86.0123,
  // debt 172 / 200 = 86, topology 14 / 16 = 87.5; 86.45
  // together. `uneven` has 100 but for its debt of 52.5, so that the weight of debt decides.
  const Inventory services = inventory(
      {service("firm").facts("9000", "90", "400", 50, 20, 20), service("even").facts("690", "98.95", "172", 0, 7, 7),
       service("uneven").facts("9000", "90", "105", 0, 20, 20), service("low").facts("1", "99.9", "1", 0, 0, 0)});
  const Policy rules = policy();
  const Scorecard card(services, rules);
  REQUIRE(card[1].total == Points::from_steps(8'645));
  const Sensitivity found = sensitivity(card, {.draws = 20'000});
  CHECK(found.services[0].firmness == Firmness::Firm);
  CHECK(found.services[3].firmness == Firmness::Firm);
  CHECK(found.services[1].firmness == Firmness::OnFact);
  CHECK(found.services[1].fact == FactId::SonarDebt);
  CHECK_FALSE(found.services[1].weight);
  // 34.4049 + 26.25 + 0.15 x < 84.995 for x < 162.27: down to 162.2 in tenths, 9.8 of a deviation of 17.2 days.
  CHECK(*found.services[1].distance == Approx(9.8 / 17.2));
  CHECK(found.services[2].firmness == Firmness::OnWeight);
  CHECK(found.services[2].weight == Dimension::Debt);
  CHECK_FALSE(found.services[2].fact);
}

TEST_CASE("Scale: all at once as one by one", "[scoring]") {
  for (const ScaleMethod method : {ScaleMethod::Reference, ScaleMethod::MinMax, ScaleMethod::Percentile}) {
    PolicyValues values = reference_rules();
    values.scoring.method = method;
    const Policy rules = policy(std::move(values));
    const Inventory services = inventory(landscape());
    const Scorecard card(services, rules);
    for (const Dimension d : kDimensions) {
      std::vector<double> all;
      std::vector<bool> is_known;
      for (ServiceIndex s = 0; s < services.size(); ++s) {
        const auto raw = card.raw(s, d);
        is_known.push_back(raw.has_value());
        all.push_back(raw ? Scale::real(*raw) : 0);
      }
      card.scale().normalise_all(d, all, is_known);
      for (ServiceIndex s = 0; s < services.size(); ++s) {
        const double fine = static_cast<double>(card[s].terms[d].value_or(FinePoints{}).steps());
        INFO(name_of(method) << ' ' << name_of(d) << ' ' << services[s].name);
        CHECK(all[s] == Approx(fine / static_cast<double>(FinePoints::scale())).margin(1e-8));
      }
    }
  }
}

}  // namespace
}  // namespace migplan
