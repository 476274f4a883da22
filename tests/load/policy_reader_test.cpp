// Policies: merged over the built-in one, and each rejection with its place.

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "migplan/load/policy_reader.hpp"
#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

Result<Policy> read(std::string_view text) {
  TextSource source(text);
  return read_policy(source, "p.yaml");
}

}  // namespace

TEST_CASE("policy reader: the built-in text is the built-in policy") {
  const Result<Policy> policy = read(builtin_policy_text());
  CHECK(complaints(policy).empty());
  CHECK(accepted(policy).tiers().size() == builtin_policy().tiers().size());
  CHECK(accepted(policy).scoring().weights[Dimension::Impact] == Weight::whole(4));
}

TEST_CASE("policy reader: a map merges by key") {
  const Result<Policy> policy = read("scoring: {weights: {debt: 9}, scale: {full: {impact: 500.5}}}\n");
  CHECK(complaints(policy).empty());
  const ScoringPolicy& scoring = accepted(policy).scoring();
  CHECK(scoring.weights[Dimension::Debt] == Weight::whole(9));
  CHECK(scoring.weights[Dimension::Impact] == builtin_policy().scoring().weights[Dimension::Impact]);
  CHECK(scoring.full[Dimension::Impact] == RawValue::from_steps(500'500'000));
  CHECK(scoring.full[Dimension::Debt] == builtin_policy().scoring().full[Dimension::Debt]);
  CHECK(scoring.curve[Dimension::Impact] == Curve::Log);
  CHECK(accepted(policy).tiers().size() == 3);
}

TEST_CASE("policy reader: a list replaces") {
  const Result<Policy> policy =
      read("tiers: [{name: X, min_score: 50.5}, {name: Y, min_score: 0}]\nquadrant: {lts: [17]}\n");
  CHECK(complaints(policy).empty());
  REQUIRE(accepted(policy).tiers().size() == 2);
  CHECK(accepted(policy).tiers()[0].name == "X");
  CHECK(accepted(policy).tiers()[0].min_score == Points::from_steps(5050));
  CHECK(accepted(policy).tiers()[0].action.empty());
  CHECK(accepted(policy).quadrant().long_term_releases.size() == 1);
}

TEST_CASE("policy reader: a nested map merges by key at each level") {
  const Result<Policy> policy = read("quadrant: {dispositions: {low: {high: now}}}\n");
  const auto& dispositions = accepted(policy).quadrant().dispositions;
  CHECK(dispositions[Band::Low][Band::High] == "now");
  CHECK(dispositions[Band::Low][Band::Low] == "watch");
  CHECK(dispositions[Band::High][Band::High] == "circuit-break and replace");
}

