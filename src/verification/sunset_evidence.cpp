#include <array>

#include "sunset_limit.hpp"

namespace migplan {
namespace {

// What must be measured in a stage; consistency may come from elsewhere, and so may the word which stage it is.
std::vector<SunsetColumn> needed_columns(const SunsetView& view) {
  std::vector<SunsetColumn> columns;
  if (!view.question.stage) columns.push_back(SunsetColumn::NewShare);
  switch (view.stage.stage) {
    case SunsetStage::Observability:
    case SunsetStage::ReadOnly: columns.push_back(SunsetColumn::OldRequests); break;
    case SunsetStage::Grey: columns.insert(columns.end(), {SunsetColumn::P99, SunsetColumn::ErrorRate}); break;
    case SunsetStage::DualWrite: {
      columns.push_back(SunsetColumn::NewSla);
      const bool is_measured = !samples_in(view.series.consistency, view.of_stage()).empty();
      if (is_measured || !view.question.reconciled) columns.push_back(SunsetColumn::Consistency);
      break;
    }
    case SunsetStage::Removed: break;
  }
  return columns;
}

}  // namespace

JudgedCheck evidence_check(const SunsetView& view, bool is_stage_known) {
  JudgedCheck result{view.check(kEvidence, Seconds::unit())};
  Check& check = result.check;
  check.limit = number_of(view.policy.greatest_gap);
  result.hold.earliest_ms = view.now_ms;
  if (!is_stage_known) {
    check.message = "new_share is not measured: the stage is not known, --stage says it";
    return result;
  }
  std::string missing, old;
  std::uint64_t samples = 0;
  std::optional<std::int64_t> last_ms;  // of the column that ends first
  for (const SunsetColumn needed : needed_columns(view)) {
    visit_column(view.series, needed, [&](const auto& column) {
      const auto of_stage = samples_in(column, view.of_stage());
      samples += of_stage.size();
      if (of_stage.empty()) {
        missing += fmt::format("{}{}", missing.empty() ? "" : ", ", name_of(needed));
        return;
      }
      if (last_ms && *last_ms <= of_stage.back().time_ms) return;
      last_ms = of_stage.back().time_ms;
      check.source = view.series.place(of_stage.back(), needed);
      old = name_of(needed);
    });
  }
  check.samples = samples;
  if (last_ms) check.observed = Number{view.now_ms - *last_ms, Seconds::kDecimals};
  if (!missing.empty()) {
    check.message = say("not measured since {}: {}", timestamp_text(view.stage.since_ms), missing);
  } else if (last_ms && view.now_ms - *last_ms > view.gap_ms) {
    check.message = say("{} ends at {}, {} before the moment that is judged", old, timestamp_text(*last_ms),
                        duration_text(view.now_ms - *last_ms));
  } else {
    check.verdict = Verdict::Pass;
    check.message =
        say("all that the stage asks for is measured up to {}", timestamp_text(last_ms.value_or(view.now_ms)));
  }
  return result;
}

}  // namespace migplan
