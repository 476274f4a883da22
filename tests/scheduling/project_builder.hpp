#pragma once

#include <initializer_list>
#include <numeric>
#include <utility>
#include <vector>

#include "migplan/base/random_stream.hpp"
#include "migplan/scheduling/search.hpp"

namespace migplan::testing {

// A project word by word: project_of(days).resource(2).activity(3, {1}).after(0, 1).
class ProjectBuilder {
 public:
  explicit ProjectBuilder(Timeline timeline) { parts.timeline = std::move(timeline); }

  ProjectBuilder& resource(std::int32_t capacity) {
    parts.capacities.emplace_back(static_cast<std::size_t>(parts.timeline.slots()), capacity);
    return *this;
  }
  // Amounts by resource, as many as are needed.
  ProjectBuilder& activity(std::int32_t duration, std::initializer_list<std::int32_t> amounts = {}) {
    return activity(Activity{duration}, amounts);
  }
  ProjectBuilder& activity(const Activity& activity, std::initializer_list<std::int32_t> amounts = {}) {
    parts.activities.push_back(activity);
    parts.demands.emplace_back();
    ResourceIndex resource = 0;
    for (const std::int32_t amount : amounts) parts.demands.back().push_back({resource++, amount});
    return *this;
  }
  ProjectBuilder& after(ActivityIndex before, ActivityIndex after) {
    parts.precedences.push_back({before, after});
    return *this;
  }
  [[nodiscard]] Project build() const { return Project::create(parts).value(); }

  ProjectParts parts;
};

inline ProjectBuilder project_of(std::int32_t days) { return ProjectBuilder(Timeline::every_day(days)); }

// Five working days, then two that are not.
inline Timeline weeks(std::int32_t count) {
  std::vector<bool> is_working;
  for (std::int32_t day = 0; day < 7 * count; ++day) is_working.push_back(day % 7 < 5);
  return Timeline::of(is_working);
}

inline std::vector<ActivityIndex> in_given_order(const Project& project) {
  return {project.topological_order().begin(), project.topological_order().end()};
}

}  // namespace migplan::testing
