#include "migplan/scoring/explanation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
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

struct Explained {
  explicit Explained(const std::vector<ServiceBuilder>& builders, PolicyValues values = linear_rules())
      : rules(policy(std::move(values))), services(inventory(builders)), card(services, rules), order(ranking(card)) {}
  [[nodiscard]] Explanation of(ServiceIndex i) const { return explain(card, order, i); }

  Policy rules;
  Inventory services;
  Scorecard card;
  std::vector<ServiceIndex> order;
};

const Flip* find(const Explanation& explanation, FactId fact, bool upwards) {
  const auto found = std::find_if(explanation.flips.begin(), explanation.flips.end(),
                                  [=](const Flip& flip) { return flip.fact == fact && flip.is_upwards == upwards; });
  return found == explanation.flips.end() ? nullptr : &*found;
}

// The value that crosses, as a number; "cannot" where there is none.
std::string crossing(const Explanation& explanation, FactId fact, bool upwards) {
  const Flip* const flip = find(explanation, fact, upwards);
  REQUIRE(flip != nullptr);
  return flip->to ? trimmed(*flip->to, info_of(fact).decimals) : "cannot";
}

// 1000 orders/s x 1 point: 20; debt 100 + 33 = 133 of 200: 19.95; topology at its full scale: 30; the sum is 69.95
ServiceBuilder middling() { return service("middling").facts("1000", "98.95", "100", 33, 16, 0); }

TEST_CASE("explain: the distances to the neighbouring tiers are told", "[scoring]") {
  const Explanation explained = Explained({middling()}).of(0);
  CHECK(fixed(explained.score.total.steps(), 2) == "69.95");
  CHECK(explained.to_next_up == of<Points>("15.05"));   // to 85.00
  CHECK(explained.to_next_down == of<Points>("4.96"));  // to 64.99
  CHECK(explained.contributions[Dimension::Debt] == of<Points>("19.95"));
}

TEST_CASE("explain: there is no tier above the first and none below the last", "[scoring]") {
  const Explained all(
      {service("top").facts("2000", "98.95", "200", 0, 16, 0), service("bottom").facts("0", "99", "0", 0, 0, 0)});
  const Explanation top = all.of(0), bottom = all.of(1);
  CHECK_FALSE(top.to_next_up);
  CHECK(top.to_next_down == of<Points>("15.01"));
  CHECK_FALSE(bottom.to_next_down);
  CHECK(bottom.to_next_up == Points::whole(65));
  CHECK(std::none_of(top.flips.begin(), top.flips.end(), [](const Flip& flip) { return flip.is_upwards; }));
  CHECK(std::all_of(bottom.flips.begin(), bottom.flips.end(), [](const Flip& flip) { return flip.is_upwards; }));
}

TEST_CASE("explain: the least change of one fact that lifts the service is found", "[scoring]") {
  const Explanation explained = Explained({middling()}).of(0);
  // 15.05 points are missing; the printed 85.00 is reached from 84.995, so 15.045 do it
  // impact: 15.045 / 0.02 = 752.25 more, so 1752.3 orders/s in steps of 0.1, or a gap of 1.75225: 98.19775 %, so 98.197
  CHECK(crossing(explained, FactId::PeakOrders, true) == "1752.3");
  CHECK(crossing(explained, FactId::Sla30d, true) == "98.197");
  CHECK(crossing(explained, FactId::SlaTarget, true) == "cannot");  // 100 - 98.95 = 1.05 is the widest gap
}

TEST_CASE("explain: the least change of one fact that lowers the service is found", "[scoring]") {
  const Explanation explained = Explained({middling()}).of(0);
  // 64.99 is printed below 64.995, so more than 4.955 points must go: impact below 20 - 4.955 = 15.045, or 752.25
  CHECK(crossing(explained, FactId::PeakOrders, false) == "752.2");
  // a gap below 0.75225: above 99.19775 %
  CHECK(crossing(explained, FactId::Sla30d, false) == "99.198");
  CHECK(crossing(explained, FactId::SlaTarget, false) == "99.702");  // below 98.95 + 0.75225
  // debt: 133 days, 0.15 points each; more than 33.0333 must go, of 100 days or of 33 findings
  CHECK(crossing(explained, FactId::SonarDebt, false) == "66.9");
  CHECK(crossing(explained, FactId::Vulnerabilities, false) == "cannot");
  // topology: 1.875 points each; three are 5.625
  CHECK(crossing(explained, FactId::UpstreamChain, false) == "13");
  CHECK(crossing(explained, FactId::DownstreamStrong, false) == "cannot");  // has none to lose
}

TEST_CASE("explain: a dimension at its full scale lifts nobody", "[scoring]") {
  const Explanation explained = Explained({middling()}).of(0);
  CHECK(crossing(explained, FactId::UpstreamChain, true) == "cannot");
  CHECK(crossing(explained, FactId::DownstreamStrong, true) == "cannot");
  // debt could add 10.05 of the 15.05
  CHECK(crossing(explained, FactId::SonarDebt, true) == "cannot");
  CHECK(crossing(explained, FactId::Vulnerabilities, true) == "cannot");
}

