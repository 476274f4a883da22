#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/scheduling/timeline.hpp"

namespace migplan {

using ActivityIndex = std::uint32_t;
using ResourceIndex = std::uint32_t;
using Day = std::int32_t;  // of a project's timeline

struct Demand {
  ResourceIndex resource = 0;
  std::int32_t amount = 0;
};

// Work that is begun once and runs through: what it holds, it holds on every slot from its start to its finish.
struct Activity {
  std::int32_t duration = 0;   // in slots, or in days where it elapses; 0 = an event
  bool is_elapsed = false;     // runs on every day, worked on or not
  Day release = 0;             // first day on which it may begin
  std::optional<Day> fixed{};  // begins on that day, whatever else holds; it takes its resources before all others
  std::uint32_t closure = 0;   // which of the project's closures it keeps away from; 0 = none
};

struct Precedence {
  ActivityIndex before = 0, after = 0;  // `after` begins on the day on which `before` is finished, or later
};

struct ProjectParts {
  Timeline timeline = Timeline::every_day(0);
  std::vector<Activity> activities;
  std::vector<Precedence> precedences;
  std::vector<std::vector<Demand>> demands;           // by activity, each resource at most once
  std::vector<std::vector<std::int32_t>> capacities;  // by resource, then by slot of the timeline
  // Days that activities of a closure may not touch with any part; the first one is empty and stands for none.
  std::vector<std::vector<bool>> closures{{}};
};

// A resource-constrained project scheduling problem (RCPSP) with calendars: activities with durations, demands and
// finish-start precedences; resources with a capacity a slot. Immutable. Start and finish are days; the finish is the
// day behind the last one, so that a duration of 1 on day 0 finishes on day 1.
class Project {
 public:
  // Refuses precedences that go round in a circle, and what makes no sense (negative numbers, unknown indices,
  // capacities above kGreatestCapacity). A demand above its resource's capacity is no error: see `Decoder`.
  [[nodiscard]] static Result<Project> create(ProjectParts parts);
  static constexpr std::int32_t kGreatestCapacity = 30'000;

  [[nodiscard]] const Timeline& timeline() const noexcept { return parts_.timeline; }
  [[nodiscard]] std::size_t size() const noexcept { return parts_.activities.size(); }
  [[nodiscard]] const Activity& operator[](ActivityIndex i) const noexcept { return parts_.activities[i]; }
  [[nodiscard]] std::span<const ActivityIndex> predecessors(ActivityIndex i) const noexcept {
    return {predecessors_.data() + predecessor_begins_[i], predecessors_.data() + predecessor_begins_[i + 1]};
  }
  [[nodiscard]] std::span<const ActivityIndex> successors(ActivityIndex i) const noexcept {
    return {successors_.data() + successor_begins_[i], successors_.data() + successor_begins_[i + 1]};
  }
  [[nodiscard]] std::span<const Demand> demands(ActivityIndex i) const noexcept { return parts_.demands[i]; }
  [[nodiscard]] std::size_t resource_count() const noexcept { return parts_.capacities.size(); }
  // By slot.
  [[nodiscard]] std::span<const std::int32_t> capacity(ResourceIndex r) const noexcept { return parts_.capacities[r]; }
  [[nodiscard]] const std::vector<std::vector<bool>>& closures() const noexcept { return parts_.closures; }
  // Activities so that predecessors come first; among those that may, the lower index.
  [[nodiscard]] std::span<const ActivityIndex> topological_order() const noexcept { return order_; }
  // When an activity that begins on `start` finishes: the day behind its last one. An activity in slots must begin on a
  // working day. timeline().days() + 1 where the timeline ends before.
  [[nodiscard]] Day finish_of(ActivityIndex i, Day start) const noexcept;

  // The same with other durations, one an activity.
  [[nodiscard]] Project with_durations(std::span<const std::int32_t> durations) const;

 private:
  explicit Project(ProjectParts parts) : parts_(std::move(parts)) {}
  void find_order();

  ProjectParts parts_;
  std::vector<std::uint32_t> predecessor_begins_, successor_begins_;
  std::vector<ActivityIndex> predecessors_, successors_, order_;
};

}  // namespace migplan
