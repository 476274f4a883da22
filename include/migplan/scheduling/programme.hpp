#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/scheduling/plan_dates.hpp"
#include "migplan/scheduling/project.hpp"
#include "migplan/scheduling/search.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {

enum class Goal : std::uint8_t { Score /* lexicographic, models.md section 4 */, Makespan };

struct ProgrammeOptions {
  std::optional<Date> as_of;          // phases that have begun are kept, no other one begins before
  std::vector<ServiceIndex> dropped;  // left out
  Goal goal = Goal::Score;
  std::map<std::string, Count> capacities;  // other than the policy's and the teams', by ProgrammeResource::name
  std::optional<Date> end;                  // other than the policy's
  const PlanDates* previous = nullptr;      // no phase begins before its day there; the least days moved are wanted
  bool keeps_past = false;                  // what is over holds its resources on its days, for those who look back
};

// Why a phase may not begin before its release day.
enum class ReleaseReason : std::uint8_t { ProgrammeStart, TierGate, AsOf, Previous };

// A phase of a service on its route.
struct RoutePhase {
  std::string_view name;
  ActivityIndex activity = 0;  // of cutover: that of the move group
  const PhaseRule* rule = nullptr;
  std::optional<ResourceIndex> resource{};
  ReleaseReason reason = ReleaseReason::ProgrammeStart;
  bool is_pinned = false;
  bool has_begun = false;        // progress tells when
  bool is_over = false;          // progress tells when it was over, too
  bool is_over_undated = false;  // a later phase has begun, nobody wrote down when this one was
  ThreePoint days{};             // low, likely and high in days, for the risk
};

// A service on the calendar.
struct Migration {
  ServiceIndex service = 0;
  std::uint32_t group = 0;  // into Programme::groups()
  std::string_view route;
  WorkDays effort;
  bool is_effort_estimated = false;
  std::uint32_t first_phase = 0, phase_count = 0;  // into the programme's phases
};

// Services of one dependency cycle, or one service alone: one cutover for all.
struct MoveGroup {
  TierIndex tier = 0;  // the highest of its members'
  ActivityIndex cutover = 0;
  std::vector<std::uint32_t> members;  // into Programme::migrations()
};

struct ProgrammeResource {
  std::string name;  // "squads", or "squads/trade-core"
  std::string_view rule;
  std::string_view team;  // empty = shared by all
};

// A strong dependency between two planned services.
struct Call {
  std::uint32_t caller = 0, callee = 0;  // into migrations()
  bool is_kept = false;                  // the order of cutovers is kept; else it may take a bridge
};

// The scheduling problem of an inventory under a policy: models.md section 4. Keeps a reference to the scorecard.
class Programme {
 public:
  // `days`: of the timeline, from the first day on. Rejects phases, teams and pins that do not go together, each with
  // its place.
  [[nodiscard]] static Result<Programme> create(const Scorecard& card, const ProgrammeOptions& options,
                                                std::optional<Day> days = std::nullopt);

  [[nodiscard]] const Scorecard& card() const noexcept { return *card_; }
  [[nodiscard]] const SchedulePolicy& policy() const noexcept { return card_->policy().schedule(); }
  [[nodiscard]] const ProgrammeOptions& options() const noexcept { return options_; }
  [[nodiscard]] const Project& project() const noexcept { return *project_; }
  [[nodiscard]] const Objective& objective() const noexcept { return objective_; }
  // By service name.
  [[nodiscard]] std::span<const Migration> migrations() const noexcept { return migrations_; }
  [[nodiscard]] std::span<const RoutePhase> phases(const Migration& migration) const noexcept {
    return std::span(phases_).subspan(migration.first_phase, migration.phase_count);
  }
  [[nodiscard]] std::span<const MoveGroup> groups() const noexcept { return groups_; }
  [[nodiscard]] std::span<const ProgrammeResource> resources() const noexcept { return resources_; }
  [[nodiscard]] std::span<const Call> calls() const noexcept { return calls_; }
  // Services that were cut over or retired before, without dates: nothing to plan.
  [[nodiscard]] std::span<const ServiceIndex> done() const noexcept { return done_; }
  [[nodiscard]] Date end() const noexcept { return options_.end.value_or(policy().end); }
  [[nodiscard]] Date date_of(Day day) const noexcept;
  [[nodiscard]] Day day_of(Date date) const noexcept { return date - origin_; }
  [[nodiscard]] std::string_view name_of(const Migration& migration) const noexcept {
    return card_->inventory()[migration.service].name;
  }
  // The migration and phase that an activity stands for; of a move group's cutover those of its first member.
  struct Owner {
    std::uint32_t migration = 0, phase = 0;
  };
  [[nodiscard]] Owner owner_of(ActivityIndex activity) const noexcept { return owners_[activity]; }

 private:
  friend class ProgrammeBuilder;
  explicit Programme(const Scorecard& card) : card_(&card) {}

  const Scorecard* card_;
  ProgrammeOptions options_;
  Date origin_;
  std::optional<Project> project_;
  Objective objective_;
  std::vector<Migration> migrations_;
  std::vector<RoutePhase> phases_;
  std::vector<MoveGroup> groups_;
  std::vector<ProgrammeResource> resources_;
  std::vector<Call> calls_;
  std::vector<ServiceIndex> done_;
  std::vector<Owner> owners_;
};

// effort_days, stated or estimated by the policy's rule; facts that are missing count 0.
struct Effort {
  WorkDays days;
  bool is_estimated = false;
};
[[nodiscard]] Effort effort_of(const Scorecard& card, ServiceIndex service);

// The route of services of this kind, planned in this tier: a name among those of the policy.
[[nodiscard]] std::string_view route_of(const Policy& policy, Kind kind, TierIndex tier);
// The tier that each service is planned in: the highest of those that it shares a cycle of strong dependencies with.
[[nodiscard]] std::vector<TierIndex> planned_tiers(const Scorecard& card);

}  // namespace migplan
