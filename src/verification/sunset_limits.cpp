#include <array>
#include <utility>

#include "sunset_limit.hpp"

namespace migplan {
namespace {

constexpr const char* kRollBack = ": roll back and alarm";

}  // namespace

Text duration_text(std::int64_t duration_ms) {
  constexpr std::int64_t kSecond = 1000, kHour = 3600 * kSecond, kDay = 24 * kHour;
  const auto in = [duration_ms](std::int64_t unit_ms) {
    constexpr int kShown = 2;
    return trimmed(duration_ms / (unit_ms / 100), kShown);
  };
  if (duration_ms >= 4 * kDay) return say("{} days", in(kDay));
  return duration_ms >= 2 * kHour ? say("{} h", in(kHour)) : say("{} s", in(kSecond));
}

void judge_time(const SunsetView& view, const Text& limit, const LimitDemand& demand, const LimitHistory& history,
                std::int64_t last_ms, JudgedCheck& judged) {
  auto& [check, hold] = judged;
  hold.since_ms = history.since_ms;
  hold.needed_ms = demand.needed_ms;
  hold.earliest_ms = history.since_ms.value_or(view.now_ms) + demand.needed_ms;
  if (history.is_stale) {
    check.message = say("no sample between {} and {}: {} are not known, {} are allowed", timestamp_text(last_ms),
                        timestamp_text(view.now_ms), duration_text(view.now_ms - last_ms), duration_text(view.gap_ms));
    return;
  }
  if (!history.since_ms) {
    check.message = say("{} at {}; limit {}", demand.open, timestamp_text(last_ms), limit);
    return;
  }
  check.message = say("{} since {}", limit, timestamp_text(*history.since_ms));
  const std::int64_t held_ms = view.now_ms - *history.since_ms;
  if (held_ms >= demand.needed_ms) {
    check.verdict = Verdict::Pass;
    return;
  }
  const bool is_behind_gap = history.gap && history.gap->to_ms == *history.since_ms;
  if (is_behind_gap) check.message += say(", after a gap from {} on", timestamp_text(history.gap->from_ms));
  check.message += say(": {} of {}, not before {}", duration_text(held_ms), duration_text(demand.needed_ms),
                       timestamp_text(*hold.earliest_ms));
}

std::vector<JudgedSample> standing_of_p99(const SunsetView& view, std::span<const Timed<Milliseconds>> samples) {
  const auto beyond = judged(samples, [&view](Milliseconds value) { return value > view.policy.grey_p99; });
  return judged_lasting(beyond, milliseconds_of(view.policy.grey_p99_for), view.gap_ms);
}

JudgedCheck grey_p99_check(const SunsetView& view) {
  const ColumnLimit<Milliseconds> limit{SunsetColumn::P99, view.policy.grey_p99};
  const std::int64_t needed_ms = milliseconds_of(view.policy.grey_hours);
  const auto samples = samples_in(view.series.p99, view.of_stage());
  const Text consequence =
      say(", above it for {}", duration_text(milliseconds_of(view.policy.grey_p99_for))) + kRollBack;
  return judge_limit(view, kGreyP99, limit,
                     {.needed_ms = needed_ms, .counts_ms = needed_ms, .consequence = consequence}, samples,
                     standing_of_p99(view, samples));
}

JudgedCheck grey_errors_check(const SunsetView& view) {
  const ColumnLimit<Percent> limit{SunsetColumn::ErrorRate, view.policy.grey_error_rate};
  const std::int64_t needed_ms = milliseconds_of(view.policy.grey_hours);
  const auto samples = samples_in(view.series.error_rate, view.of_stage());
  return judge_limit(view, kGreyErrors, limit,
                     {.needed_ms = needed_ms, .counts_ms = needed_ms, .consequence = kRollBack}, samples,
                     judged(samples, [&limit](Percent value) { return limit.is_beyond(value); }));
}

namespace {

// How far a service is on target that had all of the traffic. Where the stage is taken from the shares, samples of a
// time without them are open.
std::vector<JudgedSample> standing_of_sla(const SunsetView& view, const ColumnLimit<Percent>& limit,
                                          std::span<const Timed<Percent>> samples) {
  auto standing = judged(samples, [&limit](Percent value) { return limit.is_beyond(value); });
  if (view.question.stage) return standing;
  const std::vector<Timed<Percent>>& shares = view.series.new_share;
  std::size_t behind = 0;
  for (JudgedSample& sample : standing) {
    while (behind < shares.size() && shares[behind].time_ms <= sample.time_ms) ++behind;
    const bool is_known = behind != 0 && sample.time_ms - shares[behind - 1].time_ms <= view.gap_ms;
    if (!is_known && sample.standing == SampleStanding::Kept) sample.standing = SampleStanding::Open;
  }
  return standing;
}

// The sample of a time at which there is one.
const Timed<Percent>& sample_at(std::span<const Timed<Percent>> samples, std::int64_t time_ms) {
  return *std::find_if(samples.begin(), samples.end(),
                       [time_ms](const Timed<Percent>& sample) { return sample.time_ms == time_ms; });
}

}  // namespace

JudgedCheck on_target_check(const SunsetView& view) {
  const ColumnLimit<Percent> limit{SunsetColumn::NewSla, view.question.sla_target, false};
  const auto samples = samples_in(view.series.new_sla, view.of_stage());
  JudgedCheck judged_target = judge_limit(view, kOnTarget, limit,
                                          {.needed_ms = milliseconds_of(view.policy.on_target_days),
                                           .heals = true,
                                           .open = "how much of the traffic the new service had is not known"},
                                          samples, standing_of_sla(view, limit, samples));
  auto& [check, hold] = judged_target;
  if (hold.since_ms) check.source = view.series.place(sample_at(samples, *hold.since_ms), limit.column);
  if (check.observed) {
    constexpr std::int64_t kHundredthMs = std::int64_t{24} * 3600 * 10;
    check.observed = Number{hold.since_ms ? (view.now_ms - *hold.since_ms) / kHundredthMs : 0, 2};
  }
  check.limit = number_of(view.policy.on_target_days);
  check.unit = CalendarDays::unit();
  return judged_target;
}

JudgedCheck old_requests_check(const SunsetView& view) {
  const ColumnLimit<RawValue> limit{SunsetColumn::OldRequests, RawValue{}};
  const auto samples = samples_in(view.series.old_requests, view.of_stage());
  return judge_limit(view, kOldRequests, limit,
                     {.counts_ms = milliseconds_of(view.policy.quiet_hours), .consequence = ": alarm", .heals = true},
                     samples, judged(samples, [&limit](RawValue value) { return limit.is_beyond(value); }));
}

namespace {

// By a reconciliation. Whether a request that stands on one side only is lost or cut off by the end of a dump, it
// cannot tell.
JudgedCheck reconciled_check(const SunsetView& view, const ReconciledShare& reconciled) {
  const auto share = [&](std::uint64_t of) {
    return Percent::from_steps(
        static_cast<std::int64_t>(Int128{Percent::max().steps()} * static_cast<Int128>(reconciled.equal) / of));
  };
  JudgedCheck result{view.check(kConsistency, Percent::unit())};
  auto& [check, hold] = result;
  check.limit = number_of(view.policy.consistency);
  check.samples = reconciled.pairs;
  check.source = reconciled.place;
  hold.earliest_ms = view.now_ms;
  if (reconciled.pairs == 0) {
    check.message = "no pair was reconciled";
    return result;
  }
  const Percent observed = share(reconciled.pairs), low = share(reconciled.pairs + reconciled.missing);
  check.observed = number_of(observed);
  check.message = say("{} of {} pairs are equal; limit at least {}", reconciled.equal, reconciled.pairs,
                      value_text(view.policy.consistency));
  if (reconciled.missing != 0) {
    check.low = number_of(low);
    check.message += say("; {} requests stand on one side only, {} with them", reconciled.missing, value_text(low));
  }
  if (observed < view.policy.consistency) {
    check.verdict = Verdict::Fail;
    check.message += kRollBack;
    hold.earliest_ms.reset();
  } else if (low >= view.policy.consistency) {
    check.verdict = Verdict::Pass;
  }
  return result;
}

}  // namespace

JudgedCheck consistency_check(const SunsetView& view) {
  const ColumnLimit<Percent> limit{SunsetColumn::Consistency, view.policy.consistency, false};
  const auto samples = samples_in(view.series.consistency, view.of_stage());
  if (samples.empty() && view.question.reconciled) return reconciled_check(view, *view.question.reconciled);
  return judge_limit(view, kConsistency, limit,
                     {.counts_ms = milliseconds_of(view.policy.on_target_days), .consequence = kRollBack}, samples,
                     judged(samples, [&limit](Percent value) { return limit.is_beyond(value); }));
}

}  // namespace migplan
