#include "destructive_bound.hpp"

#include <algorithm>
#include <cstdint>

namespace migplan {
namespace {

constexpr std::size_t kMostOfPairs = 2000, kMostOfIntervals = 300;  // activities
constexpr int kMostRounds = 40;

// Tests whether a makespan leads to a contradiction. Every activity has a window in which it must run; windows only
// shrink, and only by what any placement of that makespan has to keep.
class Refutation {
 public:
  Refutation(const Project& project, const Heads& heads, const Tails& tails)
      : project_(project), heads_(heads), tails_(tails), resources_(project.resource_count()) {
    for (ResourceIndex r = 0; r < resources_; ++r) capacity_.push_back(project.capacity(r)[0]);
    demand_.assign(project.size() * resources_, 0);
    for (ActivityIndex i = 0; i < project.size(); ++i) {
      for (const auto& [resource, amount] : project.demands(i)) demand_[i * resources_ + resource] = amount;
    }
    find_pairs();
  }

  [[nodiscard]] bool of(Day makespan) {
    makespan_ = makespan;
    earliest_ = heads_.starts;
    latest_.clear();
    for (ActivityIndex i = 0; i < project_.size(); ++i) latest_.push_back(makespan - tails_.days[i]);
    has_changed_ = true;
    for (int round = 0; has_changed_ && round < kMostRounds; ++round) {
      has_changed_ = false;
      if (!keep_precedences() || !keep_pairs() || !keep_profile()) return true;
    }
    return project_.size() <= kMostOfIntervals && has_overfull_interval();
  }

 private:
  struct Pair {
    ActivityIndex one, other;
  };

  [[nodiscard]] std::int32_t duration(ActivityIndex i) const noexcept { return project_[i].duration; }
  [[nodiscard]] std::int32_t demand(ActivityIndex i, ResourceIndex r) const noexcept {
    return demand_[i * resources_ + r];
  }

  void find_pairs() {
    for (ActivityIndex i = 0; i < project_.size(); ++i) {
      for (ActivityIndex j = i + 1; j < project_.size(); ++j) {
        if (duration(i) > 0 && duration(j) > 0 && exclude_each_other(i, j)) pairs_.push_back({i, j});
      }
    }
  }

  [[nodiscard]] bool exclude_each_other(ActivityIndex i, ActivityIndex j) const noexcept {
    for (ResourceIndex r = 0; r < resources_; ++r) {
      if (demand(i, r) + demand(j, r) > capacity_[r]) return true;
    }
    return false;
  }

  // Both are false where the window has become too small.
  bool begin_from(ActivityIndex i, Day start) {
    if (start <= earliest_[i]) return true;
    earliest_[i] = start;
    has_changed_ = true;
    return start + duration(i) <= latest_[i];
  }
  bool finish_by(ActivityIndex i, Day finish) {
    if (finish >= latest_[i]) return true;
    latest_[i] = finish;
    has_changed_ = true;
    return earliest_[i] + duration(i) <= finish;
  }

  bool keep_precedences() {
    const auto order = project_.topological_order();
    for (const ActivityIndex i : order) {
      for (const ActivityIndex after : project_.successors(i)) {
        if (!begin_from(after, earliest_[i] + duration(i))) return false;
      }
    }
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
      if (earliest_[*i] + duration(*i) > latest_[*i]) return false;
      for (const ActivityIndex before : project_.predecessors(*i)) {
        if (!finish_by(before, latest_[*i] - duration(*i))) return false;
      }
    }
    return true;
  }

  // Two that cannot run together run one after the other; where one way is too long, it is the other way.
  bool keep_pairs() {
    for (const auto& [i, j] : pairs_) {
      const bool is_first_possible = earliest_[i] + duration(i) + duration(j) <= latest_[j];
      const bool is_second_possible = earliest_[j] + duration(j) + duration(i) <= latest_[i];
      if (!is_first_possible && !is_second_possible) return false;
      if (!is_second_possible && !keep_apart(i, j)) return false;
      if (!is_first_possible && !keep_apart(j, i)) return false;
    }
    return true;
  }
  bool keep_apart(ActivityIndex before, ActivityIndex after) {
    return begin_from(after, earliest_[before] + duration(before)) &&
           finish_by(before, latest_[after] - duration(after));
  }

