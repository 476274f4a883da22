#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/verification/sunset.hpp"
#include "sunset_hold.hpp"

namespace migplan {

// Places in kSunsetRules.
enum SunsetRule : std::size_t {
  kEvidence,
  kGreyP99,
  kGreyErrors,
  kOnTarget,
  kConsistency,
  kCdcDelay,
  kOldRequests,
  kQuiet
};

[[nodiscard]] constexpr std::int64_t milliseconds_of(Hours hours) noexcept { return hours.steps() * 3600 * 1000; }
[[nodiscard]] constexpr std::int64_t milliseconds_of(CalendarDays days) noexcept {
  return days.steps() * 24 * 3600 * 1000;
}
[[nodiscard]] constexpr std::int64_t milliseconds_of(Seconds seconds) noexcept {
  static_assert(Seconds::kDecimals == 3, "steps of seconds are milliseconds");
  return seconds.steps();
}

// "3.5 days", "26 h", "120 s"; rounded down.
[[nodiscard]] Text duration_text(std::int64_t duration_ms);

// A bound of one column.
template <class Q>
struct ColumnLimit {
  SunsetColumn column;
  Q bound;
  bool is_greatest = true;  // else it is the least

  [[nodiscard]] bool is_beyond(Q value) const noexcept { return is_greatest ? value > bound : value < bound; }
};

// What a check asks of its limit.
struct LimitDemand {
  std::int64_t needed_ms = 0;                                      // to be kept for so long
  std::int64_t counts_ms = 0;                                      // a breach counts for so long
  Text consequence{};                                              // of a breach: ": roll back and alarm"
  bool heals = false;                                              // nobody has to roll back, time will do
  Text open = "for how long it is beyond its limit is not known";  // of a last open sample
};

// What everything is judged by.
struct SunsetView {
  const SunsetSeries& series;
  const SunsetPolicy& policy;
  const SunsetQuestion& question;
  StageSince stage;  // of no meaning where it is not known
  std::int64_t now_ms, gap_ms;

  [[nodiscard]] TimeSpan of_stage() const noexcept { return {stage.since_ms, now_ms}; }
  [[nodiscard]] Check check(SunsetRule rule, std::string_view unit) const {
    return {.service = series.service, .rule = kSunsetRules[rule], .unit = unit};
  }
};

struct JudgedCheck {
  Check check;
  SunsetHold hold{};
};

[[nodiscard]] std::vector<JudgedSample> standing_of_p99(const SunsetView& view,
                                                        std::span<const Timed<Milliseconds>> samples);

// One rule, one function.
[[nodiscard]] JudgedCheck evidence_check(const SunsetView& view, bool is_stage_known);
[[nodiscard]] JudgedCheck grey_p99_check(const SunsetView& view);
[[nodiscard]] JudgedCheck grey_errors_check(const SunsetView& view);
[[nodiscard]] JudgedCheck on_target_check(const SunsetView& view);
[[nodiscard]] JudgedCheck consistency_check(const SunsetView& view);
[[nodiscard]] std::optional<JudgedCheck> cdc_delay_check(const SunsetView& view);  // null = not measured
[[nodiscard]] JudgedCheck old_requests_check(const SunsetView& view);
[[nodiscard]] JudgedCheck quiet_check(const SunsetView& view);

}  // namespace migplan
