#include "migplan/verification/canary.hpp"

#include <algorithm>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/verification/binomial_bounds.hpp"
#include "migplan/verification/bootstrap.hpp"
#include "migplan/verification/latency_comparison.hpp"
#include "time_apart.hpp"

namespace migplan {
namespace {

enum Rule : std::size_t {
  kP99Delta,
  kDifference,
  kVersion,
  kSuccessRate,
  kP95,
  kHttp5xx,
  kSuccessWorse,
  kHttp5xxWorse,
  kP95Worse,
  kLatencyWorse
};

class Judge {
 public:
  Judge(const CanaryEvidence& evidence, const CanaryPolicy& policy, std::uint64_t seed)
      : evidence_(evidence), policy_(policy), seed_(seed) {}

  std::vector<Check> run() {
    p99_delta();
    difference();
    version();
    share_within(kSuccessRate, evidence_.new_side.success_rate, Percent::max() - policy_.success_rate, kSuccess);
    p95();
    share_within(kHttp5xx, evidence_.new_side.http_5xx, policy_.http_5xx, kAnswers5xx);
    share_not_worse(kSuccessWorse, evidence_.old_side.success_rate, evidence_.new_side.success_rate, kSuccess);
    share_not_worse(kHttp5xxWorse, evidence_.old_side.http_5xx, evidence_.new_side.http_5xx, kAnswers5xx);
    p95_not_worse();
    latency_not_worse();
    return std::move(checks_);
  }

 private:
  Check& add(Rule rule, const EvidencePlace& place) {
    Check& check = checks_.emplace_back();
    check.service = evidence_.service;
    check.rule = kCanaryRules[rule];
    check.source = place;
    return check;
  }

  void not_measured(Check& check, Text what) { check.message = say("{} is not measured", std::move(what)); }

  // Whether there are samples enough to say anything; else the check says so.
  bool has_enough(Check& check, std::uint64_t samples) {
    check.samples = samples;
    const auto least = static_cast<std::uint64_t>(policy_.least_samples.steps());
    if (samples >= least) return true;
    check.message = say("{}, {} needed", counted(samples, "{} sample", "{} samples"), least);
    return false;
  }

  // What two sides measured at different times says nothing of either against the other: the traffic was another.
  static bool is_of_another_time(Check& check, const std::optional<TimeWindow>& before,
                                 const std::optional<TimeWindow>& after) {
    const Text told = before && after ? time_apart(*after, *before) : Text();
    if (!told.empty()) check.message = say("the new side is of another time than the old one: it {}", told);
    return !told.empty();
  }

  void p99_delta() {
    const auto& pairs = evidence_.reconciled;
    if (pairs && pairs->p99_shift) return p99_by_bootstrap(*pairs);
    growth(kP99Delta, evidence_.old_side.p99, evidence_.new_side.p99, "the 99th percentile");
  }

  // How much a quantile has grown, by what both sides say of it.
  void growth(Rule rule, const std::optional<SignalLatency>& before, const std::optional<SignalLatency>& after,
              const Text& what) {
    Check& check = add(rule, after ? after->place : EvidencePlace{});
    check.unit = Milliseconds::unit();
    check.limit = number_of(policy_.p99_delta);
    if (!before || !after) return not_measured(check, say("{} of both sides", what));
    check.observed = number_of(after->value - before->value);
    const auto low = before->high ? std::optional(after->low - *before->high) : std::nullopt;
    const auto high = after->high ? std::optional(*after->high - before->low) : std::nullopt;
    if (!before->is_exact() || !after->is_exact()) show_bounds(check, low, high);
    if (!has_enough(check, std::min(before->samples, after->samples))) return;
    if (is_of_another_time(check, before->window, after->window)) return;
    decide_between(check, low, high, policy_.p99_delta);
    check.message += say("; {} ms before", trimmed(before->value));
  }

  static void show_bounds(Check& check, std::optional<Milliseconds> low, std::optional<Milliseconds> high) {
    if (low) check.low = number_of(*low);
    if (high) check.high = number_of(*high);
  }

