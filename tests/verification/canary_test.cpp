#include "migplan/verification/canary.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace migplan;

namespace {

constexpr std::uint64_t kSeed = 1;

CanaryPolicy policy() {
  CanaryPolicy rules;
  rules.p99_delta = Milliseconds::whole(50);
  rules.difference = Percent::from_steps(1000);  // 0.001 %
  rules.version_equal = Percent::whole(100);
  rules.success_rate = Percent::from_steps(99'950'000);
  rules.p95 = Milliseconds::whole(320);
  rules.http_5xx = Percent::from_steps(50'000);
  rules.least_samples = Count::whole(50);
  rules.confidence = Percent::whole(95);
  rules.ramp = {Percent::whole(1), Percent::whole(5), Percent::whole(20), Percent::whole(50), Percent::whole(100)};
  return rules;
}

ReconciledPairs pairs(std::uint64_t count, std::uint64_t different = 0, std::uint64_t versions = 0) {
  ReconciledPairs found;
  found.pairs = found.version_compared = found.old_latencies = found.new_latencies = count;
  found.business_different = different;
  found.version_different = versions;
  found.p99_shift = QuantileShift{Milliseconds::whole(10), Milliseconds::whole(5), Milliseconds::whole(15)};
  return found;
}

constexpr std::uint64_t kRequests = 1'000'000;

SignalShare failing(std::uint64_t bad, std::uint64_t requests = kRequests) {
  return {Percent::max() - share_of({bad, requests}), Tally{bad, requests}, {}};
}
SignalShare answered_5xx(std::uint64_t bad, std::uint64_t requests = kRequests) {
  return {share_of({bad, requests}), Tally{bad, requests}, {}};
}
SignalLatency stated(Milliseconds value, std::uint64_t samples = kRequests) {
  return {value, value, value, samples, {}};
}
// A quantile that lies in a bucket of a histogram.
SignalLatency in_bucket(std::int64_t value, std::int64_t low, std::optional<std::int64_t> high) {
  SignalLatency latency{Milliseconds::whole(value), Milliseconds::whole(low), {}, kRequests, {}};
  if (high) latency.high = Milliseconds::whole(*high);
  return latency;
}

GoldenSignals good_signals() {
  GoldenSignals signals;
  signals.success_rate = failing(100);
  signals.http_5xx = answered_5xx(50);
  signals.p95 = stated(Milliseconds::whole(200));
  signals.p99 = stated(Milliseconds::whole(300));
  return signals;
}

CanaryEvidence good_evidence() {
  CanaryEvidence evidence;
  evidence.service = "trade-settlement";
  evidence.reconciled = pairs(1'000'000);
  evidence.old_side = evidence.new_side = good_signals();
  return evidence;
}

Check check_of(const CanaryEvidence& evidence, std::string_view rule) {
  const auto checks = canary_checks(evidence, policy(), kSeed);
  const auto found = std::find_if(checks.begin(), checks.end(), [rule](const Check& c) { return c.rule == rule; });
  REQUIRE(found != checks.end());
  return *found;
}

CanaryAction action(const CanaryEvidence& evidence) { return action_of(canary_checks(evidence, policy(), kSeed)); }

}  // namespace

TEST_CASE("canary: good evidence goes on, none holds", "[verification]") {
  for (const Check& check : canary_checks(good_evidence(), policy(), kSeed)) {
    CAPTURE(check.rule, check.message);
    CHECK(check.verdict == Verdict::Pass);
  }
  CHECK(action(good_evidence()) == CanaryAction::Continue);
  CHECK(action(CanaryEvidence{}) == CanaryAction::Hold);
  CHECK(action_of({}) == CanaryAction::Hold);
}

TEST_CASE("canary: the growth of the 99th percentile is judged by its whole interval", "[verification]") {
  const auto verdict = [](std::int64_t low, std::int64_t high) {
    CanaryEvidence evidence = good_evidence();
    evidence.reconciled->p99_shift =
        QuantileShift{Milliseconds::whole((low + high) / 2), Milliseconds::whole(low), Milliseconds::whole(high)};
    return check_of(evidence, "canary-p99-delta").verdict;
  };
  CHECK(verdict(-400, -200) == Verdict::Pass);  // a faster service never fails
  CHECK(verdict(20, 50) == Verdict::Pass);      // the limit is kept when it is reached exactly
  CHECK(verdict(20, 51) == Verdict::Inconclusive);
  CHECK(verdict(50, 90) == Verdict::Inconclusive);
  CHECK(verdict(51, 90) == Verdict::Fail);
}

TEST_CASE("canary: without a reconciliation the stated percentiles decide", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.reconciled->p99_shift.reset();
  CHECK(check_of(evidence, "canary-p99-delta").verdict == Verdict::Pass);
  evidence.new_side.p99 = stated(Milliseconds::whole(351));
  const Check slower = check_of(evidence, "canary-p99-delta");
  CHECK(slower.verdict == Verdict::Fail);
  CHECK(slower.observed->steps == 51'000);
  CHECK_FALSE(slower.low);
  evidence.new_side.p99 = stated(Milliseconds::whole(351), 49);
  CHECK(check_of(evidence, "canary-p99-delta").verdict == Verdict::Inconclusive);
}

TEST_CASE("canary: a quantile of a histogram is no more exact than its bucket", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  const auto verdict = [&](std::string_view rule, const SignalLatency& latency) {
    evidence.new_side.p95 = evidence.new_side.p99 = latency;
    evidence.reconciled->p99_shift.reset();
    return check_of(evidence, rule).verdict;
  };
  // The limit of the 95th percentile is 320 ms.
  CHECK(verdict("canary-p95", in_bucket(290, 250, 320)) == Verdict::Pass);
  CHECK(verdict("canary-p95", in_bucket(290, 250, 500)) == Verdict::Inconclusive);
  CHECK(verdict("canary-p95", in_bucket(400, 321, 500)) == Verdict::Fail);
  CHECK(verdict("canary-p95", in_bucket(250, 250, std::nullopt)) == Verdict::Inconclusive);
  CHECK(verdict("canary-p95", in_bucket(1000, 1000, std::nullopt)) == Verdict::Fail);
  // Both sides in buckets of 250 to 500 ms: the growth is known to +-250 ms, the limit is 50.
  evidence.old_side.p99 = in_bucket(400, 250, 500);
  CHECK(verdict("canary-p99-delta", in_bucket(410, 250, 500)) == Verdict::Inconclusive);
  CHECK(verdict("canary-p99-delta", in_bucket(700, 551, 1000)) == Verdict::Fail);
  CHECK(verdict("canary-p99-delta", in_bucket(200, 100, 300)) == Verdict::Pass);  // 300 - 250 = 50 at most
}

TEST_CASE("canary: sides of different times are not compared, each is still held against the limits",
          "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.reconciled->p99_shift.reset();
  const auto measure = [](GoldenSignals& side, std::int64_t began_ms) {
    const TimeWindow window{began_ms, began_ms + 60'000};
    side.success_rate->window = side.http_5xx->window = side.p95->window = side.p99->window = window;
  };
  const std::vector<std::string_view> comparing{"canary-p99-delta", "canary-success-worse", "canary-5xx-worse",
                                                "canary-p95-worse"};
  measure(evidence.old_side, 0);
  measure(evidence.new_side, 60'000);  // the last instant of one is the first of the other
  for (const std::string_view rule : comparing) CHECK(check_of(evidence, rule).verdict == Verdict::Pass);
  measure(evidence.new_side, 62'500);
  for (const std::string_view rule : comparing) {
    const Check check = check_of(evidence, rule);
    CHECK(check.verdict == Verdict::Inconclusive);
    CHECK(check.message == "the new side is of another time than the old one: it begins 2.5 s after that ends");
  }
  CHECK(check_of(evidence, "canary-success-rate").verdict == Verdict::Pass);
  CHECK(check_of(evidence, "canary-p95").verdict == Verdict::Pass);
}

TEST_CASE("canary: 299,572 pairs without a difference show the bound, one less does not", "[verification]") {
  // n >= ln 0.05 / ln(1 - 0.00001) = 299,571.8
  const auto verdict = [](std::uint64_t count, std::uint64_t different) {
    CanaryEvidence evidence = good_evidence();
    evidence.reconciled = pairs(count, different);
    return check_of(evidence, "canary-difference").verdict;
  };
  CHECK(verdict(299'572, 0) == Verdict::Pass);
  CHECK(verdict(299'571, 0) == Verdict::Inconclusive);
  CHECK(verdict(49, 0) == Verdict::Inconclusive);
  // One of 1000: even the lower bound, 1 - 0.95^(1/1000) = 0.0051 %, lies beyond 0.001 %.
  CHECK(verdict(1000, 1) == Verdict::Fail);
  // One of 100,000 is the limit itself, which must not be reached.
  CHECK(verdict(100'000, 1) == Verdict::Inconclusive);
  // Five of 10 million are 0.00005 %, the upper bound 10.51 / 10^7 = 0.000105 %.
  CHECK(verdict(10'000'000, 5) == Verdict::Pass);
}

TEST_CASE("canary: requests that stand on one side only may be differences", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.reconciled = pairs(10'000'000);
  evidence.reconciled->missing = 5;  // five of ten million stay within 0.001 %, if they were differences
  CHECK(check_of(evidence, "canary-difference").verdict == Verdict::Pass);
  evidence.reconciled->missing = 400'000;
  const Check lost = check_of(evidence, "canary-difference");
  CHECK(lost.verdict == Verdict::Inconclusive);
  CHECK(lost.message == "0 pairs differ; 400000 requests stand on one side only");
  CHECK(action(evidence) == CanaryAction::Hold);
}

TEST_CASE("canary: a record repeated with other content is not idempotent", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.reconciled->repeated_otherwise = 1;
  const Check repeated = check_of(evidence, "canary-version");
  CHECK(repeated.verdict == Verdict::Fail);
  CHECK(repeated.message == "not idempotent: 1 record is repeated with other content");
}

TEST_CASE("canary: a signal in doubt decides nothing", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.new_side.http_5xx->doubt = "7 requests have no status";
  const Check doubted = check_of(evidence, "canary-http-5xx");
  CHECK(doubted.verdict == Verdict::Inconclusive);
  CHECK(doubted.message == "7 requests have no status");
  CHECK(check_of(evidence, "canary-5xx-worse").verdict == Verdict::Inconclusive);
}

TEST_CASE("canary: a slowdown by less than the 99th percentile may grow is none", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  const auto verdict = [&evidence](std::int64_t slower) {
    evidence.old_latencies.values.clear();
    evidence.new_latencies.values.clear();
    for (int i = 0; i < 400; ++i) {
      evidence.old_latencies.values.push_back(Milliseconds::whole(100 + i % 20));
      evidence.new_latencies.values.push_back(Milliseconds::whole(100 + i % 20 + slower));
    }
    return check_of(evidence, "canary-latency-worse");
  };
  CHECK(verdict(1).verdict == Verdict::Pass);
  CHECK(verdict(50).verdict == Verdict::Pass);
  CHECK(verdict(60).verdict == Verdict::Fail);
  CHECK(verdict(60).observed->steps == 60'000);
  evidence.new_latencies.values.clear();
  CHECK(check_of(evidence, "canary-latency-worse").verdict == Verdict::Inconclusive);
  CHECK_FALSE(check_of(evidence, "canary-latency-worse").observed);
}

TEST_CASE("canary: a single other version rolls back", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.reconciled = pairs(1'000'000, 0, 1);
  CHECK(check_of(evidence, "canary-version").verdict == Verdict::Fail);
  CHECK(action(evidence) == CanaryAction::RollBack);
}

TEST_CASE("canary: golden signals against their limits, with exact bounds", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.new_side.success_rate = failing(1000);  // 0.1 % bad of a million, limit 0.05 %
  CHECK(check_of(evidence, "canary-success-rate").verdict == Verdict::Fail);
  evidence.new_side.success_rate = failing(1, 1000);  // the bounds are 0.005 % and 0.47 %
  const Check open = check_of(evidence, "canary-success-rate");
  CHECK(open.verdict == Verdict::Inconclusive);
  CHECK(open.low->steps < open.observed->steps);
  CHECK(open.observed->steps < open.high->steps);
  evidence.new_side.success_rate->tally.reset();  // a share alone
  CHECK(check_of(evidence, "canary-success-rate").verdict == Verdict::Inconclusive);
  evidence.new_side.p95 = stated(Milliseconds::whole(320));
  CHECK(check_of(evidence, "canary-p95").verdict == Verdict::Pass);
  evidence.new_side.p95 = stated(Milliseconds::from_steps(320'001));
  CHECK(check_of(evidence, "canary-p95").verdict == Verdict::Fail);
  evidence.new_side.http_5xx = answered_5xx(600);
  CHECK(check_of(evidence, "canary-http-5xx").verdict == Verdict::Fail);
}

TEST_CASE("canary: within the limits, but worse than the old side's interval, rolls back", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  evidence.new_side.http_5xx = answered_5xx(200);  // 0.02 % where the old side has 0.005 % of a million
  CHECK(check_of(evidence, "canary-http-5xx").verdict == Verdict::Pass);
  const Check worse = check_of(evidence, "canary-5xx-worse");
  CHECK(worse.verdict == Verdict::Fail);
  // 50 of 10^6: the one-sided 95 % upper bound of a count of 50 is 63.29 (chi-square with 102 degrees of freedom / 2).
  CHECK(static_cast<double>(worse.limit->steps) == Approx(6329).margin(2));
  CHECK(action(evidence) == CanaryAction::RollBack);
}

TEST_CASE("canary: a single failure of few requests is not yet worse", "[verification]") {
  // 1 of 60 is 1.7 % where the old side's interval ends at 0.006 %, but by chance it comes as soon: the lower bound,
  // 1 - 0.95^(1/60) = 0.085 %, lies beyond, that of 1 of 1000, 0.005 %, does not.
  CanaryEvidence evidence = good_evidence();
  evidence.new_side.http_5xx = answered_5xx(1, 60);
  CHECK(check_of(evidence, "canary-5xx-worse").verdict == Verdict::Fail);
  evidence.new_side.http_5xx = answered_5xx(1, 1000);
  CHECK(check_of(evidence, "canary-5xx-worse").verdict == Verdict::Inconclusive);
  evidence.new_side.http_5xx = answered_5xx(0, 1000);
  CHECK(check_of(evidence, "canary-5xx-worse").verdict == Verdict::Pass);
}

TEST_CASE("canary: a tail that moves does not pass because the median did not", "[verification]") {
  CanaryEvidence evidence = good_evidence();
  for (int i = 0; i < 1000; ++i) {
    const Milliseconds usual = Milliseconds::whole(100 + i % 50);
    evidence.old_latencies.values.push_back(usual);
    evidence.new_latencies.values.push_back(i % 25 == 0 ? Milliseconds::whole(7000) : usual);
  }
  CHECK(check_of(evidence, "canary-latency-worse").verdict == Verdict::Fail);
  evidence.new_latencies = evidence.old_latencies;
  CHECK(check_of(evidence, "canary-latency-worse").verdict == Verdict::Pass);
  evidence.new_latencies.values.resize(3);
  evidence.old_latencies.values.resize(3);
  CHECK(check_of(evidence, "canary-latency-worse").verdict == Verdict::Inconclusive);
}

TEST_CASE("canary: the ramp tells the pairs and the time of each step", "[verification]") {
  const auto steps = ramp_of(policy(), RequestsPerSecond::whole(100));
  REQUIRE(steps.size() == 5);
  CHECK(steps[0].pairs == 299'572);
  CHECK(steps[0].time == Seconds::whole(299'572));          // one request a second
  CHECK(steps[1].time == Seconds::from_steps(59'914'400));  // five: 59,914.4 s
  CHECK(steps[4].time == Seconds::from_steps(2'995'720));   // a hundred: 2,995.72 s
  CHECK_FALSE(ramp_of(policy(), std::nullopt)[0].time);
  CHECK(next_share(policy(), Percent{}) == Percent::whole(1));
  CHECK(next_share(policy(), Percent::whole(5)) == Percent::whole(20));
  CHECK(next_share(policy(), Percent::whole(7)) == Percent::whole(20));
  CHECK_FALSE(next_share(policy(), Percent::whole(100)));
}
