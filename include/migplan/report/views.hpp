#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "migplan/merge/provenance.hpp"
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

namespace migplan {

// The tables point into the scorecard: it must outlive the report.
[[nodiscard]] Result<Report> score_report(const Scorecard& card, const TableChoice& choice);
// Whether what is chosen of its table asks for facts of ServiceProfile; else an inventory without them does.
[[nodiscard]] bool shows_profiles(const TableChoice& choice);
// Counts per domain and tier in place of the services.
[[nodiscard]] Result<Report> score_summary_report(const Scorecard& card, const TableChoice& choice);
// One service, or several: of two, also why one stands above the other. `imported`: what is known of where facts come
// from, a file of the inventory each; it must outlive the report.
[[nodiscard]] Result<Report> explain_report(const Scorecard& card, std::span<const ServiceIndex> services,
                                            const TableChoice& choice, std::span<const Provenance> imported = {});
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
  std::string instance;
  Text message;
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

}  // namespace migplan
