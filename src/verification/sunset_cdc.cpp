#include "sunset_limit.hpp"

namespace migplan {
namespace {

using Delays = std::span<const Timed<Seconds>>;

// Samples beyond the limit, one behind the other: the first triggers the compensation, each further one says that a try
// has not helped.
struct Compensations {
  std::size_t count = 0, most_tries = 0;
  std::size_t open_tries = 0;  // of one that is not over
};

Compensations compensations_of(Delays delays, Seconds limit) {
  Compensations result;
  for (const Timed<Seconds>& delay : delays) {
    if (delay.value <= limit) {
      result.open_tries = 0;
      continue;
    }
    if (result.open_tries++ == 0) ++result.count;
    result.most_tries = std::max(result.most_tries, result.open_tries);
  }
  return result;
}

Text past_text(const Compensations& past) {
  if (past.count == 0) return {};
  return say("; {} so far, with {} in a row at most", counted(past.count, "{} compensation", "{} compensations"),
             counted(past.most_tries, "{} try", "{} tries"));
}

}  // namespace

std::optional<JudgedCheck> cdc_delay_check(const SunsetView& view) {
  const ColumnLimit<Seconds> limit{SunsetColumn::CdcDelay, view.policy.cdc_delay};
  const Delays delays = samples_in(view.series.cdc_delay, view.of_stage());
  if (delays.empty()) return std::nullopt;
  const Compensations past = compensations_of(delays, limit.bound);
  const auto tries = static_cast<std::size_t>(view.policy.cdc_tries.steps());
  JudgedCheck result{view.check(kCdcDelay, Seconds::unit())};
  auto& [check, hold] = result;
  check.limit = number_of(limit.bound);
  check.samples = delays.size();
  const auto standing = judged(delays, [&limit](Seconds value) { return limit.is_beyond(value); });
  const LimitHistory history = history_of(standing, view.now_ms, view.gap_ms);
  const Timed<Seconds>* shown = &delays.back();
  if (past.open_tries == 0) {
    judge_time(view, limit_text(limit), {}, history, delays.back().time_ms, result);
    check.message += past_text(past);
  } else {
    const std::size_t first = delays.size() - past.open_tries;
    const bool is_alarm = past.open_tries > tries;
    shown = &delays[is_alarm ? first + tries : delays.size() - 1];
    hold.tripped_ms = shown->time_ms;
    if (!is_alarm) hold.earliest_ms = view.now_ms;
    check.verdict = is_alarm ? Verdict::Fail : Verdict::Inconclusive;
    check.message =
        say("{} at {}; limit {}: {}", value_text(shown->value), timestamp_text(shown->time_ms), limit_text(limit),
            is_alarm ? say("{} tries of the compensation did not help, alarm", tries)
                     : say("try {} of {} of the compensation", past.open_tries, tries));
  }
  check.observed = number_of(shown->value);
  check.source = view.series.place(*shown, limit.column);
  return result;
}

}  // namespace migplan
