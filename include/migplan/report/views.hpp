#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "migplan/report/report.hpp"
#include "migplan/scheduling/feasibility.hpp"
#include "migplan/scheduling/planning.hpp"
#include "migplan/scheduling/replanning.hpp"
#include "migplan/scheduling/risk.hpp"
#include "migplan/scheduling/violation.hpp"
#include "migplan/scoring/attribution.hpp"
#include "migplan/scoring/diff.hpp"
#include "migplan/scoring/explanation.hpp"
#include "migplan/scoring/priority_matrix.hpp"
#include "migplan/scoring/scorecard.hpp"
#include "migplan/scoring/sensitivity.hpp"
#include "migplan/verification/canary.hpp"
#include "migplan/verification/check.hpp"
#include "migplan/verification/gate.hpp"
#include "migplan/verification/indicator.hpp"
#include "migplan/verification/latency_quantiles.hpp"
#include "migplan/verification/reconciliation.hpp"
#include "migplan/verification/routing.hpp"

#include "migplan/verification/sunset.hpp"

#include "migplan/verification/slo.hpp"

namespace migplan {

// What was asked for of a command's main table, in the order in which it is applied.
struct TableChoice {
  std::string table;  // the only table wanted; empty = all, or the first where rows or columns are chosen
  std::string filter;
  std::vector<std::string> tiers;    // keep these only
  std::vector<std::string> sort;     // empty = the command's own order
  std::optional<std::size_t> top;    // first rows after all that
  std::vector<std::string> columns;  // empty = the command's own
};

// The tables point into the scorecard: it must outlive the report.
[[nodiscard]] Result<Report> score_report(const Scorecard& card, const TableChoice& choice);
// Counts per domain and tier in place of the services.
[[nodiscard]] Result<Report> score_summary_report(const Scorecard& card, const TableChoice& choice);
// One service, or several: of two, also why one stands above the other.
[[nodiscard]] Result<Report> explain_report(const Scorecard& card, std::span<const ServiceIndex> services,
                                            const TableChoice& choice);
[[nodiscard]] Result<Report> matrix_report(const Scorecard& card, const TableChoice& choice);
// `result` must outlive the report, too.
[[nodiscard]] Result<Report> sensitivity_report(const Scorecard& card, const Sensitivity& result,
                                                const TableChoice& choice);
// What moved between two sides and why; all of it must outlive the report.
struct DiffView {
  const Scorecard* before;
  const Scorecard* after;
  const Diff* diff;
  const ChangeAttribution* attribution;
  std::span<const Change> objections;        // changes that are checked
  std::string_view before_name, after_name;  // as the user named them
  Points least;                              // smaller changes are not among them
  const Issues* remarks;                     // on exemptions and overrides
};
[[nodiscard]] Result<Report> diff_report(const DiffView& view, const TableChoice& choice);
// One change of the programme, planned beside it.
struct Scenario {
  std::string name;  // as the user wrote it
  const Planning* planning = nullptr;
  Moves moves{};  // from the plan itself to this one
};
// A plan, how it was searched for, and what was asked about it; all of it must outlive the report.
struct ScheduleView {
  const Planning* planning = nullptr;
  std::uint64_t budget = 0, seed = 0;
  std::string_view stopped_by = "time";       // or "interrupt": who stopped a search before its budget
  const Infeasibility* infeasible = nullptr;  // where the end is missed
  const Risk* risk = nullptr;
  std::uint64_t risk_seed = 0;
  const Moves* moves = nullptr;  // from an earlier plan
  std::string_view previous{};   // its file
  std::span<const Scenario> scenarios{};
};
[[nodiscard]] Result<Report> schedule_report(const ScheduleView& view, const TableChoice& choice);
// A project scheduling instance and its answer.
struct InstanceResult {
  std::string name;
  Day makespan = 0, critical_path = 0, lower_bound = 0;
  std::uint64_t schedules = 0;
  std::vector<Day> starts;  // by job
  std::optional<double> seconds{};
};
[[nodiscard]] Result<Report> instances_report(std::span<const InstanceResult> instances, const TableChoice& choice);
// What is wrong with answers to instances.
struct InstanceFault {
  std::string instance, message;
};
[[nodiscard]] Result<Report> instance_faults_report(std::span<const InstanceFault> faults, std::size_t instances,
                                                    const TableChoice& choice);
// A plan of anybody and what it breaks; all of it must outlive the report.
struct ViolationsView {
  const Scorecard* card;
  const PlanDates* plan;
  std::span<const Violation> violations;
};
[[nodiscard]] Result<Report> violations_report(const ViolationsView& view, const TableChoice& choice);
// What `validate` found in so many files and services.
[[nodiscard]] Result<Report> validate_report(const Issues& issues, std::size_t files, std::size_t services,
                                             const TableChoice& choice);
// The effective policy: keys and values, and the document that could be a policy file.
[[nodiscard]] Result<Report> policy_report(const Policy& policy, const TableChoice& choice);
[[nodiscard]] std::string policy_yaml(const Policy& policy);

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
  std::vector<std::string> headlines{};
  Object document{};                             // members that stand before the checks
  std::vector<std::shared_ptr<Table>> tables{};  // behind the checks, each a member of the document, too
  std::vector<std::string> notes{};
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

}  // namespace migplan