  // A latency that lies between two bounds, either of which may be unknown, against the most that it may be.
  static void decide_between(Check& check, std::optional<Milliseconds> low, std::optional<Milliseconds> high,
                             Milliseconds limit) {
    if (high && *high <= limit) {
      check.verdict = Verdict::Pass;
    } else if (low && *low > limit) {
      check.verdict = Verdict::Fail;
    }
    if (low && low == high) {
      check.message = "by the stated percentile, no interval";
    } else if (check.verdict == Verdict::Inconclusive) {
      check.message = "the buckets of the histogram straddle the limit";
    } else {
      check.message = "by the buckets of the histogram";
    }
  }

  void p99_by_bootstrap(const ReconciledPairs& pairs) {
    Check& check = add(kP99Delta, pairs.place);
    const QuantileShift& shift = *pairs.p99_shift;
    check.unit = Milliseconds::unit();
    check.limit = number_of(policy_.p99_delta);
    check.observed = number_of(shift.shift);
    check.low = number_of(shift.low);
    check.high = number_of(shift.high);
    if (!has_enough(check, std::min(pairs.old_latencies, pairs.new_latencies))) return;
    if (shift.high <= policy_.p99_delta) {
      check.verdict = Verdict::Pass;
      check.message = "the whole interval lies within the limit";
    } else if (shift.low > policy_.p99_delta) {
      check.verdict = Verdict::Fail;
      check.message = "the whole interval lies beyond the limit";
    } else {
      check.message = "the interval straddles the limit";
    }
  }

  void difference() {
    const auto& pairs = evidence_.reconciled;
    Check& check = add(kDifference, pairs ? pairs->place : EvidencePlace{});
    check.unit = Percent::unit();
    check.limit = number_of(policy_.difference);
    if (!pairs) return not_measured(check, "the business difference");
    if (pairs->pairs == 0) return not_measured(check, "the business difference of any pair");
    const Tally tally{pairs->business_different, pairs->pairs};
    fill_bounds(check, tally);
    if (!has_enough(check, tally.trials)) return;
    // A share of exactly the limit, which must stay below, never has its bound within it.
    decide(check, tally, policy_.difference, counted(tally.events, "{} pair differs", "{} pairs differ"));
    if (pairs->missing == 0) return;
    // Whether a request on one side only is lost or cut off by the end of a dump is not known: it may be a difference.
    check.message += say("; {} on one side only", counted(pairs->missing, "{} request stands", "{} requests stand"));
    const Tally worst{tally.events + pairs->missing, tally.trials + pairs->missing};
    const bool is_settled = standing(worst, policy_.difference, policy_.confidence) == ShareStanding::Within;
    if (check.verdict == Verdict::Pass && !is_settled) check.verdict = Verdict::Inconclusive;
  }

  void version() {
    const auto& pairs = evidence_.reconciled;
    Check& check = add(kVersion, pairs ? pairs->place : EvidencePlace{});
    check.unit = Percent::unit();
    check.limit = number_of(policy_.version_equal);
    if (!pairs || pairs->version_compared == 0) return not_measured(check, "the version of any pair");
    const Tally different{pairs->version_different, pairs->version_compared};
    check.observed = number_of(Percent::max() - share_of(different));
    if (pairs->repeated_otherwise != 0) {
      check.samples = different.trials;
      check.verdict = Verdict::Fail;
      check.message = say("not idempotent: {} with other content",
                          counted(pairs->repeated_otherwise, "{} record is repeated", "{} records are repeated"));
      return;
    }
    if (!has_enough(check, different.trials)) return;
    const Text found = counted(different.events, "{} pair has another version", "{} pairs have another version");
    if (policy_.version_equal < Percent::max()) {
      return decide(check, different, Percent::max() - policy_.version_equal, found);
    }
    check.verdict = different.events == 0 ? Verdict::Pass : Verdict::Fail;
    check.message = different.events == 0 ? Text("every pair has one version") : found;
  }

  void fill_bounds(Check& check, const Tally& tally) {
    const ShareBounds bounds = one_sided_bounds(tally, policy_.confidence);
    check.observed = number_of(share_of(tally));
    check.low = number_of(bounds.low);
    check.high = number_of(bounds.high);
  }

