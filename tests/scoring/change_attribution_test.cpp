// Why a score changed between two inventories and two policies.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "builders.hpp"
#include "migplan/scoring/attribution.hpp"

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

// Two scorecards and what moved service 0 of both.
class History {
 public:
  History(const std::vector<ServiceBuilder>& before, const std::vector<ServiceBuilder>& after,
          PolicyValues old_rules = linear_rules(), PolicyValues new_rules = linear_rules())
      : old_policy_(policy(std::move(old_rules))),
        new_policy_(policy(std::move(new_rules))),
        old_services_(inventory(before)),
        new_services_(inventory(after)),
        old_card(old_services_, old_policy_),
        new_card(new_services_, new_policy_) {}

  [[nodiscard]] std::vector<ChangeCause> causes() const { return ChangeAttribution(old_card, new_card).causes(0, 0); }
  // "sla_30d +3.10" for each, in order.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const ChangeCause& cause : causes()) {
      const std::string points = fixed(cause.contribution.steps(), 2);
      if (cause.kind == CauseKind::Policy) lines.push_back("policy " + points);
      if (cause.kind == CauseKind::OtherServices) lines.push_back("others " + points);
      if (cause.kind != CauseKind::Fact) continue;
      const std::string_view path = info_of(cause.fact).path;
      lines.push_back(std::string(path.substr(path.find('.') + 1)) + " " + points);
    }
    return lines;
  }

 private:
  Policy old_policy_, new_policy_;
  Inventory old_services_, new_services_;

 public:
  Scorecard old_card, new_card;
};

using Lines = std::vector<std::string>;

ServiceBuilder plain() { return service("s").facts("1000", "98.95", "100", 20, 4, 4); }

TEST_CASE("change attribution: nothing that stayed is a cause", "[scoring]") {
  CHECK(History({plain()}, {plain()}).lines().empty());
}

TEST_CASE("change attribution: the greatest cause comes first", "[scoring]") {
  // 4 of 16 x 30 = 7.50; 20 days of 200 x 30 = 3.00
  CHECK(History({plain()}, {plain().sonar("120").chain(8)}).lines() ==
        Lines{"upstream_chain_length 7.50", "sonar_debt_days 3.00"});
}

TEST_CASE("change attribution: a fact that moves nothing is no cause", "[scoring]") {
  // both are beyond the full scale of 200 days
  CHECK(History({plain().sonar("300")}, {plain().sonar("400")}).lines().empty());
}

TEST_CASE("change attribution: a derived fact is a cause as a stated one is", "[scoring]") {
  // one strong dependency more: 1 of 16 x 30 = 1.875; from 3 of 16 (5.625) the printed total goes from 5.63 to 7.50
  const auto callers = [](bool has_second) {
    ServiceBuilder first = service("s").calls("a").calls("b").calls("c");
    if (has_second) first.calls("d");
    return std::vector{first, service("a"), service("b"), service("c"), service("d")};
  };
  CHECK(History(callers(false), callers(true)).lines() == Lines{"downstream_strong_dependencies 1.87"});
}

TEST_CASE("change attribution: what a new policy does is told apart", "[scoring]") {
  PolicyValues twice = linear_rules();
  twice.scoring.full[Dimension::Debt] = RawValue::whole(400);
  // debt 120 of 200 x 30 = 18.00 becomes 120 of 400 x 30 = 9.00
  CHECK(History({plain()}, {plain()}, linear_rules(), twice).lines() == Lines{"policy -9.00"});
  // with 20 days more: 18 -> 21 under the old, 9 -> 10.5 under the new; (3 + 1.5) / 2 = 2.25, the rest is the policy's
  CHECK(History({plain()}, {plain().sonar("120")}, linear_rules(), twice).lines() ==
        Lines{"policy -9.75", "sonar_debt_days 2.25"});
}

TEST_CASE("change attribution: weights of another sum are compared as shares", "[scoring]") {
  PolicyValues percent = linear_rules();
  percent.scoring.weights.values = {Weight::whole(40), Weight::whole(30), Weight::whole(30)};
  CHECK(History({plain()}, {plain()}, linear_rules(), percent).lines().empty());
  percent.scoring.weights.values = {Weight::whole(0), Weight::whole(100), Weight::whole(0)};
  // 20.00 + 18.00 + 15.00 = 53.00 becomes 60.00
  CHECK(History({plain()}, {plain()}, linear_rules(), percent).lines() == Lines{"policy 7.00"});
}