TEST_CASE("policy reader: all values of a policy can be stated") {
  const Result<Policy> policy = read(
      "schema: migplan/policy/v1\n"
      "scoring:\n  scale: {method: percentile, curve: {impact: linear, debt: log, topology: log}}\n"
      "  vulnerability_days: 0.25\n  sla_target: 99.9\n"
      "tiers: [{name: S, min_score: 0, action: go, not_before: 2024-07-01, route: direct}]\n"
      "quadrant:\n  full: {core_flow_calls: 1, data_dependency_interfaces: 2, cve_count: 3, jdk_generations: 4}\n"
      "  weights: {coupling: 1, obsolescence: 0}\n  bands: {low: 0.25, high: 0.75}\n");
  CHECK(complaints(policy).empty());
  CHECK(accepted(policy).scoring().method == ScaleMethod::Percentile);
  CHECK(accepted(policy).scoring().curve[Dimension::Debt] == Curve::Log);
  CHECK(accepted(policy).scoring().vulnerability_days == DebtDays::from_steps(250'000));
  CHECK(accepted(policy).scoring().sla_target == Percent::from_steps(99'900'000));
  CHECK(accepted(policy).tiers()[0].not_before->to_string() == "2024-07-01");
  CHECK(accepted(policy).quadrant().full_jdk_generations == Count::whole(4));
  CHECK(accepted(policy).quadrant().low_up_to == Grade::from_steps(2500));
}

TEST_CASE("policy reader: JSON makes the same policy") {
  const Result<Policy> policy = read(R"({"schema": "migplan/policy/v1", "scoring": {"weights": {"debt": 9}}})");
  CHECK(complaints(policy).empty());
  CHECK(accepted(policy).scoring().weights[Dimension::Debt] == Weight::whole(9));
}

TEST_CASE("policy reader: JSON with a byte-order mark is still JSON") {
  CHECK(accepted(read("\xEF\xBB\xBF{\"tiers\": [{\"name\": \"\\ud83d\\ude00\", \"min_score\": 0}]}")).tiers()[0].name ==
        "😀");
}

TEST_CASE("policy reader: null leaves the built-in value") {
  CHECK(accepted(read("scoring: {weights: {debt: null}, sla_target: ~}\ntiers:\n")).tiers().size() == 3);
}

TEST_CASE("policy reader: weights that are all 0 are rejected where they stand") {
  CHECK(complaints(read("scoring:\n  weights: {impact: 0, debt: 0, topology: 0}\n")) ==
        "p.yaml:2:3: error: scoring.weights: all weights are 0, expected a sum above 0");
  CHECK(complaints(read("quadrant:\n  weights: {coupling: 0, obsolescence: 0}\n")) ==
        "p.yaml:2:3: error: quadrant.weights: all weights are 0, expected a sum above 0");
}

TEST_CASE("policy reader: a full scale of 0 is rejected where it stands") {
  CHECK(complaints(read("scoring: {scale: {full: {debt: 0}}}\n")) ==
        "p.yaml:1:26: error: scoring.scale.full.debt: found 0, expected a full scale above 0");
  CHECK(complaints(read("quadrant: {full: {cve_count: 0}}\n")) ==
        "p.yaml:1:19: error: quadrant.full.cve_count: found 0, expected a full scale above 0");
}

TEST_CASE("policy reader: negative weights are rejected") {
  CHECK(complaints(read("scoring: {weights: {debt: -1}}\n")) ==
        "p.yaml:1:27: error: scoring.weights.debt: found -1, expected a number, 0 to 1000000");
}

TEST_CASE("policy reader: tiers fall, with distinct names, to 0") {
  CHECK(complaints(read(
            "tiers:\n  - {name: S, min_score: 50}\n  - {name: A, min_score: 60}\n  - {name: B, min_score: 0}\n")) ==
        "p.yaml:3:15: error: tiers[1].min_score: found 60, expected less than 50 of the tier above");
  CHECK(complaints(read("tiers:\n  - {name: S, min_score: 50}\n  - {name: S, min_score: 0}\n")) ==
        "p.yaml:3:6: error: tiers[1].name: \"S\" is used twice");
  CHECK(
      complaints(read("tiers:\n  - {name: S, min_score: 50}\n")) ==
      "p.yaml:2:15: error: tiers[0].min_score: found 50, expected 0 in the last tier, so that every score has a tier");
  CHECK(complaints(read("x-a: 1\ntiers: []\n")) == "p.yaml:2:1: error: tiers: found no tier, expected at least one");
  CHECK(complaints(read("tiers:\n  - {name: \"\", min_score: 0}\n")) ==
        "p.yaml:2:6: error: tiers[0].name: missing, expected the tier's name");
}

TEST_CASE("policy reader: a tier's fields are required and within range") {
  CHECK(complaints(read("tiers:\n  - {name: S}\n")) ==
        "p.yaml:2:5: error: tiers[0]: tier has no min_score, expected a number (points), 0 to 100");
  CHECK(complaints(read("tiers: [{name: S, min_score: 100.01}, {name: B, min_score: 0}]\n")) ==
        "p.yaml:1:30: error: tiers[0].min_score: found 100.01, expected a number (points), 0 to 100");
}

TEST_CASE("policy reader: bands and releases stand in order") {
  CHECK(complaints(read("quadrant: {bands: {low: 0.8}}\n")) ==
        "p.yaml:1:20: error: quadrant.bands.low: found a limit not below that of high");
  CHECK(complaints(read("quadrant:\n  lts: [8, 11, 11]\n")) ==
        "p.yaml:2:3: error: quadrant.lts[2]: expected releases in rising order");
  CHECK(complaints(read("quadrant: {lts: []}\n")) ==
        "p.yaml:1:12: error: quadrant.lts: found no release, expected at least one");
}

TEST_CASE("policy reader: a band that contradicts a built-in one is told at the nearest stated place") {
  CHECK(complaints(read("quadrant:\n  bands: {high: 0.2}\n")) ==
        "p.yaml:2:3: error: quadrant.bands.low: found a limit not below that of high");
}

TEST_CASE("policy reader: unknown keys and words are rejected with the nearest") {
  CHECK(complaints(read("scoring: {wieghts: {}}\n")) ==
        "p.yaml:1:11: error: scoring: unknown key \"wieghts\" in scoring (did you mean weights?)");
  CHECK(complaints(read("scoring: {scale: {method: min-max}}\n")) ==
        "p.yaml:1:27: error: scoring.scale.method: found \"min-max\", expected one of reference, minmax, percentile "
        "(did you "
        "mean minmax?)");
}

TEST_CASE("policy reader: all problems are reported") {
  CHECK(read("schema: x\nscoring: 5\ntiers: {a: b}\nquadrant: {lts: [a, -1]}\nfoo: 1\n").issues().errors() == 6);
}

TEST_CASE("policy reader: an inventory is no policy") {
  CHECK_THAT(
      complaints(read("schema: migplan/inventory/v1\nservices: []\n")),
      Catch::StartsWith("p.yaml:1:9: error: schema: found \"migplan/inventory/v1\", expected migplan/policy/v1"));
}

TEST_CASE("policy reader: an empty text is rejected") {
  CHECK(complaints(read("")) == "p.yaml:1:1: error: found no document, expected a map");
}

TEST_CASE("policy reader: a fault of reading is an access error and the only one") {
  FailingSource source("scoring: {weights: {debt: wrong}}\n");
  const Result<Policy> policy = read_policy(source, "p.yaml");
  CHECK(complaints(policy) == "p.yaml: error: Input/output error");
  CHECK(policy.issues().has_access_errors());
}