TEST_CASE("explain: a change that crosses two tiers tells the one that it reaches", "[scoring]") {
  PolicyValues values = linear_rules();
  values.tiers[0].min_score = of<Points>("60.5");
  values.tiers[1].min_score = of<Points>("60");
  // 10 + 30 + 18.75 = 58.75; one more caller is 1.875 points, so 60.63
  const Explanation below = Explained({service("s").facts("500", "98.95", "200", 0, 10, 0)}, values).of(0);
  CHECK(crossing(below, FactId::UpstreamChain, true) == "11");
  CHECK(find(below, FactId::UpstreamChain, true)->tier == 0);
  const Explanation above = Explained({service("s").facts("500", "98.95", "200", 0, 11, 0)}, values).of(0);
  CHECK(crossing(above, FactId::UpstreamChain, false) == "10");
  CHECK(find(above, FactId::UpstreamChain, false)->tier == 2);
  // what is out of reach is the neighbouring tier
  CHECK(crossing(below, FactId::SonarDebt, true) == "cannot");
  CHECK(find(below, FactId::SonarDebt, true)->tier == 1);
}

TEST_CASE("explain: a missing fact is told as missing", "[scoring]") {
  const Explanation explained =
      Explained({service("s").peak("1000").sonar("200").vulnerabilities(0).chain(16).strong(0)}).of(0);
  const Flip* const flip = find(explained, FactId::Sla30d, true);
  REQUIRE(flip != nullptr);
  CHECK_FALSE(flip->from.is_known());
  CHECK(explained.flips.size() == kFactCount);  // upwards only: it is in the last tier
}

TEST_CASE("explain: rank and neighbours are those of the order", "[scoring]") {
  const Explained all(
      {service("c").chain(1).strong(0), service("a").chain(9).strong(0), service("b").chain(1).strong(0)});
  const Explanation first = all.of(1), second = all.of(2), third = all.of(0);
  CHECK(first.rank == 1);
  CHECK_FALSE(first.above);
  CHECK(first.below == ServiceIndex{2});
  CHECK(second.rank == 2);
  CHECK(second.above == ServiceIndex{1});
  CHECK(second.below == ServiceIndex{0});
  CHECK(third.rank == 3);
  CHECK_FALSE(third.below);
}

class FlipCheck {
 public:
  FlipCheck(const Scorecard& card, const Explanation& explanation) : card_(card), explained_(explanation) {}

  void check(const Flip& flip) {
    if (!flip.from.is_known()) return;
    const FactInfo& info = info_of(flip.fact);
    const bool grows = flip.is_upwards == info.raises_score;
    if (!flip.to) {
      REQUIRE_FALSE(crosses(flip, grows ? info.max : 0));
      return;
    }
    REQUIRE(grows == (*flip.to > flip.from.steps));
    REQUIRE(*flip.to >= 0);
    REQUIRE(*flip.to <= info.max);
    REQUIRE(crosses(flip, *flip.to));
    REQUIRE(tier_with(flip, *flip.to) == flip.tier);
    // the last step of the search may be a short one, where the range ends
    const std::int64_t change = grows ? *flip.to - flip.from.steps : flip.from.steps - *flip.to;
    const std::int64_t less = (change - 1) / info.resolution * info.resolution;
    REQUIRE_FALSE(crosses(flip, flip.from.steps + (grows ? less : -less)));
    ++found;
  }
  int found = 0;

 private:
  [[nodiscard]] TierIndex tier_with(const Flip& flip, std::int64_t steps) const {
    return card_.score_instead(explained_.service, explained_.facts.with(flip.fact, {steps, FactOrigin::Stated})).tier;
  }
  [[nodiscard]] bool crosses(const Flip& flip, std::int64_t steps) const {
    const TierIndex tier = tier_with(flip, steps);
    return flip.is_upwards ? tier < explained_.score.tier : tier > explained_.score.tier;
  }

  const Scorecard& card_;
  const Explanation& explained_;
};

TEST_CASE("explain: the value that was found crosses and one step less does not", "[scoring][property]") {
  Random random(12);
  int found = 0;
  for (int round = 0; round < 120; ++round) {
    PolicyValues values = reference_rules();
    values.scoring.method = static_cast<ScaleMethod>(random.between(0, 2));
    values.tiers[0].min_score = Points::whole(random.between(50, 85));
    values.tiers[1].min_score = Points::whole(random.between(20, 49));
    const Explained all(testing::random_services(random, 12, round % 4 * 8), values);
    for (ServiceIndex i = 0; i < all.services.size(); ++i) {
      const Explanation explained = all.of(i);
      FlipCheck check(all.card, explained);
      CAPTURE(round, i);
      for (const Flip& flip : explained.flips) check.check(flip);
      found += check.found;
    }
  }
  CHECK(found > 2'000);
}

}  // namespace
}  // namespace migplan