  // What runs for certain: every activity from its latest start to its earliest finish.
  bool keep_profile() {
    const auto days = static_cast<std::size_t>(makespan_);
    for (ResourceIndex r = 0; r < resources_; ++r) {
      used_.assign(days, 0);
      for (ActivityIndex i = 0; i < project_.size(); ++i) {
        for (Day day = latest_[i] - duration(i); day < earliest_[i] + duration(i); ++day) {
          used_[static_cast<std::size_t>(day)] += demand(i, r);
        }
      }
      if (std::any_of(used_.begin(), used_.end(), [&](std::int32_t used) { return used > capacity_[r]; })) return false;
      for (ActivityIndex i = 0; i < project_.size(); ++i) {
        if (demand(i, r) > 0 && !(push_later(i, r) && push_earlier(i, r))) return false;
      }
    }
    return true;
  }

  // The certain part of an activity that used_ counts is that of the windows at the time of counting; windows only
  // shrink, so that it is part of the present one and is never in the activity's own way.
  [[nodiscard]] bool is_blocked(ActivityIndex i, ResourceIndex r, Day day) const {
    const bool is_own = day >= latest_[i] - duration(i) && day < earliest_[i] + duration(i);
    return !is_own && used_[static_cast<std::size_t>(day)] + demand(i, r) > capacity_[r];
  }
  bool push_later(ActivityIndex i, ResourceIndex r) {
    Day start = earliest_[i];
    for (Day day = start; day < start + duration(i) && start + duration(i) <= latest_[i]; ++day) {
      if (is_blocked(i, r, day)) start = day + 1;
    }
    return begin_from(i, start);
  }
  bool push_earlier(ActivityIndex i, ResourceIndex r) {
    Day finish = latest_[i];
    for (Day day = finish - 1; day >= finish - duration(i) && finish - duration(i) >= earliest_[i]; --day) {
      if (is_blocked(i, r, day)) finish = day;
    }
    return finish_by(i, finish);
  }

  // Energetic reasoning (Baptiste, Le Pape, Nuijten 1999) over intervals from an earliest start to a latest finish: the
  // least that each activity works inside, against what the resource has to give.
  [[nodiscard]] bool has_overfull_interval() const {
    std::vector<Day> begins = earliest_, ends = latest_;
    for (std::vector<Day>* days : {&begins, &ends}) {
      std::sort(days->begin(), days->end());
      days->erase(std::unique(days->begin(), days->end()), days->end());
    }
    std::vector<std::int64_t> work(resources_);
    for (const Day begin : begins) {
      for (const Day end : ends) {
        if (end > begin && is_overfull(begin, end, work)) return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool is_overfull(Day begin, Day end, std::vector<std::int64_t>& work) const {
    std::fill(work.begin(), work.end(), 0);
    for (ActivityIndex i = 0; i < project_.size(); ++i) {
      const std::int32_t if_early = earliest_[i] + duration(i) - begin, if_late = end - latest_[i] + duration(i);
      const std::int32_t inside = std::min({if_early, if_late, duration(i), end - begin});
      if (inside <= 0) continue;
      for (ResourceIndex r = 0; r < resources_; ++r) work[r] += std::int64_t{inside} * demand(i, r);
    }
    for (ResourceIndex r = 0; r < resources_; ++r) {
      if (work[r] > std::int64_t{capacity_[r]} * (end - begin)) return true;
    }
    return false;
  }

  const Project& project_;
  const Heads& heads_;
  const Tails& tails_;
  std::size_t resources_;
  std::vector<std::int32_t> capacity_, demand_, used_;
  std::vector<Pair> pairs_;
  std::vector<Day> earliest_, latest_;  // start, finish
  Day makespan_ = 0;
  bool has_changed_ = false;
};

}  // namespace

Day destructive_bound(const Project& project, const Heads& heads, const Tails& tails, Day bound) {
  if (project.size() > kMostOfPairs) return bound;
  Refutation is_refuted(project, heads, tails);
  while (bound <= project.timeline().days() && is_refuted.of(bound)) ++bound;
  return bound;
}

}  // namespace migplan
