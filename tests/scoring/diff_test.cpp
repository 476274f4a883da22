#include "migplan/scoring/diff.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "builders.hpp"
#include "migplan/model/check_rule.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::policy;
using testing::reference_rules;
using testing::service;
using testing::ServiceBuilder;

// A service with debt alone: 30 points at 200 days.
ServiceBuilder indebted(std::string name, std::string_view days) {
  return service(std::move(name)).facts("0", "99.95", days, 0, 0, 0);
}

PolicyValues debt_rules() {
  PolicyValues values = reference_rules();
  values.scoring.weights.values = {Weight::whole(0), Weight::whole(1), Weight::whole(0)};
  return values;
}

class Compared {
 public:
  Compared(const std::vector<ServiceBuilder>& before, const std::vector<ServiceBuilder>& after, Points least = {})
      : rules_(policy(debt_rules())),
        old_(inventory(before)),
        new_(inventory(after)),
        old_card(old_, rules_),
        new_card(new_, rules_),
        result(diff(old_card, new_card, least)) {}

  // "moved a" for each change, in order.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const ServiceChange& change : result.changes) {
      lines.push_back(std::string(name_of(change.change)) + " " + std::string(name_of(change, old_card, new_card)));
    }
    return lines;
  }

 private:
  Policy rules_;
  Inventory old_, new_;

 public:
  Scorecard old_card, new_card;
  Diff result;
};

using Lines = std::vector<std::string>;

TEST_CASE("diff: the same services in another order are no change", "[scoring]") {
  const Compared same({indebted("a", "10"), indebted("b", "20")}, {indebted("b", "20"), indebted("a", "10")});
  CHECK(same.lines().empty());
  CHECK(same.result.unchanged == 2);
}

TEST_CASE("diff: moved tiers first, then what came, what went, and other scores", "[scoring]") {
  const Compared all(
      {indebted("gone", "10"), indebted("rises", "160"), indebted("scored", "10"), indebted("stays", "5")},
      {indebted("scored", "20"), indebted("stays", "5"), indebted("rises", "180"), indebted("new", "1")});
  CHECK(all.lines() == Lines{"moved rises", "added new", "removed gone", "scored scored"});
  CHECK(all.result.unchanged == 1);
  CHECK(all.result.count(Change::Moved) == 1);
}

TEST_CASE("diff: of one kind the greatest change comes first, then the name", "[scoring]") {
  const Compared scored({indebted("c", "10"), indebted("b", "20"), indebted("a", "10")},
                        {indebted("c", "12"), indebted("b", "10"), indebted("a", "12")});
  CHECK(scored.lines() == Lines{"scored b", "scored a", "scored c"});
}

TEST_CASE("diff: a change below the least one counts as none, a tier that moved always counts", "[scoring]") {
  // 1 day is half a point
  const std::vector before{indebted("a", "10"), indebted("b", "10"), indebted("c", "129.9")};
  const std::vector after{indebted("a", "11"), indebted("b", "12"), indebted("c", "130")};
  CHECK(Compared(before, after, Points::from_steps(51)).lines() == Lines{"moved c", "scored b"});
  CHECK(Compared(before, after, Points::from_steps(50)).lines() == Lines{"moved c", "scored b", "scored a"});
  CHECK(Compared(before, after, Points::whole(100)).result.unchanged == 2);
}

TEST_CASE("diff: the difference is the new score less the old one", "[scoring]") {
  const Compared change({indebted("a", "20")}, {indebted("a", "10")});
  CHECK(difference(change.result.changes[0], change.old_card, change.new_card) == Points::from_steps(-500));
}

TEST_CASE("diff: policies with other tiers cannot be compared", "[scoring]") {
  PolicyValues renamed = reference_rules();
  renamed.tiers[1].name = "first";
  CHECK(comparability(policy(), policy(), "a", "b").is_empty());
  const Issues issues = comparability(policy(), policy(renamed), "a", "b");
  REQUIRE(issues.errors() == 1);
  CHECK(issues.kept()[0].message ==
        "the old policy (a) has the tiers S, A, B, the new one (b) S, first, B: no move between them can be told");
  renamed.tiers.pop_back();
  renamed.tiers.back().min_score = {};
  CHECK(comparability(policy(), policy(renamed), "a", "b").has_errors());
}

TEST_CASE("diff: only kinds that are objected to fail, and what is exempted does not", "[scoring]") {
  Compared change({indebted("x", "160"), indebted("y", "160"), indebted("z", "1")},
                  {indebted("x", "180"), indebted("y", "180"), indebted("z", "2"), indebted("n", "2")});
  const Exemptions exemptions =
      Exemptions::create({{"tier-moved", "x", "agreed", "lee", Date::parse("2024-03-31").value(), {}, 0}}, "e.yaml")
          .value();
  ExemptionUse use(exemptions, Date::parse("2024-03-31").value());
  judge(change.result, change.old_card, change.new_card, {Change::Moved, Change::Scored}, use);
  std::vector<std::string> verdicts;
  for (const ServiceChange& one : change.result.changes)
    verdicts.emplace_back(one.verdict ? name_of(*one.verdict) : "-");
  CHECK(change.lines() == Lines{"moved x", "moved y", "added n", "scored z"});
  CHECK(verdicts == Lines{"exempted", "fail", "-", "fail"});
  CHECK(change.result.changes[0].exemption->owner == "lee");
  CHECK(change.result.count(Verdict::Fail) == 2);
}

TEST_CASE("diff: every kind has a name, and a check that exemptions may name", "[scoring]") {
  for (std::size_t i = 0; i < kChangeCount; ++i) {
    const auto change = static_cast<Change>(i);
    CHECK(change_called(name_of(change)) == change);
    CHECK(find_check_rule(check_of(change)) != nullptr);
  }
  CHECK_FALSE(change_called("gone"));
}

}  // namespace
}  // namespace migplan
