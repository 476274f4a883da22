#include <algorithm>
#include <limits>
#include <span>

#include "migplan/verification/sunset.hpp"
#include "sunset_hold.hpp"

namespace migplan {
namespace {

// Nights and lunch hours are shorter: a service that nobody asks for a whole day is at rest.
constexpr std::int64_t kRestMs = std::int64_t{24} * 3600 * 1000;

// A time in which shares and requests show one stage, looked at by themselves.
struct ShownStage {
  SunsetStage stage = SunsetStage::Observability;
  std::int64_t begin_ms = 0;
  bool is_at_rest = false;  // read-only for a day without gap
};

constexpr bool is_full(SunsetStage stage) noexcept {
  return stage == SunsetStage::DualWrite || stage == SunsetStage::ReadOnly;
}

class ShownStages {
 public:
  ShownStages(const SunsetSeries& series, const SunsetPolicy& policy, std::int64_t now_ms)
      : gap_ms_(policy.greatest_gap.steps()) {
    constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
    const auto shares = samples_in(series.new_share, {kFirst, now_ms});
    const auto requests = samples_in(series.old_requests, {kFirst, now_ms});
    std::size_t i = 0, j = 0;
    while (i < shares.size() || j < requests.size()) {
      const bool is_share = j == requests.size() || (i < shares.size() && shares[i].time_ms <= requests[j].time_ms);
      const std::int64_t time_ms = is_share ? shares[i].time_ms : requests[j].time_ms;
      if (is_share) share_ = shares[i++].value;
      if (j < requests.size() && requests[j].time_ms == time_ms) take_requests(requests[j++]);
      if (share_) show(time_ms);
    }
  }
  [[nodiscard]] std::span<const ShownStage> all() const noexcept { return all_; }

 private:
  void take_requests(const Timed<RawValue>& sample) {
    const bool is_rest = sample.value == RawValue{};
    const bool goes_on = is_rest && rest_since_ms_ && sample.time_ms - asked_ms_ <= gap_ms_;
    if (!goes_on) rest_since_ms_ = is_rest ? std::optional(sample.time_ms) : std::nullopt;
    asked_ms_ = sample.time_ms;
  }

  [[nodiscard]] SunsetStage stage() const {
    if (*share_ <= Percent{}) return SunsetStage::Observability;
    if (*share_ < Percent::max()) return SunsetStage::Grey;
    return rest_since_ms_ ? SunsetStage::ReadOnly : SunsetStage::DualWrite;
  }

  void show(std::int64_t time_ms) {
    const SunsetStage shown = stage();
    if (all_.empty() || all_.back().stage != shown) all_.push_back({shown, time_ms});
    if (shown != SunsetStage::ReadOnly) return;
    const std::int64_t begin_ms = std::max(*rest_since_ms_, all_.back().begin_ms);
    all_.back().is_at_rest = all_.back().is_at_rest || asked_ms_ - begin_ms >= kRestMs;
  }

  std::int64_t gap_ms_;
  std::optional<Percent> share_;               // the last one that is known
  std::optional<std::int64_t> rest_since_ms_;  // null = the old service was asked last, or that is not measured
  std::int64_t asked_ms_ = 0;                  // when the requests were measured last
  std::vector<ShownStage> all_;
};

// The stages that a service went through.
std::vector<StageSince> stages_of(std::span<const ShownStage> shown, std::int64_t now_ms) {
  std::vector<StageSince> stages;
  std::int64_t full_since_ms = 0;
  bool is_at_rest = false;  // and stays it until the share says otherwise for a day
  const auto enter = [&stages](SunsetStage stage, std::int64_t since_ms) {
    if (stages.empty() || stages.back().stage != stage) stages.push_back({stage, since_ms});
  };
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const auto& [stage, begin_ms, rests] = shown[i];
    if (is_full(stage) && (i == 0 || !is_full(shown[i - 1].stage))) full_since_ms = begin_ms;
    if (is_at_rest) {
      const std::int64_t end_ms = i + 1 < shown.size() ? shown[i + 1].begin_ms : now_ms;
      if (is_full(stage) || end_ms - begin_ms < kRestMs) continue;
    }
    is_at_rest = rests;
    enter(stage, stage == SunsetStage::DualWrite ? full_since_ms : begin_ms);
  }
  return stages;
}

std::optional<std::int64_t> last_rest_begin(std::span<const Timed<RawValue>> requests) {
  std::optional<std::int64_t> begin_ms;
  bool was_asked = true;
  for (const Timed<RawValue>& sample : requests) {
    const bool is_asked = sample.value > RawValue{};
    if (was_asked && !is_asked) begin_ms = sample.time_ms;
    was_asked = is_asked;
  }
  return begin_ms;
}

}  // namespace

std::optional<StageSince> stage_of(const SunsetSeries& series, const SunsetPolicy& policy, std::int64_t now_ms) {
  const auto stages = stages_of(ShownStages(series, policy, now_ms).all(), now_ms);
  return stages.empty() ? std::nullopt : std::optional(stages.back());
}

std::int64_t dual_write_begin(const SunsetSeries& series, const SunsetPolicy& policy, std::int64_t now_ms) {
  const auto stages = stages_of(ShownStages(series, policy, now_ms).all(), now_ms);
  std::int64_t begin_ms = now_ms;
  for (auto stage = stages.rbegin(); stage != stages.rend() && is_full(stage->stage); ++stage) {
    begin_ms = stage->since_ms;
  }
  return begin_ms;
}

std::int64_t stage_begin(const SunsetSeries& series, const SunsetPolicy& policy, std::int64_t now_ms,
                         SunsetStage stage) {
  const auto stages = stages_of(ShownStages(series, policy, now_ms).all(), now_ms);
  const auto found =
      std::find_if(stages.rbegin(), stages.rend(), [stage](const StageSince& one) { return one.stage == stage; });
  if (found != stages.rend()) return found->since_ms;
  constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
  if (stage == SunsetStage::ReadOnly) {
    if (const auto begin_ms = last_rest_begin(samples_in(series.old_requests, {kFirst, now_ms}))) return *begin_ms;
  }
  std::int64_t first_ms = now_ms;
  visit_columns(series, [&first_ms](SunsetColumn, const auto& samples) {
    if (!samples.empty()) first_ms = std::min(first_ms, samples.front().time_ms);
  });
  return first_ms;
}

}  // namespace migplan
