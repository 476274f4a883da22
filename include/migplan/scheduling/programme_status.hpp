#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "migplan/scheduling/plan.hpp"
#include "migplan/scheduling/working_days.hpp"

namespace migplan {

enum class WorkState : std::uint8_t { Waiting, Active, Done };
[[nodiscard]] std::string_view name_of(WorkState state) noexcept;  // waiting, active, done

// A phase as it was planned, and as it went or is expected to go. All days are included.
struct PhaseStatus {
  const RoutePhase* phase = nullptr;
  std::optional<Date> planned_start, planned_finish;  // null = the plan does not date it
  std::optional<Date> started, finished;              // as `progress` has them, of a move group's cutover for all of it
  WorkState state = WorkState::Waiting;
  bool is_undated = false;  // it has begun, or is over, and nobody wrote down when
  Date start, finish;       // of what has happened its days, else the expected ones; nobody's where it is undated
};

struct ServiceStatus {
  ServiceIndex service = 0;
  std::optional<std::uint32_t> migration{};        // of the expected plan; null = it was over before, without dates
  std::uint32_t first_phase = 0, phase_count = 0;  // into the phases of all
  std::uint32_t cutover = 0;                       // among its phases
  WorkState state = WorkState::Waiting;            // done = cut over
};

// A plan held against the progress that the inventory has on a day. What is to come is expected in the plan's order:
// what has begun stands, what is late goes on up to that day, nothing else begins before it or before its planned day,
// and resources, freezes and dependencies are kept. Keeps references to the scorecard and into the plan's dates.
class ProgrammeStatus {
 public:
  // Refuses progress behind `as_of`, a plan that goes on for more than 40 years, and a phase that has no place on any
  // calendar. Whether the plan is one of this programme is for the caller to ask: plan_mismatches().
  [[nodiscard]] static Result<ProgrammeStatus> create(const Scorecard& card, const PlanDates& planned, Date as_of);

  [[nodiscard]] const Scorecard& card() const noexcept { return *card_; }
  [[nodiscard]] Date as_of() const noexcept { return as_of_; }
  [[nodiscard]] const Plan& expected() const noexcept { return *expected_; }
  // All of the inventory, by name.
  [[nodiscard]] std::span<const ServiceStatus> services() const noexcept { return services_; }
  [[nodiscard]] std::span<const PhaseStatus> phases(const ServiceStatus& service) const noexcept {
    return std::span(phases_).subspan(service.first_phase, service.phase_count);
  }
  // Of a service that has a migration.
  [[nodiscard]] const PhaseStatus& cutover(const ServiceStatus& service) const noexcept {
    return phases(service)[service.cutover];
  }
  [[nodiscard]] const PhaseStatus& phase_of(ActivityIndex activity) const noexcept;
  // The phase that is under way, or the next one; null where all are over.
  [[nodiscard]] const PhaseStatus* current(const ServiceStatus& service) const noexcept;
  // First and last day of the plan, of progress and of what is expected; as_of at least.
  [[nodiscard]] Date first_day() const noexcept { return first_; }
  [[nodiscard]] Date last_day() const noexcept { return last_; }
  // Working days from first_day() to last_day().
  [[nodiscard]] const WorkingDays& working() const noexcept { return *working_; }
  // Working days by which a start, or a finish, is behind its planned day; below 0 where it is before. Days on which a
  // freeze forbids the phase are working days.
  [[nodiscard]] std::int32_t start_late(Date planned, Date start) const noexcept;
  [[nodiscard]] std::int32_t finish_late(Date planned, Date finish) const noexcept;

 private:
  friend class StatusBuilder;
  ProgrammeStatus(const Scorecard& card, Date as_of) : card_(&card), as_of_(as_of) {}

  const Scorecard* card_;
  Date as_of_, first_, last_;
  std::unique_ptr<Programme> programme_;
  std::unique_ptr<Plan> expected_;
  std::vector<ServiceStatus> services_;
  std::vector<PhaseStatus> phases_;
  std::vector<std::uint32_t> by_migration_;  // into services_
  std::optional<WorkingDays> working_;
};

}  // namespace migplan
