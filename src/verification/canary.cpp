#include "migplan/verification/canary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/verification/binomial_bounds.hpp"
#include "migplan/verification/bootstrap.hpp"
#include "migplan/verification/latency_comparison.hpp"

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

// Events of a share that was stated with the number of requests behind it, to the nearest whole one.
std::optional<Tally> tally_of(std::optional<Percent> share, std::optional<std::uint64_t> samples) {
  if (!share || !samples || *samples == 0) return std::nullopt;
  const auto events = divide_half_up(Int128{share->steps()} * static_cast<Int128>(*samples), Percent::max().steps());
  return Tally{static_cast<std::uint64_t>(events), *samples};
}

std::optional<Percent> complement(std::optional<Percent> share) {
  return share ? std::optional(Percent::max() - *share) : std::nullopt;
}

std::string count_text(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

class Judge {
 public:
  Judge(const CanaryEvidence& evidence, const CanaryPolicy& policy, std::uint64_t seed)
      : evidence_(evidence), policy_(policy), seed_(seed) {}

  std::vector<Check> run() {
    p99_delta();
    difference();
    version();
    share_within(kSuccessRate, complement(evidence_.new_side.success_rate), Percent::max() - policy_.success_rate,
                 "success rate", true);
    p95();
    share_within(kHttp5xx, evidence_.new_side.http_5xx, policy_.http_5xx, "share of HTTP 5xx", false);
    share_not_worse(kSuccessWorse, complement(evidence_.old_side.success_rate),
                    complement(evidence_.new_side.success_rate), "success rate", true);
    share_not_worse(kHttp5xxWorse, evidence_.old_side.http_5xx, evidence_.new_side.http_5xx, "share of HTTP 5xx",
                    false);
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

  void not_measured(Check& check, std::string_view what) { check.message = fmt::format("{} is not measured", what); }

  // Whether there are samples enough to say anything; else the check says so.
  bool has_enough(Check& check, std::uint64_t samples) {
    check.samples = samples;
    const auto least = static_cast<std::uint64_t>(policy_.least_samples.steps());
    if (samples >= least) return true;
    check.message = fmt::format("{}, {} needed", count_text(samples, "sample", "samples"), least);
    return false;
  }

  void p99_delta() {
    const auto& pairs = evidence_.reconciled;
    if (pairs && pairs->p99_shift) return p99_by_bootstrap(*pairs);
    Check& check = add(kP99Delta, evidence_.new_side.place);
    check.unit = Milliseconds::unit();
    check.limit = number_of(policy_.p99_delta);
    const auto &before = evidence_.old_side.p99, &after = evidence_.new_side.p99;
    if (!before || !after) return not_measured(check, "the 99th percentile of both sides");
    check.observed = number_of(*after - *before);
    if (!has_enough(check, samples_of_both())) return;
    check.verdict = *after - *before <= policy_.p99_delta ? Verdict::Pass : Verdict::Fail;
    check.message = "by the stated percentiles, no interval";
  }

  [[nodiscard]] std::uint64_t samples_of_both() const {
    return std::min(evidence_.old_side.samples.value_or(0), evidence_.new_side.samples.value_or(0));
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
    decide(check, tally, policy_.difference, count_text(tally.events, "pair differs", "pairs differ"));
  }

  void version() {
    const auto& pairs = evidence_.reconciled;
    Check& check = add(kVersion, pairs ? pairs->place : EvidencePlace{});
    check.unit = Percent::unit();
    check.limit = number_of(policy_.version_equal);
    if (!pairs || pairs->version_compared == 0) return not_measured(check, "the version of any pair");
    const Tally different{pairs->version_different, pairs->version_compared};
    check.observed = number_of(Percent::max() - share_of(different));
    if (!has_enough(check, different.trials)) return;
    const std::string found = count_text(different.events, "pair has another version", "pairs have another version");
    if (policy_.version_equal < Percent::max()) {
      return decide(check, different, Percent::max() - policy_.version_equal, found);
    }
    check.verdict = different.events == 0 ? Verdict::Pass : Verdict::Fail;
    check.message = different.events == 0 ? "every pair has one version" : found;
  }

  void fill_bounds(Check& check, const Tally& tally) {
    const ShareBounds bounds = one_sided_bounds(tally, policy_.confidence);
    check.observed = number_of(share_of(tally));
    check.low = number_of(bounds.low);
    check.high = number_of(bounds.high);
  }

  void decide(Check& check, const Tally& tally, Percent limit, const std::string& found) {
    switch (standing(tally, limit, policy_.confidence)) {
      case Standing::Within:
        check.verdict = Verdict::Pass;
        check.message = found;
        return;
      case Standing::Beyond:
        check.verdict = Verdict::Fail;
        check.message = found;
        return;
      case Standing::Open: break;
    }
    const auto needed = trials_still_needed(tally, limit, policy_.confidence);
    check.message = fmt::format("{}: the interval straddles the limit{}", found,
                                needed ? fmt::format(", {} more needed", *needed) : std::string());
  }

  // A share of bad events against its greatest; shown as the share of good ones where that is what people say.
  void share_within(Rule rule, std::optional<Percent> bad, Percent greatest, std::string_view what, bool is_good) {
    Check& check = add(rule, evidence_.new_side.place);
    const auto shown = [is_good](Percent share) { return number_of(is_good ? Percent::max() - share : share); };
    check.unit = Percent::unit();
    check.limit = shown(greatest);
    if (!bad) return not_measured(check, fmt::format("the {} of the new side", what));
    check.observed = shown(*bad);
    const auto tally = tally_of(bad, evidence_.new_side.samples);
    if (!has_enough(check, evidence_.new_side.samples.value_or(0))) return;
    const ShareBounds bounds = one_sided_bounds(*tally, policy_.confidence);
    check.low = shown(is_good ? bounds.high : bounds.low);
    check.high = shown(is_good ? bounds.low : bounds.high);
    decide(check, *tally, greatest, fmt::format("{} of {} requests", tally->events, tally->trials));
  }

  void p95() {
    Check& check = add(kP95, evidence_.new_side.place);
    check.unit = Milliseconds::unit();
    check.limit = number_of(policy_.p95);
    const auto& found = evidence_.new_side.p95;
    if (!found) return not_measured(check, "the 95th percentile of the new side");
    check.observed = number_of(*found);
    if (!has_enough(check, evidence_.new_side.samples.value_or(0))) return;
    check.verdict = *found <= policy_.p95 ? Verdict::Pass : Verdict::Fail;
    check.message = "by the stated percentile, no interval";
  }

  void share_not_worse(Rule rule, std::optional<Percent> before, std::optional<Percent> after, std::string_view what,
                       bool is_good) {
    Check& check = add(rule, evidence_.new_side.place);
    const auto shown = [is_good](Percent share) { return number_of(is_good ? Percent::max() - share : share); };
    check.unit = Percent::unit();
    if (!before || !after) return not_measured(check, fmt::format("the {} of both sides", what));
    check.observed = shown(*after);
    if (!has_enough(check, samples_of_both())) return;
    const ShareBounds old_bounds = one_sided_bounds(*tally_of(before, evidence_.old_side.samples), policy_.confidence);
    check.limit = shown(old_bounds.high);
    check.verdict = *after <= old_bounds.high ? Verdict::Pass : Verdict::Fail;
    check.message = fmt::format("the old side's is {}, its interval ends at the limit",
                                trimmed(is_good ? Percent::max() - *before : *before));
  }

  void p95_not_worse() {
    Check& check = add(kP95Worse, evidence_.new_side.place);
    check.unit = Milliseconds::unit();
    const auto &before = evidence_.old_side.p95, &after = evidence_.new_side.p95;
    if (!before || !after) return not_measured(check, "the 95th percentile of both sides");
    check.observed = number_of(*after);
    check.limit = number_of(*before + policy_.p99_delta);
    if (!has_enough(check, samples_of_both())) return;
    check.verdict = *after <= *before + policy_.p99_delta ? Verdict::Pass : Verdict::Fail;
    check.message = fmt::format("the old side's is {} ms; what the 99th may grow, it may", trimmed(*before));
  }

  void latency_not_worse() {
    const auto &before = evidence_.old_latencies, &after = evidence_.new_latencies;
    if (before.values.empty() && after.values.empty()) return;
    Check& check = add(kLatencyWorse, after.place);
    check.samples = std::min(before.values.size(), after.values.size());
    check.unit = Milliseconds::unit();
    const LatencyComparison found =
        compare_latencies(before.values, after.values, {.seed = seed_, .confidence = policy_.confidence});
    const QuantileDifference& tail = found.quantiles.back();
    check.observed = number_of(tail.new_value - tail.old_value);
    if (tail.bounds) {
      check.low = number_of(tail.bounds->low);
      check.high = number_of(tail.bounds->high);
    }
    switch (found.slowdown) {
      case Slowdown::NotShown:
        check.verdict = Verdict::Pass;
        check.message = "neither the latencies as a whole nor their tail are greater";
        return;
      case Slowdown::Whole:
        check.verdict = Verdict::Fail;
        check.message = "the new latencies are greater as a whole";
        return;
      case Slowdown::Tail:
        check.verdict = Verdict::Fail;
        check.message = fmt::format("{} new samples lie above {} ms, the old side's 99th percentile", found.beyond,
                                    trimmed(found.tail_from));
        return;
      case Slowdown::TooFew: check.message = fmt::format("{} samples a side needed", found.least); return;
    }
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
