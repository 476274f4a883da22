#include "migplan/scoring/scale.hpp"

#include <catch2/catch.hpp>
#include <string_view>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::of;
using testing::reference_rules;

ScoringPolicy rules(ScaleMethod method, std::string_view full_impact = "2000", std::string_view full_debt = "200") {
  ScoringPolicy policy = reference_rules().scoring;
  policy.method = method;
  policy.full[Dimension::Impact] = of<RawValue>(full_impact);
  policy.full[Dimension::Debt] = of<RawValue>(full_debt);
  return policy;
}

PerDimension<std::vector<RawValue>> known(Dimension dimension, const std::vector<std::int64_t>& whole) {
  PerDimension<std::vector<RawValue>> values;
  for (const std::int64_t value : whole) values[dimension].push_back(RawValue::whole(value));
  return values;
}

std::string points(FinePoints value) { return trimmed(value); }

TEST_CASE("reference scale: a linear dimension is the share of its full scale", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::Reference);
  const Scale scale(policy, {});
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(50))) == "25");
  CHECK(points(scale.normalise(Dimension::Debt, RawValue{})) == "0");
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(200))) == "100");
  CHECK(points(scale.normalise(Dimension::Topology, RawValue::whole(1))) == "6.25");  // 1 of 16
}

TEST_CASE("reference scale: what no decimal holds is rounded half up to a billionth of a point", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::Reference, "2000", "3");
  const Scale scale(policy, {});
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(1))) == "33.333333333");
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(2))) == "66.666666667");
}

TEST_CASE("reference scale: nothing is beyond the full scale", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::Reference);
  const Scale scale(policy, {});
  for (const Dimension dimension : kDimensions) {
    CHECK(points(scale.normalise(dimension, policy.full[dimension])) == "100");
    CHECK(points(scale.normalise(dimension, policy.full[dimension] + RawValue::from_steps(1))) == "100");
    CHECK(points(scale.normalise(dimension, RawValue::max())) == "100");
  }
}

TEST_CASE("reference scale: impact grows with its logarithm", "[scoring]") {
  // ln(1 + 9) / ln(1 + 99) = 1/2, and ln(1 + 0) = 0
  const ScoringPolicy hundred = rules(ScaleMethod::Reference, "99");
  const Scale by_hundred(hundred, {});
  CHECK(points(by_hundred.normalise(Dimension::Impact, RawValue::whole(9))) == "50");
  CHECK(points(by_hundred.normalise(Dimension::Impact, RawValue{})) == "0");
  // ln 1761 / ln 2001 = 0.983191887435…, ln 2 / ln 2001 = 0.091186750819…
  const ScoringPolicy policy = rules(ScaleMethod::Reference);
  const Scale scale(policy, {});
  CHECK(points(scale.normalise(Dimension::Impact, RawValue::whole(1'760))) == "98.319188744");
  CHECK(points(scale.normalise(Dimension::Impact, RawValue::whole(1))) == "9.118675082");
}

TEST_CASE("reference scale: other services do not matter", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::Reference);
  const Scale scale(policy, known(Dimension::Debt, {1, 2, 3'000}));
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(50))) == "25");
  CHECK(points(scale.normalise_instead(Dimension::Debt, RawValue::whole(3'000), RawValue::whole(50))) == "25");
}

TEST_CASE("minmax scale: the least is nothing and the greatest is all", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::MinMax);
  const Scale scale(policy, known(Dimension::Debt, {40, 10, 20}));
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(10))) == "0");
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(20))) == "33.333333333");  // 10 of 30
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(40))) == "100");
}

TEST_CASE("minmax scale: where nothing sets services apart nobody gets points", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::MinMax);
  CHECK(points(Scale(policy, known(Dimension::Debt, {40})).normalise(Dimension::Debt, RawValue::whole(40))) == "0");
  CHECK(points(Scale(policy, known(Dimension::Debt, {40, 40})).normalise(Dimension::Debt, RawValue::whole(40))) == "0");
}

TEST_CASE("minmax scale: the logarithm is taken between the ends", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::MinMax);
  // (ln 100 - ln 10) / (ln 1000 - ln 10) = 1/2
  const Scale scale(policy, known(Dimension::Impact, {9, 99, 999}));
  CHECK(points(scale.normalise(Dimension::Impact, RawValue::whole(99))) == "50");
}