  void decide(Check& check, const Tally& tally, Percent limit, const Text& found) {
    switch (standing(tally, limit, policy_.confidence)) {
      case ShareStanding::Within:
        check.verdict = Verdict::Pass;
        check.message = found;
        return;
      case ShareStanding::Beyond:
        check.verdict = Verdict::Fail;
        check.message = found;
        return;
      case ShareStanding::Open: break;
    }
    const auto needed = trials_still_needed(tally, limit, policy_.confidence);
    check.message = say("{}: the interval straddles the limit", found);
    if (needed) check.message += say(", {} more needed", *needed);
  }

  // A share of bad requests, and how people name and show it: some as the share of good ones.
  struct ShareSignal {
    std::string_view name, became;
    bool is_of_good;
    [[nodiscard]] std::optional<Number> show(Percent bad) const {
      return number_of(is_of_good ? Percent::max() - bad : bad);
    }
    void show(const ShareBounds& bad, Check& check) const {
      check.low = show(is_of_good ? bad.high : bad.low);
      check.high = show(is_of_good ? bad.low : bad.high);
    }
  };
  static constexpr ShareSignal kSuccess{"success rate", "failed", true},
      kAnswers5xx{"share of HTTP 5xx", "were answered so", false};

  static bool is_doubted(Check& check, const SignalShare& found) {
    if (!found.doubt.empty()) check.message = found.doubt;
    return !found.doubt.empty();
  }

  void share_within(Rule rule, const std::optional<SignalShare>& found, Percent greatest, const ShareSignal& signal) {
    Check& check = add(rule, found ? found->place : EvidencePlace{});
    check.unit = Percent::unit();
    check.limit = signal.show(greatest);
    if (!found) return not_measured(check, say("the {} of the new side", Text::word(signal.name)));
    check.observed = number_of(found->share);
    if (is_doubted(check, *found)) return;
    const Tally tally = found->tally.value_or(Tally{});
    if (!has_enough(check, tally.trials)) return;
    signal.show(one_sided_bounds(tally, policy_.confidence), check);
    decide(check, tally, greatest, say("{} of {} requests {}", tally.events, tally.trials, Text::word(signal.became)));
  }

  void p95() {
    const auto& found = evidence_.new_side.p95;
    Check& check = add(kP95, found ? found->place : EvidencePlace{});
    check.unit = Milliseconds::unit();
    check.limit = number_of(policy_.p95);
    if (!found) return not_measured(check, "the 95th percentile of the new side");
    check.observed = number_of(found->value);
    if (!found->is_exact()) show_bounds(check, found->low, found->high);
    if (has_enough(check, found->samples)) decide_between(check, found->low, found->high, policy_.p95);
  }

  // Worse is a new side whose whole interval lies beyond the old side's.
  void share_not_worse(Rule rule, const std::optional<SignalShare>& before, const std::optional<SignalShare>& after,
                       const ShareSignal& signal) {
    Check& check = add(rule, after ? after->place : EvidencePlace{});
    check.unit = Percent::unit();
    if (!before || !after) return not_measured(check, say("the {} of both sides", Text::word(signal.name)));
    check.observed = number_of(after->share);
    if (is_doubted(check, *before) || is_doubted(check, *after)) return;
    if (is_of_another_time(check, before->window, after->window)) return;
    const Tally old_tally = before->tally.value_or(Tally{}), new_tally = after->tally.value_or(Tally{});
    if (!has_enough(check, std::min(old_tally.trials, new_tally.trials))) return;
    const Percent most = one_sided_bounds(old_tally, policy_.confidence).high;
    const ShareBounds bounds = one_sided_bounds(new_tally, policy_.confidence);
    signal.show(bounds, check);
    check.limit = signal.show(most);
    check.message = say("the old side's is {} %, its interval ends at the limit", trimmed(before->share));
    if (share_of(new_tally) <= most) {
      check.verdict = Verdict::Pass;
    } else if (bounds.low > most) {
      check.verdict = Verdict::Fail;
    } else {
      check.message += ": the intervals overlap";
    }
  }

  void p95_not_worse() { growth(kP95Worse, evidence_.old_side.p95, evidence_.new_side.p95, "the 95th percentile"); }

