#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "migplan/base/decimal.hpp"
#include "migplan/base/timestamp.hpp"
#include "sunset_rules.hpp"

// How the limit of one column is judged.
namespace migplan {

// "99.98 %", "8000 ms", "3 requests"
template <class Q>
[[nodiscard]] Text value_text(Q value) {
  if constexpr (std::is_same_v<Q, RawValue>) {
    return value == RawValue::whole(1) ? say("{} request", "1") : say("{} requests", trimmed(value));
  }
  return Text::verbatim(fmt::format("{} {}", trimmed(value), std::is_same_v<Q, Percent> ? "%" : Q::unit()));
}

template <class Q>
[[nodiscard]] Text limit_text(const ColumnLimit<Q>& limit) {
  if constexpr (std::is_same_v<Q, RawValue>) return "no request";
  return limit.is_greatest ? say("at most {}", value_text(limit.bound)) : say("at least {}", value_text(limit.bound));
}

// Fills in what time alone decides: the limit has been kept for so long, or not yet.
void judge_time(const SunsetView& view, const Text& limit, const LimitDemand& demand, const LimitHistory& history,
                std::int64_t last_ms, JudgedCheck& judged);

// The worst of the samples in that time; there is one.
template <class Q>
[[nodiscard]] const Timed<Q>& worst_since(const ColumnLimit<Q>& limit, std::span<const Timed<Q>> samples,
                                          std::int64_t since_ms) {
  const Timed<Q>* worst = &samples.back();
  for (const Timed<Q>& sample : samples) {
    if (sample.time_ms < since_ms) continue;
    if (limit.is_greatest ? sample.value > worst->value : sample.value < worst->value) worst = &sample;
  }
  return *worst;
}

// "99.98 % at 2024-07-03T10:00:00Z, and until 2024-07-03T10:10:00Z"
template <class Q>
[[nodiscard]] Text breach_text(std::span<const Timed<Q>> samples, const SampleRun& breach) {
  Text text = say("{} at {}", value_text(samples[breach.first].value), timestamp_text(samples[breach.first].time_ms));
  if (breach.first != breach.last) text += say(", and until {}", timestamp_text(samples[breach.last].time_ms));
  return text;
}

// Whether the last breach still decides: it is the last thing that is known, or young enough.
template <class Q>
[[nodiscard]] bool counts(const SunsetView& view, const LimitDemand& demand, std::span<const Timed<Q>> samples,
                          const LimitHistory& history) {
  if (!history.breach) return false;
  const bool is_last = history.breach->last + 1 == samples.size();
  return is_last || view.now_ms - samples[history.breach->last].time_ms < demand.counts_ms;
}

template <class Q>
[[nodiscard]] JudgedCheck judge_limit(const SunsetView& view, SunsetRule rule, const ColumnLimit<Q>& limit,
                                      const LimitDemand& demand, std::span<const Timed<Q>> samples,
                                      std::span<const JudgedSample> standing) {
  JudgedCheck judged{view.check(rule, Q::unit())};
  Check& check = judged.check;
  SunsetHold& hold = judged.hold;
  check.limit = number_of(limit.bound);
  check.samples = samples.size();
  hold.needed_ms = demand.needed_ms;
  if (samples.empty()) {
    hold.earliest_ms = view.now_ms + demand.needed_ms;
    check.message = say("{} is not measured since {}", name_of(limit.column), timestamp_text(view.stage.since_ms));
    return judged;
  }
  const LimitHistory history = history_of(standing, view.now_ms, view.gap_ms);
  const auto show = [&](const Timed<Q>& sample) {
    check.observed = number_of(sample.value);
    check.source = view.series.place(sample, limit.column);
  };
  if (!counts(view, demand, samples, history)) {
    show(worst_since(limit, samples, history.since_ms.value_or(samples.back().time_ms)));
    judge_time(view, limit_text(limit), demand, history, samples.back().time_ms, judged);
    return judged;
  }
  const Timed<Q>& tripped = samples[history.breach->first];
  show(tripped);
  check.verdict = Verdict::Fail;
  check.message = say("{}; limit {}", breach_text(samples, *history.breach), limit_text(limit)) + demand.consequence;
  hold.since_ms = history.since_ms;
  hold.tripped_ms = tripped.time_ms;
  if (demand.heals) {
    hold.earliest_ms = std::max(history.since_ms.value_or(view.now_ms) + demand.needed_ms,
                                samples[history.breach->last].time_ms + demand.counts_ms);
  }
  return judged;
}

}  // namespace migplan
