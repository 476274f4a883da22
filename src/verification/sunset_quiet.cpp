#include <limits>

#include "sunset_limit.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kAnyGap = std::numeric_limits<std::int64_t>::max();

// What disturbed the rest last.
struct Disturbance {
  std::int64_t time_ms = std::numeric_limits<std::int64_t>::min();
  Text text;
  EvidencePlace place;
};

class RestJudge {
 public:
  explicit RestJudge(const SunsetView& view) : view_(view) {}

  JudgedCheck run() {
    JudgedCheck result{view_.check(kQuiet, Hours::unit())};
    auto& [check, hold] = result;
    const LimitDemand demand{.needed_ms = milliseconds_of(view_.policy.quiet_hours)};
    check.limit = number_of(view_.policy.quiet_hours);
    hold.needed_ms = demand.needed_ms;
    hold.earliest_ms = view_.now_ms + demand.needed_ms;
    const auto requests = samples_in(view_.series.old_requests, view_.of_stage());
    check.samples = requests.size();
    if (requests.empty()) {
      check.message =
          say("{} is not measured since {}", name_of(SunsetColumn::OldRequests), timestamp_text(view_.stage.since_ms));
      return result;
    }
    LimitHistory rest =
        history_of(judged(requests, [](RawValue value) { return value > RawValue{}; }), view_.now_ms, view_.gap_ms);
    look_at_all(rest);
    check.source = last_.text.empty() ? view_.series.place(requests.front(), SunsetColumn::OldRequests) : last_.place;
    constexpr std::int64_t kHundredthMs = 36'000;
    check.observed = Number{rest.since_ms ? (view_.now_ms - *rest.since_ms) / kHundredthMs : 0, 2};
    if (is_disturbed_) {
      check.verdict = Verdict::Fail;
      check.message = say("{}: alarm", last_.text);
      hold.tripped_ms = last_.time_ms;
      return result;
    }
    judge_time(view_, "no anomaly", demand, rest, requests.back().time_ms, result);
    if (!last_.text.empty() && check.verdict != Verdict::Pass) check.message += say(" ({})", last_.text);
    return result;
  }

 private:
  void look_at_all(LimitHistory& rest) {
    look_at<RawValue>({SunsetColumn::OldRequests, RawValue{}}, view_.series.old_requests, rest);
    look_at<Percent>({SunsetColumn::NewSla, view_.question.sla_target, false}, view_.series.new_sla, rest);
    look_at<Percent>({SunsetColumn::ErrorRate, view_.policy.grey_error_rate}, view_.series.error_rate, rest);
    look_at<Percent>({SunsetColumn::Consistency, view_.policy.consistency, false}, view_.series.consistency, rest);
    look_at<Milliseconds>({SunsetColumn::P99, view_.policy.grey_p99}, view_.series.p99, rest);
  }

  // Gaps of the other columns are no matter: the stage asks for none of them.
  template <class Q>
  void look_at(const ColumnLimit<Q>& limit, const std::vector<Timed<Q>>& column, LimitHistory& rest) {
    const auto samples = samples_in(column, view_.of_stage());
    std::vector<JudgedSample> standing;
    if constexpr (std::is_same_v<Q, Milliseconds>) {
      standing = standing_of_p99(view_, samples);
    } else {
      standing = judged(samples, [&limit](Q value) { return limit.is_beyond(value); });
    }
    const LimitHistory own = history_of(standing, view_.now_ms, kAnyGap);
    if (!samples.empty()) {
      rest.since_ms =
          rest.since_ms && own.since_ms ? std::optional(std::max(*rest.since_ms, *own.since_ms)) : std::nullopt;
    }
    if (!own.breach) return;
    const Timed<Q>& last = samples[own.breach->last];
    is_disturbed_ = is_disturbed_ || own.breach->last + 1 == samples.size();
    if (last.time_ms <= last_.time_ms) return;
    last_ = {last.time_ms,
             say("{} {}; limit {}", name_of(limit.column), breach_text(samples, *own.breach), limit_text(limit)),
             view_.series.place(last, limit.column)};
  }

  const SunsetView& view_;
  Disturbance last_;
  bool is_disturbed_ = false;  // by what is known last of some column
};

}  // namespace

JudgedCheck quiet_check(const SunsetView& view) { return RestJudge(view).run(); }

}  // namespace migplan
