#include "migplan/model/policy.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::of;
using testing::policy;
using testing::reference_rules;

static_assert(!std::is_default_constructible_v<Policy> && !std::is_constructible_v<Policy, PolicyValues>);

std::vector<std::string> rejected_at(PolicyValues values) {
  const Result<Policy> result = Policy::create(std::move(values));
  std::vector<std::string> paths;
  for (const Issue& issue : result.issues().kept()) paths.push_back(issue.path);
  CHECK(result.is_ok() == paths.empty());
  return paths;
}

using Paths = std::vector<std::string>;

TEST_CASE("Policy: the reference rules are a policy", "[model]") { CHECK(rejected_at(reference_rules()).empty()); }

TEST_CASE("Policy: a score falls in the first tier whose limit it reaches", "[model]") {
  const Policy rules = policy();
  const auto tier = [&rules](std::string_view score) { return rules.tiers()[rules.tier_of(of<Points>(score))].name; };
  CHECK(tier("100") == "S");
  CHECK(tier("85.00") == "S");
  CHECK(tier("84.99") == "A");
  CHECK(tier("65.00") == "A");
  CHECK(tier("64.99") == "B");
  CHECK(tier("0") == "B");
}

TEST_CASE("Policy: every score is in the one tier there is", "[model]") {
  PolicyValues values = reference_rules();
  values.tiers = {values.tiers[2]};
  const Policy rules = policy(values);
  CHECK(rules.tier_of(Points::whole(0)) == 0);
  CHECK(rules.tier_of(Points::whole(100)) == 0);
}

TEST_CASE("Policy: a tier is found by its name", "[model]") {
  const Policy rules = policy();
  CHECK(rules.find_tier("S") == TierIndex{0});
  CHECK(rules.find_tier("B") == TierIndex{2});
  CHECK_FALSE(rules.find_tier("C"));
  CHECK_FALSE(rules.find_tier(""));
}

TEST_CASE("Policy: weights that sum to nothing are rejected and a single weight is enough", "[model]") {
  PolicyValues values = reference_rules();
  values.scoring.weights.values = {Weight{}, Weight{}, Weight{}};
  CHECK(rejected_at(values) == Paths{"scoring.weights"});
  values.scoring.weights[Dimension::Debt] = of<Weight>("0.000001");
  CHECK(rejected_at(values).empty());
}

TEST_CASE("Policy: a negative weight is rejected", "[model]") {
  PolicyValues values = reference_rules();
  values.scoring.weights[Dimension::Debt] = Weight::from_steps(-1);
  CHECK_FALSE(Policy::create(values).is_ok());
  values = reference_rules();
  values.quadrant.coupling_weight = Weight::from_steps(-1);
  CHECK_FALSE(Policy::create(values).is_ok());
}

TEST_CASE("Policy: a full scale of nothing is rejected in each dimension", "[model]") {
  for (const Dimension dimension : kDimensions) {
    PolicyValues values = reference_rules();
    values.scoring.full[dimension] = RawValue{};
    CHECK(rejected_at(values) == Paths{"scoring.scale.full." + std::string(name_of(dimension))});
  }
}

TEST_CASE("Policy: there is at least one tier", "[model]") {
  PolicyValues values = reference_rules();
  values.tiers.clear();
  CHECK(rejected_at(values) == Paths{"tiers"});
}

TEST_CASE("Policy: the limits of the tiers fall", "[model]") {
  PolicyValues values = reference_rules();
  values.tiers[1].min_score = values.tiers[0].min_score;
  CHECK(rejected_at(values) == Paths{"tiers[1].min_score"});
  values.tiers[1].min_score = Points::whole(90);
  CHECK(rejected_at(values) == Paths{"tiers[1].min_score"});
}

TEST_CASE("Policy: the last tier begins at nothing so that every score has a tier", "[model]") {
  PolicyValues values = reference_rules();
  values.tiers[2].min_score = Points::from_steps(1);
  CHECK(rejected_at(values) == Paths{"tiers[2].min_score"});
}

TEST_CASE("Policy: tiers have names and no two the same", "[model]") {
  PolicyValues values = reference_rules();
  values.tiers[2].name = "S";
  CHECK(rejected_at(values) == Paths{"tiers[2].name"});
  values.tiers[2].name = "";
  CHECK(rejected_at(values) == Paths{"tiers[2].name"});
}

TEST_CASE("Policy: more tiers than an index holds are rejected", "[model]") {
  PolicyValues values = reference_rules();
  values.tiers.clear();
  for (int i = 0; i < 256; ++i)
    values.tiers.push_back({"t" + std::to_string(i), Points::from_steps(255 - i), "", std::nullopt, ""});
  CHECK(rejected_at(values) == Paths{"tiers"});
  values.tiers.erase(values.tiers.begin());
  CHECK(rejected_at(values).empty());
}

TEST_CASE("Policy: the full scales of the quadrant are above nothing", "[model]") {
  PolicyValues values = reference_rules();
  values.quadrant.full_core_flow_calls = Count{};
  values.quadrant.full_data_interfaces = Count{};
  values.quadrant.full_cve_count = Count{};
  values.quadrant.full_jdk_generations = Count{};
  CHECK(rejected_at(values) == Paths{"quadrant.full.core_flow_calls", "quadrant.full.data_dependency_interfaces",
                                     "quadrant.full.cve_count", "quadrant.full.jdk_generations"});
}

TEST_CASE("Policy: the bands of the quadrant are in order", "[model]") {
  PolicyValues values = reference_rules();
  values.quadrant.low_up_to = values.quadrant.high_from;
  CHECK(rejected_at(values) == Paths{"quadrant.bands.low"});
}

TEST_CASE("Policy: the weights of the quadrant sum to more than nothing", "[model]") {
  PolicyValues values = reference_rules();
  values.quadrant.coupling_weight = values.quadrant.obsolescence_weight = Weight{};
  CHECK(rejected_at(values) == Paths{"quadrant.weights"});
}

TEST_CASE("Policy: long-term releases are there and rise", "[model]") {
  PolicyValues values = reference_rules();
  values.quadrant.long_term_releases = {Count::whole(8), Count::whole(17), Count::whole(11), Count::whole(11)};
  CHECK(rejected_at(values) == Paths{"quadrant.lts[2]", "quadrant.lts[3]"});
  values.quadrant.long_term_releases.clear();
  CHECK(rejected_at(values) == Paths{"quadrant.lts"});
}

TEST_CASE("Policy: all that is wrong is reported at once", "[model]") {
  PolicyValues values = reference_rules();
  values.scoring.full[Dimension::Impact] = RawValue{};
  values.tiers[1].name = "S";
  values.quadrant.long_term_releases.clear();
  CHECK(rejected_at(values) == Paths{"scoring.scale.full.impact", "tiers[1].name", "quadrant.lts"});
}

}  // namespace
}  // namespace migplan
