#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "migplan/scheduling/bounds.hpp"
#include "migplan/scheduling/plan_dates.hpp"
#include "migplan/scheduling/programme.hpp"
#include "migplan/scheduling/search.hpp"

namespace migplan {

// Why a phase could not begin a working day earlier, every other date fixed.
enum class BindingKind : std::uint8_t {
  ProgrammeStart,
  TierGate,     // the tier's not_before
  AsOf,         // nothing new begins before the day asked about
  Pin,          // a person's word
  Progress,     // it has begun
  Predecessor,  // `activity` is not over before
  Resource,     // `activity` holds what there is of `resource`, or nothing is there
  Freeze,
  Previous,  // the plan in force has it there, and nothing asks for another day
};
[[nodiscard]] std::string_view name_of(BindingKind kind) noexcept;

struct Binding {
  BindingKind kind = BindingKind::ProgrammeStart;
  std::optional<ActivityIndex> activity{};
  std::optional<ResourceIndex> resource{};
  const Freeze* freeze = nullptr;
};

// A service that has moved while one that it calls has not: `caller` needs a way back to the old platform meanwhile.
struct Bridge {
  std::uint32_t caller = 0, callee = 0;  // into migrations()
  Day from = 0, to = 0;                  // first day of the caller's cutover, and of the callee's
};

// All cutovers of one quarter.
struct Wave {
  Quarter window;
  std::vector<std::uint32_t> migrations;  // by cutover, then name
};

// How much of a resource is held, a slot.
struct Load {
  std::vector<std::int32_t> used;
  std::int64_t work = 0;  // sum of `used`
  std::int32_t peak = 0;
  std::int32_t last_slot = 0;   // the slot behind the last one that is used
  std::int64_t available = 0;   // capacity up to there
  std::int32_t full_slots = 0;  // slots on which nothing is left
};

// A placement of a programme and everything that follows from it. Keeps a reference to the programme.
class Plan {
 public:
  Plan(const Programme& programme, Placement placement);

  [[nodiscard]] const Programme& programme() const noexcept { return *programme_; }
  [[nodiscard]] const Placement& placement() const noexcept { return placement_; }
  [[nodiscard]] Day start(ActivityIndex i) const noexcept { return placement_.starts[i]; }
  [[nodiscard]] Day finish(ActivityIndex i) const noexcept { return placement_.finishes[i]; }
  [[nodiscard]] Day cutover(const Migration& migration) const noexcept {
    return start(programme_->groups()[migration.group].cutover);
  }
  [[nodiscard]] Quarter window(const Migration& migration) const noexcept {
    return Quarter::of(programme_->date_of(cutover(migration)));
  }
  [[nodiscard]] Day makespan() const noexcept { return makespan_; }
  // Of a phase that is not over.
  [[nodiscard]] Binding binding(const RoutePhase& phase) const;
  [[nodiscard]] const Load& load(ResourceIndex resource) const noexcept { return loads_[resource]; }
  // Whoever holds the resource on the day before `before`, or on the last slot before it: the one that is over first.
  [[nodiscard]] std::optional<ActivityIndex> holder(ResourceIndex resource, Day before) const;
  // Working days that the cutover can slip with every other date fixed, its own later phases moving with it; below 0
  // where it is behind the end already.
  [[nodiscard]] std::int32_t slack(const Migration& migration) const;
  // From the first activity to the one that finishes last, each binding the next.
  [[nodiscard]] std::vector<ActivityIndex> critical_chain() const;
  [[nodiscard]] std::vector<Bridge> bridges() const;
  [[nodiscard]] std::vector<Wave> waves() const;
  // Whether what the end is held against is over by then.
  [[nodiscard]] bool is_late(const Migration& migration) const;
  [[nodiscard]] bool is_end_met() const;
  // By service name; phases that nobody dated are left out.
  [[nodiscard]] PlanDates dates() const;
  // The phase that brings the cutover where it is: the first one in front of it that something else than its own phases
  // holds back.
  [[nodiscard]] const RoutePhase& root_cause(const Migration& migration) const;

 private:
  struct Hold {
    ResourceIndex resource;
    Day finish;
    ActivityIndex activity;
    friend auto operator<=>(const Hold&, const Hold&) noexcept = default;
  };
  void add_loads();
  [[nodiscard]] const Freeze* freeze_on(std::string_view phase, Day from, Day behind) const;
  [[nodiscard]] bool has_room(ActivityIndex i, std::int32_t slot) const;
  [[nodiscard]] Binding obstacle(const RoutePhase& phase) const;

  const Programme* programme_;
  Placement placement_;
  Day makespan_ = 0;
  std::vector<Load> loads_;
  std::vector<Hold> holds_;
};

}  // namespace migplan
