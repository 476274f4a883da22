#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/report/report.hpp"
#include "migplan/verification/canary.hpp"
#include "migplan/verification/check.hpp"
#include "migplan/verification/gate.hpp"
#include "migplan/verification/indicator.hpp"
#include "migplan/verification/latency_quantiles.hpp"
#include "migplan/verification/lint.hpp"
#include "migplan/verification/reconciliation.hpp"
#include "migplan/verification/routing.hpp"
#include "migplan/verification/slo.hpp"
#include "migplan/verification/sunset.hpp"

namespace migplan {

// What a reconciliation found, and where; all of it must outlive the report.
struct ReconcileView {
  const Reconciliation* found;
  const ReconcilePolicy* policy;
  std::span<const Check> checks;
  std::string_view service;             // may be empty
  std::string_view old_name, new_name;  // the same file where the dump is merged
  std::optional<QuantileShift> p99_shift;
  Percent confidence;  // of it
};
[[nodiscard]] Result<Report> reconcile_report(const ReconcileView& view, const TableChoice& choice);
// The checks of a command that verifies, and what else it has to say. The checks must outlive the report, and the
// tables what they show.
struct ChecksView {
  std::string_view command;  // "gate": names schema and suite
  std::span<const Check> checks;
  std::vector<std::string_view> rules;  // those that were run, passed or not
  InconclusiveAs inconclusive = InconclusiveAs::Fail;
  std::span<const CheckDetail> details{};               // one a check, or none
  std::optional<Severity> fails_from = Severity::Note;  // failures below it are told and do not end in a "no"
  bool hides_passed = false;                            // from the rows; they are counted
  std::vector<Text> headlines{};
  Object document{};                             // members that stand before the checks
  std::vector<std::shared_ptr<Table>> tables{};  // behind the checks, each a member of the document, too
  std::vector<Text> notes{};
};
[[nodiscard]] Result<Report> checks_report(ChecksView view, const TableChoice& choice);
// The admission tests of services, those of one behind the other; all of it must outlive the report.
struct GateView {
  std::span<const Check> checks;
  InconclusiveAs inconclusive = InconclusiveAs::Fail;
  std::span<const EvidenceNote> notes{};
};
[[nodiscard]] Result<Report> gate_report(const GateView& view, const TableChoice& choice);
// The verdict on a grey release, the way to the whole traffic and what routing does; all of it must outlive the report.
struct CanaryView {
  std::string_view service;  // may be empty
  std::span<const Check> checks;
  InconclusiveAs inconclusive = InconclusiveAs::Fail;
  CanaryAction action = CanaryAction::Hold;
  std::optional<Percent> share, next_share;  // of the traffic, now and after this verdict; null = not known
  std::span<const RampStep> ramp;
  const RoutedLog* routed = nullptr;  // null = there is no log
  std::string_view header;
  std::vector<std::string> notes{};
};
[[nodiscard]] Result<Report> canary_report(const CanaryView& view, const TableChoice& choice);
// The way out of services, by name; `checks` are those of all answers, one behind the other. All of it must outlive the
// report.
struct SunsetReportView {
  std::span<const SunsetAnswer> answers;
  std::span<const SunsetStep> steps;  // one an answer
  std::span<const Check> checks;      // exemptions applied
  InconclusiveAs inconclusive = InconclusiveAs::Fail;
};
[[nodiscard]] Result<Report> sunset_report(const SunsetReportView& view, const TableChoice& choice);
// Service level objectives and how they stand; all of it must outlive the report.
struct SloView {
  std::span<const JudgedObjective> objectives;
  std::span<const Check> checks;
  InconclusiveAs inconclusive = InconclusiveAs::Fail;
};
[[nodiscard]] Result<Report> slo_report(const SloView& view, const TableChoice& choice);
// Indicators before and after a migration; all of it must outlive the report.
struct OutcomeView {
  std::span<const IndicatorChange> changes;
  std::span<const Check> checks;  // one a change
  std::string_view service;       // may be empty
  InconclusiveAs inconclusive = InconclusiveAs::Fail;
};
[[nodiscard]] Result<Report> outcome_report(const OutcomeView& view, const TableChoice& choice);

// What manifests and logging configurations have in them; all of it must outlive the report.
struct LintView {
  std::span<const Check> checks;
  std::span<const CheckDetail> details;  // one a check
  std::vector<std::string_view> rules;   // those that were asked for
  LintCounts counts;
  Objection objection;
  bool shows_passed = false;
};
[[nodiscard]] Result<Report> lint_report(const LintView& view, const TableChoice& choice);

}  // namespace migplan