TEST_CASE("change attribution: a target that the policy sets is the policy's doing", "[scoring]") {
  PolicyValues strict = linear_rules();
  strict.scoring.sla_target = of<Percent>("100");
  // 1000 x 0.05 of 2000 x 40 = 1.00
  CHECK(History({plain()}, {plain()}, linear_rules(), strict).lines() == Lines{"policy 1.00"});
  CHECK(History({plain().sla_target("99.95")}, {plain().sla_target("99.95")}, linear_rules(), strict).lines().empty());
}

TEST_CASE("change attribution: a target that a service now states is the fact's doing", "[scoring]") {
  CHECK(History({plain()}, {plain().sla_target("100")}).lines() == Lines{"sla_target 1.00"});
  PolicyValues strict = linear_rules();
  strict.scoring.sla_target = of<Percent>("100");
  // the same value both ways: either alone does all of it, so each has half
  CHECK(History({plain()}, {plain().sla_target("100")}, linear_rules(), strict).lines() ==
        Lines{"sla_target 0.50", "policy 0.50"});
}

TEST_CASE("change attribution: limits of tiers that moved are told though no score does", "[scoring]") {
  PolicyValues lower = linear_rules();  // 53.00 points: B, and A where that begins at 50
  lower.tiers[1].min_score = Points::whole(50);
  const auto causes = History({plain()}, {plain()}, linear_rules(), lower).causes();
  REQUIRE(causes.size() == 1);
  CHECK(causes[0].kind == CauseKind::Policy);
  CHECK(causes[0].contribution == Points{});
  PolicyValues higher = linear_rules();  // of no concern to 53 points
  higher.tiers[0].min_score = Points::whole(90);
  CHECK(History({plain()}, {plain().sonar("120")}, linear_rules(), higher).lines() == Lines{"sonar_debt_days 3.00"});
}

TEST_CASE("change attribution: other services count where the scale looks at them", "[scoring]") {
  PolicyValues rules = linear_rules();
  rules.scoring.method = ScaleMethod::MinMax;
  const auto among = [](std::string_view days) {
    return std::vector{service("s").sonar("50").vulnerabilities(0), service("low").sonar("0").vulnerabilities(0),
                       service("high").sonar(days).vulnerabilities(0)};
  };
  // 50 between 0 and 100 is half of 30 points, between 0 and 200 a quarter
  CHECK(History(among("100"), among("200"), rules, rules).lines() == Lines{"others -7.50"});
  CHECK(History(among("100"), among("200")).lines().empty());
}

// One service between others, before and after, each fact stated or not.
struct RandomHistory {
  std::vector<Service> before, after;
  PolicyValues old_rules, new_rules;
};

constexpr int kOthers = 4;

PolicyValues random_rules(Random& random) {
  PolicyValues values = reference_rules();
  values.scoring.method = static_cast<ScaleMethod>(random.between(0, 2));
  for (Weight& weight : values.scoring.weights.values) weight = Weight::from_steps(random.between(1, 9'000'000));
  values.scoring.sla_target = Percent::from_steps(random.between(99'000'000, 100'000'000));
  values.scoring.vulnerability_days = DebtDays::from_steps(random.between(0, 3'000'000));
  return values;
}

RandomHistory random_history(Random& random) {
  RandomHistory history;
  static std::vector<ServiceBuilder> builders;  // own the names
  builders = testing::random_services(random, 2 * (kOthers + 1), 15);
  for (int i = 0; i <= kOthers; ++i) history.before.push_back(builders[static_cast<std::size_t>(i)].alone());
  for (int i = 0; i <= kOthers; ++i) {
    Service service = builders[static_cast<std::size_t>(i) + kOthers + 1].alone();
    service.name = history.before[static_cast<std::size_t>(i)].name;
    history.after.push_back(service);
  }
  history.old_rules = random_rules(random);
  history.new_rules = random.chance(70) ? random_rules(random) : history.old_rules;
  return history;
}

struct Landscape {
  Policy rules;
  Inventory services;
  Scorecard card;
  Landscape(const std::vector<Service>& all, PolicyValues values)
      : rules(policy(std::move(values))), services(made(all)), card(services, rules) {}

 private:
  static Inventory made(const std::vector<Service>& all) {
    std::vector<InventoryPart> parts(1);
    for (Service service : all) {
      service.name = parts[0].arena().keep(service.name);
      service.depends_on = {};
      service.has_dependency_list = false;
      parts[0].add(service, {}, {});
    }
    return Inventory::create(std::move(parts), {"services.yaml"}).value();
  }
};