TEST_CASE("minmax scale: with another value the old one no longer stretches the scale", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::MinMax);
  const Scale scale(policy, known(Dimension::Debt, {10, 20, 40}));
  const auto instead_of = [&scale](std::int64_t own, std::int64_t value) {
    return points(scale.normalise_instead(Dimension::Debt, RawValue::whole(own), RawValue::whole(value)));
  };
  CHECK(instead_of(40, 30) == "100");  // of 10, 20, 30
  CHECK(instead_of(40, 15) == "50");   // of 10, 20, 15
  CHECK(instead_of(40, 5) == "0");     // of 10, 20, 5
  CHECK(instead_of(10, 30) == "50");   // of 20, 40, 30
  CHECK(instead_of(20, 25) == "50");   // of 10, 40, 25
}

TEST_CASE("minmax scale: an end that two services share stays when one of them moves", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::MinMax);
  const Scale scale(policy, known(Dimension::Debt, {10, 40, 40}));
  CHECK(points(scale.normalise_instead(Dimension::Debt, RawValue::whole(40), RawValue::whole(25))) == "50");
}

TEST_CASE("minmax scale: a service that had no value joins those that have", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::MinMax);
  const Scale scale(policy, known(Dimension::Debt, {10, 40}));
  CHECK(points(scale.normalise_instead(Dimension::Debt, std::nullopt, RawValue::whole(25))) == "50");
  CHECK(points(scale.normalise_instead(Dimension::Debt, std::nullopt, RawValue::whole(70))) == "100");
  const Scale one(policy, known(Dimension::Debt, {10}));
  CHECK(points(one.normalise_instead(Dimension::Debt, std::nullopt, RawValue::whole(25))) == "100");
}

TEST_CASE("percentile scale: the share of the others that lie below", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::Percentile);
  const Scale scale(policy, known(Dimension::Debt, {10, 40, 20}));
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(10))) == "0");
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(20))) == "50");
  CHECK(points(scale.normalise(Dimension::Debt, RawValue::whole(40))) == "100");
}

TEST_CASE("percentile scale: equals count half and a service alone gets half", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::Percentile);
  // of the others of a 10, {10, 40}, none is below and one is equal: 0.5 of 2
  CHECK(points(Scale(policy, known(Dimension::Debt, {10, 10, 40})).normalise(Dimension::Debt, RawValue::whole(10))) ==
        "25");
  CHECK(points(Scale(policy, known(Dimension::Debt, {40})).normalise(Dimension::Debt, RawValue::whole(40))) == "50");
}

TEST_CASE("percentile scale: with another value a service is ranked among the others only", "[scoring]") {
  const ScoringPolicy policy = rules(ScaleMethod::Percentile);
  const Scale scale(policy, known(Dimension::Debt, {10, 20, 40}));
  // 15 instead of 40 among {10, 20}, 40 instead of 10 among {20, 40}, 30 besides {10, 20, 40}
  CHECK(points(scale.normalise_instead(Dimension::Debt, RawValue::whole(40), RawValue::whole(15))) == "50");
  CHECK(points(scale.normalise_instead(Dimension::Debt, RawValue::whole(10), RawValue::whole(40))) == "75");
  CHECK(points(scale.normalise_instead(Dimension::Debt, std::nullopt, RawValue::whole(30))) == "66.666666667");
}

TEST_CASE("scale: among the services as they are a value that one of them has stands for that one", "[scoring]") {
  const ScoringPolicy minmax = rules(ScaleMethod::MinMax), percentile = rules(ScaleMethod::Percentile);
  const Scale by_range(minmax, known(Dimension::Debt, {10, 20, 40})),
      by_rank(percentile, known(Dimension::Debt, {10, 20, 40}));
  CHECK(points(by_range.normalise_among(Dimension::Debt, RawValue::whole(20))) == "33.333333333");  // 10 of 30
  CHECK(points(by_range.normalise_among(Dimension::Debt, RawValue::whole(25))) == "50");            // 15 of 30
  CHECK(points(by_range.normalise_among(Dimension::Debt, RawValue::whole(70))) == "100");           // of 10..70
  CHECK(points(by_rank.normalise_among(Dimension::Debt, RawValue::whole(20))) == "50");             // 1 of 10, 40
  CHECK(points(by_rank.normalise_among(Dimension::Debt, RawValue::whole(25))) == "66.666666667");   // 2 of 10, 20, 40
}

}  // namespace
}  // namespace migplan
