#include <algorithm>
#include <span>
#include <utility>

#include "gate_rules.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/verification/bootstrap.hpp"

namespace migplan {
namespace {

using Runs = std::span<const LoadTest>;

// What the runs of one side come to.
struct Throughput {
  RequestsPerSecond rate;              // of successes
  std::vector<std::uint32_t> seconds;  // successes in each, run behind run; empty where a run has none
  Text lacking;                        // why there is no rate; empty = there is one
};

Text lacking_of(const LoadTest& run) {
  const std::string place = to_string(run.place);
  if (run.requests == std::uint64_t{0}) return say("{} made no request", place);
  if (!run.succeeded_rate) return say("{} does not say how many requests a second succeed", place);
  return {};
}

// Generators that ran side by side would have to be added up, runs one after the other must not be: nobody but the user
// knows whether two that overlap are one load.
Text overlap_of(Runs runs) {
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (std::size_t j = i + 1; j < runs.size(); ++j) {
      const auto a = window_of(runs[i]), b = window_of(runs[j]);
      if (!a || !b || a->began_ms >= b->ended_ms || b->began_ms >= a->ended_ms) continue;
      return say("{} and {} ran at the same time: give one load test of the whole load", to_string(runs[i].place),
                 to_string(runs[j].place));
    }
  }
  return {};
}

// The successes of all runs over the time of all runs; the plain mean where a run does not state its time.
RequestsPerSecond mean_rate(Runs runs) {
  const bool is_timed =
      std::all_of(runs.begin(), runs.end(), [](const LoadTest& run) { return run.duration > Seconds{}; });
  Int128 sum = 0, weights = 0;
  for (const LoadTest& run : runs) {
    const Int128 weight = is_timed ? run.duration->steps() : 1;
    sum += weight * run.succeeded_rate->steps();
    weights += weight;
  }
  return RequestsPerSecond::from_steps(divide_half_up(sum, weights));
}

std::vector<std::uint32_t> seconds_of(Runs runs) {
  std::vector<std::uint32_t> seconds;
  for (const LoadTest& run : runs) {
    if (run.succeeded.empty()) return {};
    seconds.insert(seconds.end(), run.succeeded.begin(), run.succeeded.end());
  }
  return seconds;
}

Throughput throughput_of(Runs runs, const char* side) {
  Throughput result;
  if (runs.empty()) {
    result.lacking = say("no load test of the {}", side);
    return result;
  }
  for (const LoadTest& run : runs) {
    if (Text reason = lacking_of(run); !reason.empty()) append_reason(result.lacking, std::move(reason));
  }
  if (Text reason = overlap_of(runs); !reason.empty()) append_reason(result.lacking, std::move(reason));
  if (!result.lacking.empty()) return result;
  result.rate = mean_rate(runs);
  result.seconds = seconds_of(runs);
  return result;
}

// Of the seconds that the bounds are drawn from, so that the lift lies between them.
RequestsPerSecond mean_of(const std::vector<std::uint32_t>& seconds) {
  Int128 sum = 0;
  for (const std::uint32_t count : seconds) sum += count;
  return RequestsPerSecond::from_steps(
      divide_half_up(sum * RequestsPerSecond::scale(), static_cast<Int128>(seconds.size())));
}

std::string rate_text(RequestsPerSecond rate) {
  constexpr int kShown = 2;
  constexpr std::int64_t kStep = RequestsPerSecond::scale() / 100;
  return trimmed(divide_half_up(rate.steps(), kStep), kShown);
}

Text failures_of(Runs runs) {
  std::uint64_t requests = 0, failed = 0;
  for (const LoadTest& run : runs) {
    requests += run.requests.value_or(0);
    failed += run.failed.value_or(0);
  }
  return failed == 0 ? Text() : say("; {} of the candidate's {} requests failed", failed, requests);
}

void judge_rates(Check& check, RequestsPerSecond before, RequestsPerSecond after, Percent limit) {
  const Percent lift = percent_of(after.steps() - before.steps(), before.steps());
  check.observed = number_of(lift);
  check.verdict = lift >= limit ? Verdict::Pass : Verdict::Fail;
  check.message = say("lift {} %, {} to {} successful requests/s, no interval; limit {} %", brief(lift),
                      rate_text(before), rate_text(after), trimmed(limit));
}

void judge_seconds(Check& check, const Throughput& before, const Throughput& after, const GatePolicy& policy) {
  const Percent lift = lift_of_means(before.seconds, after.seconds), limit = policy.throughput_lift;
  const auto bounds = lift_bounds(before.seconds, after.seconds, {.confidence = policy.confidence});
  check.observed = number_of(lift);
  check.samples = before.seconds.size() + after.seconds.size();
  check.message = say("lift {} %, {} to {} successful requests/s", brief(lift), rate_text(mean_of(before.seconds)),
                      rate_text(mean_of(after.seconds)));
  if (!bounds) {
    check.message += say("; {} and {} seconds are too few to tell what it is with {} % confidence",
                         before.seconds.size(), after.seconds.size(), trimmed(policy.confidence));
    return;
  }
  check.low = number_of(bounds->low);
  if (bounds->high) check.high = number_of(*bounds->high);
  const bool is_above = lift >= limit;
  const bool is_settled = is_above ? bounds->low >= limit : bounds->high && *bounds->high < limit;
  if (is_settled) check.verdict = is_above ? Verdict::Pass : Verdict::Fail;
  Text bound = is_above       ? say("{} % or more", brief(bounds->low))
               : bounds->high ? say("{} % or less", brief(*bounds->high))
                              : Text("not known to be less");
  check.message +=
      say(", {} with {} % confidence; limit {} %", std::move(bound), trimmed(policy.confidence), trimmed(limit));
  if (!is_settled) check.message += ": measure for longer";
}

}  // namespace

Check throughput_check(const GateEvidence& evidence, const GatePolicy& policy) {
  const Runs old_runs = evidence.baseline.load_tests, new_runs = evidence.candidate.load_tests;
  Check check{.service = evidence.service, .rule = kGateRules[0], .unit = Percent::unit()};
  check.limit = number_of(policy.throughput_lift);
  if (!new_runs.empty()) check.source = new_runs.front().place;
  Throughput before = throughput_of(old_runs, "baseline"), after = throughput_of(new_runs, "candidate");
  if (before.lacking.empty() && before.rate <= RequestsPerSecond{})
    before.lacking = "no request of the baseline succeeded";
  for (const Throughput* side : {&before, &after}) {
    if (!side->lacking.empty()) append_reason(check.message, side->lacking);
  }
  if (!check.message.empty()) return check;
  const bool has_seconds = !before.seconds.empty() && !after.seconds.empty() &&
                           std::any_of(before.seconds.begin(), before.seconds.end(), [](auto n) { return n != 0; });
  if (has_seconds) {
    judge_seconds(check, before, after, policy);
  } else {
    judge_rates(check, before.rate, after.rate, policy.throughput_lift);
  }
  check.message += failures_of(new_runs);
  return check;
}

}  // namespace migplan
