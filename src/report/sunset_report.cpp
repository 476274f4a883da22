#include <algorithm>
#include <memory>
#include <utility>

#include "migplan/base/timestamp.hpp"
#include "migplan/report/verification_views.hpp"

namespace migplan {
namespace {

Value time_or_null(const std::optional<std::int64_t>& time_ms) {
  return time_ms ? Value(timestamp_text(*time_ms)) : Value{};
}

Value stage_or_null(const std::optional<SunsetStage>& stage) { return stage ? word_value(name_of(*stage)) : Value{}; }

Tone tone_of(StepVerdict verdict) noexcept {
  switch (verdict) {
    case StepVerdict::Permitted: return Tone::Calm;
    case StepVerdict::Refused: return Tone::Alert;
    case StepVerdict::Wait: return Tone::Caution;
  }
  return Tone::Plain;
}

// What is to be done to enter a stage.
std::string_view step_text(SunsetStage stage) noexcept {
  switch (stage) {
    case SunsetStage::Observability: return "";
    case SunsetStage::Grey: return "send a part of the traffic to the new service";
    case SunsetStage::DualWrite: return "send all of the traffic to the new service, write to both";
    case SunsetStage::ReadOnly: return "make the old service read-only";
    case SunsetStage::Removed: return "remove the old service from DNS, reclaim its resources";
  }
  return "";
}

std::string_view action_of(const SunsetAnswer& answer, const SunsetStep& step) noexcept {
  if (!step.to) return "say or measure which stage it is";
  switch (step.verdict) {
    case StepVerdict::Permitted: return step_text(*step.to);
    case StepVerdict::Refused: return answer.stage->stage == SunsetStage::ReadOnly ? "alarm" : "roll back and alarm";
    case StepVerdict::Wait: return step.lacks_evidence ? "measure what the stage asks for" : "wait";
  }
  return "";
}

std::shared_ptr<Table> services_table(const SunsetReportView& view) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, const char* heading, Shown shown,
                       Value (*get)(const SunsetAnswer&, const SunsetStep&)) -> Column& {
    columns.push_back({key, heading, shown, false, [answers = view.answers, steps = view.steps, get](std::size_t i) {
                         return get(answers[i], steps[i]);
                       }});
    return columns.back();
  };
  using A = const SunsetAnswer&;
  using S = const SunsetStep&;
  add("service", "service", Shown::Always, [](A a, S) -> Value { return std::string_view(a.service); }).tone =
      [](std::size_t) { return Tone::Strong; };
  add("stage", "stage", Shown::Always, [](A a, S) { return a.stage ? word_value(name_of(a.stage->stage)) : Value{}; });
  add("since", "since", Shown::Always, [](A a, S) { return a.stage ? time_or_null(a.stage->since_ms) : Value{}; });
  add("stage_by", "stage by", Shown::InData, [](A a, S) -> Value {
    return Text(!a.stage ? "nobody" : a.is_stated ? "option" : "series");
  });
  add("next_step", "next step", Shown::Always, [](A, S s) { return stage_or_null(s.to); });
  add("verdict", "verdict", Shown::Always, [](A, S s) { return word_value(name_of(s.verdict)); }).tone =
      [steps = view.steps](std::size_t i) { return tone_of(steps[i].verdict); };
  add("earliest", "earliest", Shown::Always, [](A, S s) { return time_or_null(s.earliest_ms); });
  add("step_after", "step after", Shown::Always, [](A, S s) { return stage_or_null(s.after); });
  add("earliest_after", "earliest after", Shown::Always, [](A, S s) { return time_or_null(s.after_ms); });
  add("as_of", "as of", Shown::InData, [](A a, S) { return time_or_null(a.now_ms); });
  add("action", "what to do", Shown::Always, [](A a, S s) { return Value(Text::word(action_of(a, s))); });
  return std::make_shared<Table>("services", "Stages and steps", view.answers.size(), std::move(columns));
}

struct ConditionRow {
  const Check* check;
  const SunsetHold* hold;
};

std::vector<ConditionRow> condition_rows(const SunsetReportView& view) {
  std::vector<ConditionRow> rows;
  for (const SunsetAnswer& answer : view.answers) {
    for (const SunsetHold& hold : answer.holds) rows.push_back({&view.checks[rows.size()], &hold});
  }
  return rows;
}

std::shared_ptr<Table> conditions_table(const SunsetReportView& view) {
  const auto rows = std::make_shared<const std::vector<ConditionRow>>(condition_rows(view));
  std::vector<Column> columns;
  const auto add = [&](const char* key, const char* heading, bool is_numeric, Value (*get)(const ConditionRow&)) {
    columns.push_back(
        {key, heading, Shown::Always, is_numeric, [rows, get](std::size_t i) { return get((*rows)[i]); }});
  };
  constexpr std::int64_t kHourMs = 3'600'000;
  add("service", "service", false, [](const ConditionRow& r) -> Value { return std::string_view(r.check->service); });
  add("check", "check", false, [](const ConditionRow& r) -> Value { return r.check->rule; });
  add("holds_since", "holds since", false, [](const ConditionRow& r) { return time_or_null(r.hold->since_ms); });
  add("needed_h", "hours needed", true, [](const ConditionRow& r) -> Value {
    return Number{r.hold->needed_ms / kHourMs, 0};
  });
  add("tripped", "tripped", false, [](const ConditionRow& r) { return time_or_null(r.hold->tripped_ms); });
  add("earliest", "earliest", false, [](const ConditionRow& r) {
    return r.check->verdict == Verdict::Pass ? Value{} : time_or_null(r.hold->earliest_ms);
  });
  return std::make_shared<Table>("conditions", "Since when it holds", rows->size(), std::move(columns));
}

std::shared_ptr<Table> notes_table(const SunsetReportView& view) {
  const auto rows = std::make_shared<std::vector<std::pair<std::string_view, Text>>>();
  for (const SunsetAnswer& answer : view.answers) {
    for (const Text& note : answer.notes) rows->emplace_back(answer.service, note);
  }
  std::vector<Column> columns;
  columns.push_back(
      {"service", "service", Shown::Always, false, [rows](std::size_t i) -> Value { return (*rows)[i].first; }});
  columns.push_back(
      {"note", "note", Shown::Always, false, [rows](std::size_t i) -> Value { return (*rows)[i].second; }});
  return std::make_shared<Table>("notes", "What the series says besides", rows->size(), std::move(columns));
}

Text headline(const SunsetReportView& view) {
  const auto count = [&view](StepVerdict verdict) {
    return std::count_if(view.steps.begin(), view.steps.end(),
                         [verdict](const SunsetStep& step) { return step.verdict == verdict; });
  };
  const auto waiting = count(StepVerdict::Wait);
  return say("{}: the next step is permitted for {}, refused for {}; {}",
             counted(view.steps.size(), "{} service", "{} services"), count(StepVerdict::Permitted),
             count(StepVerdict::Refused), counted(waiting, "{} waits", "{} wait"));
}

}  // namespace

Result<Report> sunset_report(const SunsetReportView& view, const TableChoice& choice) {
  return checks_report({.command = "sunset",
                        .checks = view.checks,
                        .rules = {kSunsetRules.begin(), kSunsetRules.end()},
                        .inconclusive = view.inconclusive,
                        .headlines = {headline(view)},
                        .tables = {services_table(view), conditions_table(view), notes_table(view)}},
                       choice);
}

}  // namespace migplan
