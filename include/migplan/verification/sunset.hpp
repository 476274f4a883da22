#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/model/verification_policy.hpp"
#include "migplan/verification/check.hpp"
#include "migplan/verification/sunset_series.hpp"

// How a long-tail service is switched off, step by step. models.md section 7. Times are milliseconds since the epoch,
// UTC; series are in order (put_in_order).
namespace migplan {

enum class SunsetStage : std::uint8_t { Observability, Grey, DualWrite, ReadOnly, Removed };
inline constexpr std::array<std::string_view, 5> kSunsetStages{"observability", "grey", "dual-write", "read-only",
                                                               "removed"};
[[nodiscard]] constexpr std::string_view name_of(SunsetStage stage) noexcept {
  return kSunsetStages[static_cast<std::size_t>(stage)];
}

struct StageSince {
  SunsetStage stage = SunsetStage::Observability;
  std::int64_t since_ms = 0;
  friend bool operator==(const StageSince&, const StageSince&) = default;
};

// The stage that shares and requests show at `now_ms`: no traffic on the new service is observability, a part of it
// grey, all of it dual write, and read-only while nobody asks the old service. A service is at rest when nobody has
// asked it for a day without gap; requests behind that are an alarm and no way back, and a smaller share is one only
// after a day. Where it is asked again before, it was dual write all the time. nullopt: no share is known.
[[nodiscard]] std::optional<StageSince> stage_of(const SunsetSeries& series, const SunsetPolicy& policy,
                                                 std::int64_t now_ms);
// Since when it is the stage that somebody says: since it last began by the same rules, or since the first sample.
[[nodiscard]] std::int64_t stage_begin(const SunsetSeries& series, const SunsetPolicy& policy, std::int64_t now_ms,
                                       SunsetStage stage);

// Since when the new service has all of the traffic that it has now; the moment itself where it has not.
[[nodiscard]] std::int64_t dual_write_begin(const SunsetSeries& series, const SunsetPolicy& policy,
                                            std::int64_t now_ms);

// What a reconciliation says where no series of consistency is: pairs that are equal, and requests that stand on one
// side only.
struct ReconciledShare {
  std::uint64_t pairs = 0, equal = 0, missing = 0;
  EvidencePlace place;
};

struct SunsetQuestion {
  std::int64_t now_ms = 0;                 // later samples are not looked at
  Percent sla_target;                      // of the new service
  std::optional<SunsetStage> stage{};      // as somebody says; null = as the series shows
  std::optional<std::int64_t> since_ms{};  // when that began; null = as the series shows
  std::optional<ReconciledShare> reconciled{};
};

inline constexpr std::array<std::string_view, 8> kSunsetRules{
    "sunset-evidence",    "sunset-grey-p99",  "sunset-grey-errors",  "sunset-on-target",
    "sunset-consistency", "sunset-cdc-delay", "sunset-old-requests", "sunset-quiet"};

// How long what a check asks has held.
struct SunsetHold {
  std::optional<std::int64_t> since_ms;     // without a break up to the moment; null = it does not hold
  std::int64_t needed_ms = 0;               // for so long
  std::optional<std::int64_t> tripped_ms;   // the sample that broke it and still counts
  std::optional<std::int64_t> earliest_ms;  // when it will have held so long; null = not before a rollback
};

struct SunsetAnswer {
  std::string service;
  std::int64_t now_ms = 0;
  std::optional<StageSince> stage;
  bool is_stated = false;  // the stage, by somebody
  std::vector<Check> checks;
  std::vector<SunsetHold> holds;  // of the checks, in their order
  std::vector<Text> notes;        // what the series says besides
};

// Whether the next step may be taken: what the present stage asks, in the order of kSunsetRules.
// - evidence: what the stage looks at is measured, and no older than the greatest gap.
// - grey-p99, grey-errors (grey): within their limits for grey_hours; a breach within that time rolls back.
// - on-target (dual write): the new service has reached its target in every sample of so many days.
// - consistency (dual write): the last sample reaches its limit; a breach within those days rolls back.
//   Read-only asks both, too, unless somebody says that it is read-only: at its begin, or by now.
// - cdc-delay (grey, dual write; where it is measured): within its limit; each sample beyond it is one more try of the
//   compensation, more than cdc_tries in a row are an alarm.
// - old-requests (read-only): any request within quiet_hours is an alarm.
// - quiet (read-only): no request, and nothing else that was measured beyond its limit, for quiet_hours.
// A gap longer than greatest_gap, up to the moment too, breaks "since": it is not known to be quiet. What has not held
// long enough is inconclusive.
[[nodiscard]] SunsetAnswer sunset_answer(const SunsetSeries& series, const SunsetPolicy& policy,
                                         const SunsetQuestion& question);

// The moment that a day means: its last sample, or its end where it has none.
[[nodiscard]] std::int64_t moment_of(const SunsetSeries& series, Date day);

enum class StepVerdict : std::uint8_t { Permitted, Refused, Wait };
[[nodiscard]] std::string_view name_of(StepVerdict verdict) noexcept;

struct SunsetStep {
  StepVerdict verdict = StepVerdict::Wait;
  bool lacks_evidence = false;                        // of something that the present stage asks
  std::optional<SunsetStage> to, after;               // the next step and the one behind it; null = there is none
  std::optional<std::int64_t> earliest_ms, after_ms;  // of both; null = not known before a rollback
};
// What the checks of an answer come to, exemptions applied: a failure refuses, unless it is of the target; anything
// else that has not passed waits.
[[nodiscard]] SunsetStep step_of(const SunsetAnswer& answer, std::span<const Check> checks, const SunsetPolicy& policy);

}  // namespace migplan
