#include "migplan/scheduling/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <queue>
#include <string>
#include <utility>

namespace migplan {
namespace {

// Far above any plan, and small enough that no sum of two overflows a day.
constexpr std::int32_t kGreatestDuration = 1'000'000;
constexpr std::int32_t kGreatestTimeline = 10'000'000;

class PartsCheck {
 public:
  explicit PartsCheck(const ProjectParts& parts) : parts_(parts) {}

  Issues run() {
    const std::int32_t days = parts_.timeline.days();
    require(days <= kGreatestTimeline, "timeline", "found {} days, expected at most {}", days, kGreatestTimeline);
    require(parts_.demands.size() == parts_.activities.size(), "demands",
            "found {} lists, expected one an activity, {}", parts_.demands.size(), parts_.activities.size());
    check_capacities();
    check_closures();
    if (issues_.has_errors()) return std::move(issues_);
    for (std::size_t i = 0; i < parts_.activities.size(); ++i) check_activity(i);
    check_precedences();
    return std::move(issues_);
  }

 private:
  template <class... Values>
  void require(bool holds, std::string path, fmt::format_string<Values...> message, Values&&... values) {
    if (holds) return;
    Issue issue;
    issue.path = std::move(path);
    issue.message = fmt::format(message, std::forward<Values>(values)...);
    issues_.add(std::move(issue));
  }

  void check_capacities() {
    const auto slots = static_cast<std::size_t>(parts_.timeline.slots());
    for (std::size_t r = 0; r < parts_.capacities.size(); ++r) {
      const auto& capacity = parts_.capacities[r];
      const std::string path = fmt::format("capacities[{}]", r);
      require(capacity.size() == slots, path, "found {} values, expected one a slot, {}", capacity.size(), slots);
      const auto wrong = std::find_if(capacity.begin(), capacity.end(), [](std::int32_t amount) {
        return amount < 0 || amount > Project::kGreatestCapacity;
      });
      if (wrong == capacity.end()) continue;
      require(false, path, "found {}, expected 0 to {}", *wrong, Project::kGreatestCapacity);
    }
  }

  void check_closures() {
    const auto& closures = parts_.closures;
    require(!closures.empty() && closures.front().empty(), "closures", "expected an empty one first");
    const auto days = static_cast<std::size_t>(parts_.timeline.days());
    for (std::size_t c = 1; c < closures.size(); ++c) {
      require(closures[c].size() == days, fmt::format("closures[{}]", c), "found {} days, expected {}",
              closures[c].size(), days);
    }
  }

  void check_activity(std::size_t i) {
    const Activity& activity = parts_.activities[i];
    const std::int32_t days = parts_.timeline.days();
    const std::string path = fmt::format("activities[{}]", i);
    require(activity.duration >= 0 && activity.duration <= kGreatestDuration, path,
            "found a duration of {}, expected 0 to {}", activity.duration, kGreatestDuration);
    require(activity.release >= 0 && activity.release <= days, path, "found a release on day {}, expected 0 to {}",
            activity.release, days);
    const Day fixed = activity.fixed.value_or(0);
    require(fixed >= 0 && fixed <= days, path, "found a fixed day {}, expected 0 to {}", fixed, days);
    require(activity.closure < parts_.closures.size(), path, "found closure {}, expected one of {}", activity.closure,
            parts_.closures.size());
    check_demands(i);
  }

  void check_demands(std::size_t i) {
    held_.clear();
    for (const Demand& demand : parts_.demands[i]) {
      const std::string path = fmt::format("demands[{}]", i);
      require(demand.resource < parts_.capacities.size(), path, "found resource {}, expected one of {}",
              demand.resource, parts_.capacities.size());
      require(demand.amount >= 0, path, "found an amount of {}, expected 0 or more", demand.amount);
      held_.push_back(demand.resource);
    }
    std::sort(held_.begin(), held_.end());
    require(std::adjacent_find(held_.begin(), held_.end()) == held_.end(), fmt::format("demands[{}]", i),
            "found a resource twice");
  }

  void check_precedences() {
    const std::size_t size = parts_.activities.size();
    for (std::size_t p = 0; p < parts_.precedences.size(); ++p) {
      const auto [before, after] = parts_.precedences[p];
      require(before < size && after < size, fmt::format("precedences[{}]", p),
              "found activities {} and {}, expected two of {}", before, after, size);
    }
  }

  const ProjectParts& parts_;
  std::vector<ResourceIndex> held_;
  Issues issues_;
};

struct Adjacency {
  std::vector<std::uint32_t> begins;
  std::vector<ActivityIndex> neighbours;
};

// Neighbours of each activity in the order of their indices, each once.
Adjacency adjacency(std::size_t size, std::vector<std::pair<ActivityIndex, ActivityIndex>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  Adjacency result;
  result.begins.assign(size + 1, 0);
  for (const auto& [from, to] : pairs) {
    ++result.begins[from + 1];
    result.neighbours.push_back(to);
  }
  for (std::size_t i = 0; i < size; ++i) result.begins[i + 1] += result.begins[i];
  return result;
}

}  // namespace

Result<Project> Project::create(ProjectParts parts) {
  Issues issues = PartsCheck(parts).run();
  if (issues.has_errors()) return issues;
  Project project(std::move(parts));
  const std::size_t size = project.size();
  std::vector<std::pair<ActivityIndex, ActivityIndex>> forward, backward;
  for (const auto& [before, after] : project.parts_.precedences) {
    forward.emplace_back(before, after);
    backward.emplace_back(after, before);
  }
  Adjacency successors = adjacency(size, std::move(forward));
  Adjacency predecessors = adjacency(size, std::move(backward));
  project.successor_begins_ = std::move(successors.begins);
  project.successors_ = std::move(successors.neighbours);
  project.predecessor_begins_ = std::move(predecessors.begins);
  project.predecessors_ = std::move(predecessors.neighbours);
  project.find_order();
  if (project.order_.size() == size) return project;
  Issue issue;
  issue.path = "precedences";
  issue.message = fmt::format("{} activities stand in or behind a circle of precedences", size - project.order_.size());
  return issue;
}

void Project::find_order() {
  std::vector<std::uint32_t> open(size());
  std::priority_queue<ActivityIndex, std::vector<ActivityIndex>, std::greater<>> ready;
  for (ActivityIndex i = 0; i < size(); ++i) {
    open[i] = static_cast<std::uint32_t>(predecessors(i).size());
    if (open[i] == 0) ready.push(i);
  }
  while (!ready.empty()) {
    const ActivityIndex i = ready.top();
    ready.pop();
    order_.push_back(i);
    for (const ActivityIndex after : successors(i)) {
      if (--open[after] == 0) ready.push(after);
    }
  }
}

Day Project::finish_of(ActivityIndex i, Day start) const noexcept {
  const Activity& activity = parts_.activities[i];
  const Timeline& time = parts_.timeline;
  const Day never = time.days() + 1;
  if (start > time.days()) return never;
  if (activity.duration == 0) return start;
  if (activity.is_elapsed) return std::min(start + activity.duration, never);
  const std::int32_t last = time.slot_from(start) + activity.duration - 1;
  return last < time.slots() ? time.day_of(last) + 1 : never;
}

Project Project::with_durations(std::span<const std::int32_t> durations) const {
  MIGPLAN_ASSERT(durations.size() == size());
  Project other = *this;
  for (std::size_t i = 0; i < durations.size(); ++i) other.parts_.activities[i].duration = durations[i];
  return other;
}

}  // namespace migplan