TEST_CASE("change attribution: causes add up to the difference of the printed totals", "[scoring][property]") {
  Random random(31);
  for (int round = 0; round < 2'000; ++round) {
    const RandomHistory history = random_history(random);
    const Landscape before(history.before, history.old_rules), after(history.after, history.new_rules);
    const ChangeAttribution attribution(before.card, after.card);
    for (ServiceIndex i = 0; i <= kOthers; ++i) {
      Points sum;
      for (const ChangeCause& cause : attribution.causes(i, i)) sum += cause.contribution;
      CAPTURE(round, i);
      REQUIRE(sum == after.card[i].total - before.card[i].total);
    }
  }
}

// The facts of service 0 that take part, then the policy, then the other services: a bit each.
void take_fact(Service& into, const Service& from, FactId id) {
  switch (id) {
    case FactId::PeakOrders: into.impact.peak_orders_per_second = from.impact.peak_orders_per_second; break;
    case FactId::Sla30d: into.impact.sla_30d = from.impact.sla_30d; break;
    case FactId::SlaTarget: into.impact.sla_target = from.impact.sla_target; break;
    case FactId::SonarDebt: into.debt.sonar_debt_days = from.debt.sonar_debt_days; break;
    case FactId::Vulnerabilities: into.debt.high_risk_vulnerabilities = from.debt.high_risk_vulnerabilities; break;
    case FactId::UpstreamChain: into.topology.upstream_chain_length = from.topology.upstream_chain_length; break;
    case FactId::DownstreamStrong:
      into.topology.downstream_strong_dependencies = from.topology.downstream_strong_dependencies;
      break;
  }
}

// What service 0 scores, not rounded to a hundredth, where what is in `mask` has moved: everything is made anew.
double points_of(const RandomHistory& history, std::uint32_t mask) {
  const bool has_policy = (mask >> kFactCount & 1U) != 0, has_others = (mask >> (kFactCount + 1) & 1U) != 0;
  std::vector<Service> services = has_others ? history.after : history.before;
  services[0] = history.before[0];
  for (const FactInfo& info : fact_infos()) {
    if ((mask >> static_cast<unsigned>(info.id) & 1U) != 0) take_fact(services[0], history.after[0], info.id);
  }
  const Landscape landscape(services, has_policy ? history.new_rules : history.old_rules);
  double sum = 0, weights = 0;
  for (const Dimension d : kDimensions) {
    const auto weight = static_cast<double>(landscape.rules.scoring().weights[d].steps());
    const Term term = landscape.card[0].terms[d];
    sum += weight * static_cast<double>(term.value_or(FinePoints{}).steps()) / static_cast<double>(FinePoints::scale());
    weights += weight;
  }
  return sum / weights;
}

// The average over all orders, by the definition: sum over coalitions of s! (n - s - 1)! / n!.
std::vector<double> shapley_by_definition(const RandomHistory& history) {
  constexpr unsigned kPlayers = kFactCount + 2;
  std::vector<double> worth;
  for (std::uint32_t mask = 0; mask < (1U << kPlayers); ++mask) worth.push_back(points_of(history, mask));
  std::vector<double> factorial{1};
  for (unsigned i = 1; i <= kPlayers; ++i) factorial.push_back(factorial.back() * i);
  std::vector<double> values(kPlayers, 0);
  for (unsigned player = 0; player < kPlayers; ++player) {
    for (std::uint32_t mask = 0; mask < (1U << kPlayers); ++mask) {
      if ((mask >> player & 1U) != 0) continue;
      unsigned size = 0;
      for (unsigned bit = 0; bit < kPlayers; ++bit) size += mask >> bit & 1U;
      const double share = factorial[size] * factorial[kPlayers - size - 1] / factorial[kPlayers];
      values[player] += share * (worth[mask | 1U << player] - worth[mask]);
    }
  }
  return values;
}

TEST_CASE("change attribution: each cause is its Shapley value to the hundredth", "[scoring][property]") {
  Random random(32);
  for (int round = 0; round < 25; ++round) {
    const RandomHistory history = random_history(random);
    const Landscape before(history.before, history.old_rules), after(history.after, history.new_rules);
    const std::vector<double> expected = shapley_by_definition(history);
    std::vector<double> found(expected.size(), 0);
    for (const ChangeCause& cause : ChangeAttribution(before.card, after.card).causes(0, 0)) {
      const std::size_t player = cause.kind == CauseKind::Fact     ? static_cast<std::size_t>(cause.fact)
                                 : cause.kind == CauseKind::Policy ? kFactCount
                                                                   : kFactCount + 1;
      found[player] = static_cast<double>(cause.contribution.steps()) / 100;
    }
    for (std::size_t player = 0; player < expected.size(); ++player) {
      CAPTURE(round, player, expected[player], found[player]);
      REQUIRE(std::abs(expected[player] - found[player]) < 0.0101);
    }
  }
}

}  // namespace
}  // namespace migplan
