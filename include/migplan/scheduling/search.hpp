#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "migplan/scheduling/project.hpp"

namespace migplan {

// Start and finish of every activity.
struct Placement {
  std::vector<Day> starts, finishes;
};

// A part of a weighted sum of finish days that is to be small.
struct WeightedFinish {
  ActivityIndex activity = 0;
  std::int64_t weight = 0;
  std::optional<Day> limit{};  // where given, the weight counts once if the finish is behind that day, else not at all
};
using Stage = std::vector<WeightedFinish>;

// What a placement is judged by, in this order, each as small as may be: fixed activities that begin before they may
// (count); activities of `due_activities` that finish behind `due` (count, then days); the sums of the stages, one
// after the other; the makespan (greatest finish). Without due day and stages: the makespan alone.
struct Objective {
  std::optional<Day> due;
  std::vector<ActivityIndex> due_activities;
  std::vector<Stage> stages;
};
// The numbers of that order: {broken, late, days late, stage sums…, makespan}.
using Standing = std::vector<std::int64_t>;
[[nodiscard]] Standing standing_of(const Project& project, const Objective& objective, const Placement& placement);

enum class StoppedBy : std::uint8_t {
  Budget,
  Proof,   // the makespan equals a lower bound and is all that counts
  Caller,  // should_stop said so: the result depends on when it was asked
};

struct SearchOptions {
  std::uint64_t budget = 20'000;  // schedules: passes of the generation scheme, forward or backward; at least 1
  std::uint64_t seed = 1;
  unsigned threads = 1;                 // changes the time, never the result
  std::function<bool()> should_stop{};  // asked now and then; empty = never
  Day lower_bound = 0;                  // a proven bound of the makespan, where one is known
};

struct SearchResult {
  Placement placement;
  Standing standing;
  std::uint64_t schedules = 0;  // made, at most the budget
  StoppedBy stopped_by = StoppedBy::Budget;
};

// The best placement found. Never worse than the placement of any priority rule; with one seed, a greater budget is
// never worse than a smaller one. Null where an activity finds no place in the timeline (which one: see
// `first_misfit`). `first` may give an order of activities, predecessors first, to begin with.
[[nodiscard]] std::optional<SearchResult> search(const Project& project, const Objective& objective,
                                                 const SearchOptions& options,
                                                 std::span<const ActivityIndex> first = {});

// The activities placed one by one in that order, each as early as it may (serial schedule-generation scheme, Kelley
// 1963). `order` holds every activity once, predecessors first. Null where one finds no place in the timeline.
[[nodiscard]] std::optional<Placement> place_in_order(const Project& project, std::span<const ActivityIndex> order);
// The activities of a placement by start, predecessors first: placed in that order, none begins later.
[[nodiscard]] std::vector<ActivityIndex> order_of(const Project& project, const Placement& placement);
// The activity that `place_in_order` finds no place for.
[[nodiscard]] std::optional<ActivityIndex> first_misfit(const Project& project, std::span<const ActivityIndex> order);

}  // namespace migplan
