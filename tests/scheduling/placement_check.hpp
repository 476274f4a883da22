#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "migplan/scheduling/search.hpp"

namespace migplan::testing {

// What is wrong with a placement, in words; empty where nothing is. Shares no code with what makes placements: it
// counts day by day. Fixed activities may break everything but their day.
class PlacementCheck {
 public:
  PlacementCheck(const Project& project, const Placement& placement) : project_(project), placement_(placement) {}

  std::string run() {
    if (placement_.starts.size() != project_.size() || placement_.finishes.size() != project_.size()) return "size";
    for (ActivityIndex i = 0; i < project_.size(); ++i) {
      const std::string wrong = wrong_with(i);
      if (!wrong.empty()) return "activity " + std::to_string(i) + ": " + wrong;
    }
    for (ResourceIndex r = 0; r < project_.resource_count(); ++r) {
      const std::string wrong = overloaded(r);
      if (!wrong.empty()) return "resource " + std::to_string(r) + ": " + wrong;
    }
    return "";
  }

 private:
  [[nodiscard]] Day start(ActivityIndex i) const { return placement_.starts[i]; }
  [[nodiscard]] Day finish(ActivityIndex i) const { return placement_.finishes[i]; }
  [[nodiscard]] bool is_working(Day day) const {
    const Timeline& time = project_.timeline();
    return time.day_of(time.slot_from(day)) == day;
  }

  [[nodiscard]] std::string wrong_with(ActivityIndex i) const {
    const Activity& activity = project_[i];
    if (start(i) < 0 || finish(i) > project_.timeline().days() || finish(i) < start(i)) return "out of the timeline";
    if (activity.fixed) return start(i) == *activity.fixed ? "" : "moved from its fixed day";
    if (start(i) < activity.release) return "begins before its release";
    for (const ActivityIndex before : project_.predecessors(i)) {
      if (finish(before) > start(i)) return "begins before " + std::to_string(before) + " is finished";
    }
    std::int32_t worked = 0;
    for (Day day = start(i); day < finish(i); ++day) {
      if (activity.closure != 0 && project_.closures()[activity.closure][static_cast<std::size_t>(day)])
        return "closed";
      if (activity.is_elapsed || is_working(day)) ++worked;
    }
    if (worked != activity.duration) return "runs " + std::to_string(worked) + " days";
    if (activity.duration > 0 && !activity.is_elapsed && !is_working(start(i))) return "begins on a day off";
    if (activity.duration > 0 && !activity.is_elapsed && !is_working(finish(i) - 1)) return "ends on a day off";
    return "";
  }

  // What fixed activities hold alone may be too much; others have to make do with what they leave.
  [[nodiscard]] std::string overloaded(ResourceIndex r) const {
    const Timeline& time = project_.timeline();
    for (std::int32_t slot = 0; slot < time.slots(); ++slot) {
      std::int32_t fixed = 0, free = 0;
      for (ActivityIndex i = 0; i < project_.size(); ++i) {
        if (start(i) > time.day_of(slot) || finish(i) <= time.day_of(slot)) continue;
        for (const auto& [resource, amount] : project_.demands(i)) {
          if (resource == r) (project_[i].fixed ? fixed : free) += amount;
        }
      }
      const std::int32_t capacity = project_.capacity(r)[static_cast<std::size_t>(slot)];
      if (free > std::max(capacity - fixed, 0)) return "too much on slot " + std::to_string(slot);
    }
    return "";
  }

  const Project& project_;
  const Placement& placement_;
};

inline std::string wrong_with(const Project& project, const Placement& placement) {
  return PlacementCheck(project, placement).run();
}

}  // namespace migplan::testing
