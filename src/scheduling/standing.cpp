#include <algorithm>

#include "migplan/scheduling/search.hpp"

namespace migplan {
namespace {

bool is_broken(const Project& project, const Placement& placement, ActivityIndex i) {
  const Activity& activity = project[i];
  if (!activity.fixed) return false;
  if (*activity.fixed < activity.release) return true;
  return std::ranges::any_of(project.predecessors(i),
                             [&](ActivityIndex before) { return placement.finishes[before] > *activity.fixed; });
}

}  // namespace

Standing standing_of(const Project& project, const Objective& objective, const Placement& placement) {
  std::int64_t broken = 0, late = 0, days_late = 0, makespan = 0;
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    if (is_broken(project, placement, i)) ++broken;
    makespan = std::max<std::int64_t>(makespan, placement.finishes[i]);
  }
  if (objective.due) {
    for (const ActivityIndex i : objective.due_activities) {
      const Day behind = placement.finishes[i] - *objective.due;
      if (behind <= 0) continue;
      ++late;
      days_late += behind;
    }
  }
  Standing standing{broken, late, days_late};
  for (const Stage& stage : objective.stages) {
    std::int64_t sum = 0;
    for (const WeightedFinish& part : stage) {
      const Day finish = placement.finishes[part.activity];
      const std::int64_t factor = !part.limit ? finish : finish > *part.limit ? 1 : 0;
      sum += part.weight * factor;
    }
    standing.push_back(sum);
  }
  standing.push_back(makespan);
  return standing;
}

}  // namespace migplan
