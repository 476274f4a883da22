#include "migplan/verification/sunset.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/base/timestamp.hpp"
#include "sunset_rules.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kFirstTime = std::numeric_limits<std::int64_t>::min();

// How many times are behind the moment, of all columns.
std::size_t later_samples(const SunsetSeries& series, std::int64_t now_ms) {
  std::size_t later = 0;
  visit_columns(series, [&](SunsetColumn, const auto& samples) {
    later += samples.size() - samples_in(samples, {kFirstTime, now_ms}).size();
  });
  return later;
}

std::optional<Percent> last_share(const SunsetSeries& series, std::int64_t now_ms) {
  const auto shares = samples_in(series.new_share, {kFirstTime, now_ms});
  return shares.empty() ? std::nullopt : std::optional(shares.back().value);
}

void add_notes(SunsetAnswer& answer, const SunsetSeries& series, const SunsetPolicy& policy) {
  const std::int64_t now_ms = answer.now_ms;
  if (const std::size_t later = later_samples(series, now_ms); later != 0) {
    answer.notes.push_back(
        later == 1 ? say("{} of the samples lies behind {} and is left out", later, timestamp_text(now_ms))
                   : say("{} of the samples lie behind {} and are left out", later, timestamp_text(now_ms)));
  }
  const auto shown = stage_of(series, policy, now_ms);
  if (answer.is_stated && shown && shown->stage != answer.stage->stage) {
    answer.notes.push_back(say("it is said to be {}, the series shows {} since {}",
                               Text::word(name_of(answer.stage->stage)), Text::word(name_of(shown->stage)),
                               timestamp_text(shown->since_ms)));
  }
  const auto share = last_share(series, now_ms);
  if (answer.stage && answer.stage->stage == SunsetStage::Grey && share && *share > policy.grey_share) {
    answer.notes.push_back(say("the new service has {} % of the traffic, the grey stage is meant for {} %",
                               trimmed(*share), trimmed(policy.grey_share)));
  }
}

std::optional<StageSince> stage_asked_for(const SunsetSeries& series, const SunsetPolicy& policy,
                                          const SunsetQuestion& question) {
  if (!question.stage) return stage_of(series, policy, question.now_ms);
  if (question.since_ms) return StageSince{*question.stage, *question.since_ms};
  return StageSince{*question.stage, stage_begin(series, policy, question.now_ms, *question.stage)};
}

void add(SunsetAnswer& answer, JudgedCheck judged) {
  answer.checks.push_back(std::move(judged.check));
  answer.holds.push_back(judged.hold);
}

// What the dual write asked: when the read-only stage began, or by now. Where somebody says the stage, that is settled.
template <class Rule>
JudgedCheck dual_write_check(const SunsetView& view, Rule rule) {
  SunsetView before = view;
  before.stage = {SunsetStage::DualWrite, dual_write_begin(view.series, view.policy, view.now_ms)};
  before.now_ms = view.stage.since_ms;
  JudgedCheck then = rule(before);
  if (then.check.verdict == Verdict::Pass) return then;
  before.now_ms = view.now_ms;
  return rule(before);
}

void add_checks_of_stage(SunsetAnswer& answer, const SunsetView& view) {
  const auto add_cdc_delay = [&] {
    if (auto check = cdc_delay_check(view)) add(answer, *std::move(check));
  };
  switch (view.stage.stage) {
    case SunsetStage::Grey:
      add(answer, grey_p99_check(view));
      add(answer, grey_errors_check(view));
      return add_cdc_delay();
    case SunsetStage::DualWrite:
      add(answer, on_target_check(view));
      add(answer, consistency_check(view));
      return add_cdc_delay();
    case SunsetStage::ReadOnly:
      if (!view.question.stage) {
        add(answer, dual_write_check(view, on_target_check));
        add(answer, dual_write_check(view, consistency_check));
      }
      add(answer, old_requests_check(view));
      return add(answer, quiet_check(view));
    case SunsetStage::Observability:
    case SunsetStage::Removed: return;
  }
}

