#include "migplan/verification/slo.hpp"

#include <catch2/catch.hpp>

#include "migplan/base/decimal.hpp"

using namespace migplan;

namespace {

constexpr SloPolicy kPolicy{
    .coverage = Percent::whole(80), .default_window = CalendarDays::whole(30), .confidence = Percent::whole(95)};

ServiceObjective objective(std::string service, std::string name, std::int64_t target_steps) {
  ServiceObjective one;
  one.service = std::move(service);
  one.name = std::move(name);
  one.target = Percent::from_steps(target_steps);
  one.place = {"slo.yaml", {3, 1}, "objective"};
  return one;
}

constexpr std::int64_t k9995 = 99'950'000;
constexpr std::int64_t kDaySeconds = 86'400;

MeasuredLevels counts(std::string service, std::uint64_t total, std::uint64_t failed,
                      std::optional<std::int64_t> elapsed = std::nullopt) {
  MeasuredLevels levels;
  levels.service = std::move(service);
  levels.total = total;
  levels.failed = failed;
  if (elapsed) levels.elapsed = WindowDays::whole(*elapsed);
  levels.place = {"counts.yaml", {1, 1}, ""};
  return levels;
}

SloEvidence evidence_of(std::vector<ServiceObjective> objectives, std::vector<MeasuredLevels> measured = {}) {
  SloEvidence evidence;
  evidence.objectives = std::move(objectives);
  evidence.measured = std::move(measured);
  evidence.is_measured = !evidence.measured.empty();
  return evidence;
}

Check check_of(const SloEvidence& evidence, std::string_view rule) {
  for (const Check& check : slo_result(evidence, kPolicy).checks) {
    if (check.rule == rule) return check;
  }
  FAIL("no check " << rule);
  return {};
}

std::size_t count_of(const SloEvidence& evidence, std::string_view rule) {
  std::size_t count = 0;
  for (const Check& check : slo_result(evidence, kPolicy).checks) count += std::size_t{check.rule == rule};
  return count;
}

std::string shown(const std::optional<Number>& number) {
  return number ? trimmed(number->steps, number->decimals) : "-";
}
bool says(const Check& check, std::string_view words) {
  INFO(check.message.english());
  const bool found = check.message.english().find(words) != std::string::npos;
  CHECK(found);
  return found;
}

StatedLevels the_sources_own() {
  StatedLevels stated;
  stated.error_budget_monthly = {{"slo.yaml", {1, 1}, "error_budget_monthly"}, 500'000};
  stated.latency_p95 = {{"slo.yaml", {2, 1}, "latency_p95_target_ms"}, 320'000};
  stated.availability = {{"slo.yaml", {3, 1}, "availability_slo"}, k9995};
  return stated;
}

}  // namespace

TEST_CASE("slo: the source's own file disagrees with itself by a factor of ten", "[verification]") {
  // 100 - 99.95 = 0.05 %, and it states 0.5 %.
  const SloEvidence evidence = evidence_of(objectives_of(the_sources_own()));
  const Check check = check_of(evidence, "slo-agreement");
  CHECK(check.verdict == Verdict::Fail);
  CHECK(shown(check.observed) == "0.5");
  CHECK(shown(check.limit) == "0.05");
  CHECK(check.message ==
        "availability: the error budget is stated as 0.5 %, and an objective of 99.95 % leaves 0.05 %: too much by a "
        "factor of 10; 0.5 % would go with 99.5 %");
  CHECK(to_string(check.source) == "slo.yaml:1 error_budget_monthly");
  CHECK(check_of(evidence, "slo-shape").verdict == Verdict::Pass);
  REQUIRE(evidence.objectives.size() == 2);
  CHECK(evidence.objectives[1].latency_limit == Milliseconds::whole(320));
  CHECK(evidence.objectives[1].target == Percent::whole(95));
}

TEST_CASE("slo: a budget that is what the objective leaves agrees, and one that is derived is not judged",
          "[verification]") {
  StatedLevels stated = the_sources_own();
  stated.error_budget_monthly->steps = 50'000;
  CHECK(check_of(evidence_of(objectives_of(stated)), "slo-agreement").verdict == Verdict::Pass);
  stated.error_budget_monthly->steps = 30'000;
  // 0.05 / 0.03 = 1.666…
  CHECK(says(check_of(evidence_of(objectives_of(stated)), "slo-agreement"), "too little by a factor of about 1.67"));
  stated.availability.reset();
  const auto derived = objectives_of(stated);
  CHECK(derived[0].target == Percent::from_steps(99'970'000));
  CHECK(count_of(evidence_of(derived), "slo-agreement") == 0);
}

TEST_CASE("slo: the allowance is told in time, too", "[verification]") {
  // 0.05 % of 30 days: 0.0005 x 43,200 minutes = 21.6.
  CHECK(says(check_of(evidence_of({objective("cart", "a", k9995)}), "slo-shape"), "21.6 minutes of 30 days"));
  ServiceObjective week = objective("cart", "a", 99'000'000);
  week.window = ObjectiveWindow{Seconds::whole(7 * kDaySeconds), Seconds::whole(7 * kDaySeconds)};
  // 1 % of 10,080 minutes.
  CHECK(says(check_of(evidence_of({week}), "slo-shape"), "99 % leaves 1 % to fail, 100.8 minutes of 7 days"));
}

TEST_CASE("slo: an objective without sense fails its shape", "[verification]") {
  const auto shape = [](const ServiceObjective& one) { return check_of(evidence_of({one}), "slo-shape"); };
  CHECK(says(shape(objective("cart", "a", 100'000'000)), "100 % leaves no error budget"));
  CHECK(says(shape(objective("cart", "a", 0)), "0 % promises nothing"));
  CHECK(says(shape(objective("cart", "a", 999'000)), "0.999 % promises next to nothing: is it a fraction, of 99.9 %?"));
  ServiceObjective one = objective("cart", "a", k9995);
  one.window = ObjectiveWindow{};
  CHECK(says(shape(one), "its window is 0 days long"));
  one = objective("cart", "a", k9995);
  one.latency_limit = Milliseconds{};
  CHECK(shape(one).verdict == Verdict::Fail);
  const auto result = slo_result(evidence_of({objective("cart", "a", k9995), objective("cart", "a", k9995)}), kPolicy);
  CHECK(result.checks[0].verdict == Verdict::Pass);
  CHECK(says(result.checks[1], "it stands there twice, first at slo.yaml:3 objective"));
}

TEST_CASE("slo: what is left of a budget is told in plain numbers", "[verification]") {
  // 0.05 % of a million: 500.
  const SloEvidence evidence = evidence_of({objective("cart", "a", k9995)}, {counts("cart", 1'000'000, 300)});
  const Check budget = check_of(evidence, "slo-budget");
  CHECK(budget.verdict == Verdict::Pass);
  CHECK(budget.message == "a: 300 of 500 failures allowed in 30 days are used, 200 left; the window is over");
  CHECK(shown(budget.observed) == "300");
  CHECK(shown(budget.limit) == "500");
  CHECK(budget.samples == 1'000'000);
  const Check burn = check_of(evidence, "slo-burn");
  CHECK(burn.verdict == Verdict::Pass);
  CHECK(shown(burn.observed) == "0.6");
  CHECK_FALSE(burn.low.has_value());
}

TEST_CASE("slo: a budget that burns too fast fails before it is used up", "[verification]") {
  // See error_budget: 600 left at 90 a day, and 20 days to go.
  const SloEvidence evidence = evidence_of({objective("cart", "a", k9995)}, {counts("cart", 1'000'000, 900, 10)});
  const Check budget = check_of(evidence, "slo-budget");
  CHECK(budget.verdict == Verdict::Pass);
  CHECK(says(budget,
             "900 of 1500 failures allowed in 30 days are used, 600 left; at this rate nothing is left in 6.6 "
             "days, and the window ends in 20 days"));
  const Check burn = check_of(evidence, "slo-burn");
  CHECK(burn.verdict == Verdict::Fail);
  CHECK(shown(burn.observed) == "1.8");
  CHECK(says(burn, "0.09 % of 1000000 requests fail and 0.05 % may, a burn rate of 1.8; 0.085"));
}

TEST_CASE("slo: too few requests are no verdict on the rate, but say what is left", "[verification]") {
  // None of 100 failed. The bound is 1 - 0.05^(1/100) = 2.95 %, far above 0.05 %.
  const SloEvidence evidence = evidence_of({objective("cart", "a", k9995)}, {counts("cart", 100, 0, 1)});
  const Check burn = check_of(evidence, "slo-burn");
  CHECK(burn.verdict == Verdict::Inconclusive);
  // n >= ln 0.05 / ln(1 - 0.0005) = 5989.97, so 5890 more than 100.
  CHECK(says(burn, "2.951305 % or less fail with 95 % confidence: too few to tell, 5890 more without a failure"));
  CHECK(check_of(evidence, "slo-budget").verdict == Verdict::Pass);
}

TEST_CASE("slo: more failures than are allowed fail", "[verification]") {
  const SloEvidence evidence = evidence_of({objective("cart", "a", k9995)}, {counts("cart", 1'000'000, 501)});
  CHECK(check_of(evidence, "slo-budget").message == "a: 501 failures, 500 are allowed in 30 days: 1 too many");
  CHECK(check_of(evidence, "slo-budget").verdict == Verdict::Fail);
  CHECK(check_of(evidence, "slo-burn").verdict == Verdict::Fail);
}

TEST_CASE("slo: counts that may be of several objectives decide none of them", "[verification]") {
  const std::vector<ServiceObjective> two{objective("cart", "errors", k9995), objective("cart", "slow", 99'000'000)};
  const Check open = check_of(evidence_of(two, {counts("cart", 1000, 0)}), "slo-budget");
  CHECK(open.verdict == Verdict::Inconclusive);
  CHECK(says(open,
             "the counts of cart do not say which of its 2 objectives they are of: counts with `objective: "
             "errors` would"));
  // Once one of them has its own, the others are left to the other.
  MeasuredLevels slow = counts("cart", 1000, 3);
  slow.objective = "slow";
  const auto result = slo_result(evidence_of(two, {counts("cart", 10'000, 5), slow}), kPolicy);
  REQUIRE(result.objectives.size() == 2);
  CHECK(result.objectives[0].budget->total() == 10'000);
  CHECK(result.objectives[1].budget->failed() == 3);
}

TEST_CASE("slo: counts of requests do not tell time slices or thresholds", "[verification]") {
  ServiceObjective slices = objective("cart", "a", k9995);
  slices.budget_of = BudgetOf::TimeSlices;
  CHECK(says(check_of(evidence_of({slices}, {counts("cart", 10, 0)}), "slo-budget"), "its budget counts time slices"));
  MeasuredLevels own = counts("cart", 40'320, 4);
  own.objective = "a";
  CHECK(check_of(evidence_of({slices}, {own}), "slo-budget").verdict == Verdict::Pass);
  ServiceObjective threshold = objective("cart", "a", k9995);
  threshold.kind = ObjectiveKind::Threshold;
  CHECK(says(check_of(evidence_of({threshold}, {counts("cart", 10, 0)}), "slo-budget"), "say nothing of a threshold"));
}

TEST_CASE("slo: counts of another window are no evidence", "[verification]") {
  ServiceObjective month = objective("cart", "a", k9995);
  month.window = ObjectiveWindow{Seconds::whole(28 * kDaySeconds), Seconds::whole(31 * kDaySeconds)};
  MeasuredLevels week = counts("cart", 10, 0);
  week.window = WindowDays::whole(7);
  const Check check = check_of(evidence_of({month}, {week}), "slo-budget");
  CHECK(check.verdict == Verdict::Inconclusive);
  CHECK(says(check, "the counts are of a window of 7 days, its own is 28 to 31 days"));
  week.window = WindowDays::whole(31);
  CHECK(check_of(evidence_of({month}, {week}), "slo-budget").verdict == Verdict::Pass);
  // Longer than the window.
  CHECK(says(check_of(evidence_of({month}, {counts("cart", 10, 0, 31)}), "slo-budget"), "the counts are of 31 days"));
}

TEST_CASE("slo: a 95th percentile decides what follows from it", "[verification]") {
  const auto verdict = [](std::int64_t target, std::int64_t p95) {
    ServiceObjective latency = objective("cart", "a", target);
    latency.kind = ObjectiveKind::Latency;
    latency.latency_limit = Milliseconds::whole(320);
    MeasuredLevels levels;
    levels.service = "cart";
    levels.latency_p95 = Milliseconds::whole(p95);
    return check_of(evidence_of({latency}, {levels}), "slo-latency").verdict;
  };
  CHECK(verdict(95'000'000, 320) == Verdict::Pass);
  CHECK(verdict(95'000'000, 321) == Verdict::Fail);
  // 95 % within the limit are 90 %, too, but not yet 99 %.
  CHECK(verdict(90'000'000, 300) == Verdict::Pass);
  CHECK(verdict(99'000'000, 300) == Verdict::Inconclusive);
  // More than 5 % beyond it are more than 1 %, but perhaps not 10 %.
  CHECK(verdict(99'000'000, 321) == Verdict::Fail);
  CHECK(verdict(90'000'000, 321) == Verdict::Inconclusive);
}

TEST_CASE("slo: coverage is held against the limit that was asked for", "[verification]") {
  SloEvidence evidence = evidence_of({objective("cart", "a", k9995), objective("auth", "a", k9995)});
  evidence.coverage.emplace("cart", MeasuredCoverage{Percent::from_steps(79'999'999), {"s.yaml", {4, 1}, ""}});
  CHECK(count_of(evidence, "slo-coverage") == 1);
  CHECK(check_of(evidence, "slo-coverage").verdict == Verdict::Fail);
  evidence.least_coverage = Percent::from_steps(79'999'999);
  const auto checks = slo_result(evidence, kPolicy).checks;
  // auth, of which nothing is known, comes first.
  REQUIRE(checks.size() == 4);
  CHECK(checks[1].verdict == Verdict::Inconclusive);
  CHECK(checks[3].verdict == Verdict::Pass);
}

TEST_CASE("slo: counts that find no objective are told", "[verification]") {
  MeasuredLevels named = counts("cart", 1, 0);
  named.objective = "eror";
  const SloEvidence evidence = evidence_of({objective("cart", "error", k9995)},
                                           {named, counts("crat", 1, 0), counts("cart", 1, 0), counts("cart", 2, 0)});
  const Issues issues = measured_issues(evidence);
  REQUIRE(issues.kept().size() == 3);
  CHECK(to_string(issues.kept()[0]) ==
        "counts.yaml:1:1: error: \"cart\" has no objective \"eror\" (did you mean error?)");
  CHECK(to_string(issues.kept()[1]) ==
        "counts.yaml:1:1: warning: \"crat\" has no objective, so that its counts are not judged (did you mean cart?)");
  CHECK(to_string(issues.kept()[2]) ==
        "counts.yaml:1:1: error: counts of \"cart\" stand there twice, first at counts.yaml:1");
}