  // Slower is a new side that is slower by more than the 99th percentile may grow.
  void latency_not_worse() {
    const auto &before = evidence_.old_latencies, &after = evidence_.new_latencies;
    if (before.values.empty() && after.values.empty()) return;
    Check& check = add(kLatencyWorse, after.place);
    check.samples = std::min(before.values.size(), after.values.size());
    check.unit = Milliseconds::unit();
    check.limit = number_of(policy_.p99_delta);
    if (check.samples == 0U) return not_measured(check, "the latency of both sides");
    if (is_of_another_time(check, before.window, after.window)) return;
    const Bootstrap bootstrap{.seed = seed_, .confidence = policy_.confidence};
    show_tail(check, compare_latencies(before.values, after.values, bootstrap).quantiles.back());
    std::vector<Milliseconds> forgiven;
    for (const Milliseconds value : after.values) {
      forgiven.push_back(std::max(Milliseconds{}, value - policy_.p99_delta));
    }
    const LatencyComparison found = compare_latencies(before.values, forgiven, bootstrap);
    const Text by = say("by more than {} ms", trimmed(policy_.p99_delta));
    switch (found.slowdown) {
      case Slowdown::NotShown:
        check.verdict = Verdict::Pass;
        check.message = say("neither the latencies as a whole nor their tail are greater {}", by);
        return;
      case Slowdown::Whole:
        check.verdict = Verdict::Fail;
        check.message = say("the new latencies are greater as a whole {}", by);
        return;
      case Slowdown::Tail:
        check.verdict = Verdict::Fail;
        check.message = say("the tail: {} new samples lie above {} ms, the old side's 99th percentile, {}",
                            found.beyond, trimmed(found.tail_from), by);
        return;
      case Slowdown::TooFew: check.message = say("{} samples a side needed", found.least); return;
    }
  }

  // Few samples have no quantiles.
  static void show_tail(Check& check, const QuantileDifference& tail) {
    if (tail.quantile == Percent{}) return;
    check.observed = number_of(tail.new_value - tail.old_value);
    if (tail.bounds) show_bounds(check, tail.bounds->low, tail.bounds->high);
  }

  const CanaryEvidence& evidence_;
  const CanaryPolicy& policy_;
  std::uint64_t seed_;
  std::vector<Check> checks_;
};

}  // namespace

std::vector<Check> canary_checks(const CanaryEvidence& evidence, const CanaryPolicy& policy, std::uint64_t seed) {
  return Judge(evidence, policy, seed).run();
}

std::string_view name_of(CanaryAction action) noexcept {
  switch (action) {
    case CanaryAction::Continue: return "continue";
    case CanaryAction::Hold: return "hold";
    case CanaryAction::RollBack: return "roll back";
  }
  return "";
}

CanaryAction action_of(std::span<const Check> checks) noexcept {
  const auto has = [checks](Verdict verdict) {
    return std::any_of(checks.begin(), checks.end(), [verdict](const Check& c) { return c.verdict == verdict; });
  };
  if (has(Verdict::Fail)) return CanaryAction::RollBack;
  return checks.empty() || has(Verdict::Inconclusive) ? CanaryAction::Hold : CanaryAction::Continue;
}

std::vector<RampStep> ramp_of(const CanaryPolicy& policy, std::optional<RequestsPerSecond> traffic) {
  const std::uint64_t pairs = trials_without_event(policy.difference, policy.confidence).value_or(0);
  std::vector<RampStep> steps;
  for (const Percent share : policy.ramp) {
    RampStep& step = steps.emplace_back();
    step.share = share;
    step.pairs = pairs;
    if (!traffic || traffic->steps() <= 0) continue;
    // pairs / (requests a second x share), rounded up to whole milliseconds.
    const Int128 numerator =
        static_cast<Int128>(pairs) * Seconds::scale() * RequestsPerSecond::scale() * Percent::max().steps();
    const Int128 denominator = Int128{traffic->steps()} * share.steps();
    const Int128 milliseconds = (numerator + denominator - 1) / denominator;
    if (milliseconds <= Seconds::max().steps())
      step.time = Seconds::from_steps(static_cast<std::int64_t>(milliseconds));
  }
  return steps;
}

std::optional<Percent> next_share(const CanaryPolicy& policy, Percent share) {
  const auto next = std::upper_bound(policy.ramp.begin(), policy.ramp.end(), share);
  return next == policy.ramp.end() ? std::nullopt : std::optional(*next);
}

}  // namespace migplan