// How long a stage lasts at least.
std::int64_t least_length_ms(SunsetStage stage, const SunsetPolicy& policy) noexcept {
  switch (stage) {
    case SunsetStage::Grey: return milliseconds_of(policy.grey_hours);
    case SunsetStage::DualWrite: return milliseconds_of(policy.on_target_days);
    case SunsetStage::ReadOnly: return milliseconds_of(policy.quiet_hours);
    case SunsetStage::Observability:
    case SunsetStage::Removed: break;
  }
  return 0;
}

std::optional<SunsetStage> stage_behind(SunsetStage stage) noexcept {
  if (stage == SunsetStage::Removed) return std::nullopt;
  return static_cast<SunsetStage>(static_cast<std::uint8_t>(stage) + 1);
}

}  // namespace

std::int64_t moment_of(const SunsetSeries& series, Date day) {
  constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;
  const std::int64_t begin_ms = day.days_since_1970() * kDayMs, end_ms = begin_ms + kDayMs;
  std::int64_t last_ms = kFirstTime;
  visit_columns(series, [&](SunsetColumn, const auto& samples) {
    const auto of_day = samples_in(samples, {begin_ms, end_ms - 1});
    if (!of_day.empty()) last_ms = std::max(last_ms, of_day.back().time_ms);
  });
  return last_ms == kFirstTime ? end_ms : last_ms;
}

SunsetAnswer sunset_answer(const SunsetSeries& series, const SunsetPolicy& policy, const SunsetQuestion& question) {
  SunsetAnswer answer;
  answer.service = series.service;
  answer.now_ms = question.now_ms;
  answer.stage = stage_asked_for(series, policy, question);
  answer.is_stated = question.stage.has_value();
  const SunsetView view{.series = series,
                        .policy = policy,
                        .question = question,
                        .stage = answer.stage.value_or(StageSince{}),
                        .now_ms = question.now_ms,
                        .gap_ms = milliseconds_of(policy.greatest_gap)};
  add(answer, evidence_check(view, answer.stage.has_value()));
  if (answer.stage) add_checks_of_stage(answer, view);
  add_notes(answer, series, policy);
  return answer;
}

std::string_view name_of(StepVerdict verdict) noexcept {
  switch (verdict) {
    case StepVerdict::Permitted: return "permitted";
    case StepVerdict::Refused: return "refused";
    case StepVerdict::Wait: return "wait";
  }
  return "";
}

SunsetStep step_of(const SunsetAnswer& answer, std::span<const Check> checks, const SunsetPolicy& policy) {
  SunsetStep step;
  if (!answer.stage) return step;
  step.to = stage_behind(answer.stage->stage);
  if (!step.to) return step;
  step.after = stage_behind(*step.to);
  step.verdict = StepVerdict::Permitted;
  step.earliest_ms = answer.now_ms;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Check& check = checks[i];
    if (check.verdict == Verdict::Pass || check.verdict == Verdict::Exempted) continue;
    step.lacks_evidence = step.lacks_evidence || check.rule == kSunsetRules[kEvidence];
    const bool refuses = check.verdict == Verdict::Fail && check.rule != kSunsetRules[kOnTarget];
    if (refuses) step.verdict = StepVerdict::Refused;
    if (step.verdict != StepVerdict::Refused) step.verdict = StepVerdict::Wait;
    const auto& earliest_ms = answer.holds[i].earliest_ms;
    step.earliest_ms =
        step.earliest_ms && earliest_ms ? std::optional(std::max(*step.earliest_ms, *earliest_ms)) : std::nullopt;
  }
  if (step.after && step.earliest_ms) step.after_ms = *step.earliest_ms + least_length_ms(*step.to, policy);
  return step;
}

}  // namespace migplan
