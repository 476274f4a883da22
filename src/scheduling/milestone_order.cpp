#include "milestone_order.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "critical_path.hpp"

namespace migplan {

Milestones::Milestones(const Site& site, const Objective& objective, std::span<const ActivityIndex> by_latest)
    : site_(site) {
  const Project& project = site.project();
  std::vector<std::uint32_t> rank(project.size());
  for (std::uint32_t k = 0; k < by_latest.size(); ++k) rank[by_latest[k]] = k;
  before_begins_.push_back(0);
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    const auto befores = project.predecessors(i);
    const auto begin = befores_.insert(befores_.end(), befores.begin(), befores.end());
    std::sort(begin, befores_.end(), [&](ActivityIndex a, ActivityIndex b) { return rank[a] < rank[b]; });
    before_begins_.push_back(static_cast<std::uint32_t>(befores_.size()));
  }
  find_stages(objective);
  find_works();
  find_rest(by_latest);
}

void Milestones::find_stages(const Objective& objective) {
  const std::size_t size = site_.project().size();
  constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> stage_of(size, kNone);
  std::vector<double> weight_of(size);
  for (std::uint32_t s = 0; s < objective.stages.size(); ++s) {
    for (const auto& [activity, weight, limit] : objective.stages[s]) {
      if (weight <= 0 || stage_of[activity] < s) continue;
      stage_of[activity] = s;
      weight_of[activity] += static_cast<double>(weight);
    }
  }
  const auto last = static_cast<std::uint32_t>(objective.stages.size());
  if (objective.due) {
    for (const ActivityIndex i : objective.due_activities) stage_of[i] = std::min(stage_of[i], last);
  }
  const bool weighs_nothing = std::all_of(stage_of.begin(), stage_of.end(), [](auto stage) { return stage == kNone; });
  for (ActivityIndex i = 0; i < size; ++i) {
    if (stage_of[i] == kNone && !weighs_nothing) continue;
    activities_.push_back(i);
    stages_.push_back(std::min(stage_of[i], last));
    weights_.push_back(weight_of[i]);
  }
}

// The work that a milestone alone asks for: back to the milestones before it.
void Milestones::find_works() {
  const Project& project = site_.project();
  std::vector<bool> is_milestone(project.size()), is_seen(project.size());
  for (const ActivityIndex i : activities_) is_milestone[i] = true;
  std::vector<ActivityIndex> open;
  for (const ActivityIndex milestone : activities_) {
    double work = project[milestone].duration;
    open.assign(1, milestone);
    while (!open.empty()) {
      const ActivityIndex i = open.back();
      open.pop_back();
      for (const ActivityIndex before : project.predecessors(i)) {
        if (is_milestone[before] || is_seen[before]) continue;
        is_seen[before] = true;
        work += project[before].duration;
        open.push_back(before);
      }
    }
    works_.push_back(work);
  }
}

void Milestones::find_rest(std::span<const ActivityIndex> by_latest) {
  const Project& project = site_.project();
  std::vector<bool> is_needed(project.size());
  for (const ActivityIndex i : activities_) is_needed[i] = true;
  const auto order = project.topological_order();
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    const auto afters = project.successors(*i);
    if (std::any_of(afters.begin(), afters.end(), [&](ActivityIndex after) { return is_needed[after]; })) {
      is_needed[*i] = true;
    }
  }
  std::copy_if(by_latest.begin(), by_latest.end(), std::back_inserter(rest_),
               [&](ActivityIndex i) { return !is_needed[i]; });
}

Milestones::Order Milestones::sorted_by(const std::vector<double>& key, bool by_stage) const {
  Order order(size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (by_stage && stages_[a] != stages_[b]) return stages_[a] < stages_[b];
    return key[a] < key[b];
  });
  return order;
}

std::vector<Milestones::Order> Milestones::rule_orders() const {
  const Heads heads = heads_of(site_);
  const Tails tails = tails_of(site_.project());
  std::vector<double> per_work, weight, chain, latest;
  for (std::size_t m = 0; m < size(); ++m) {
    per_work.push_back(-weights_[m] / std::max(works_[m], 1.0));
    weight.push_back(-weights_[m]);
    chain.push_back(heads.finishes[activities_[m]]);
    latest.push_back(-tails.days[activities_[m]]);
  }
  return {sorted_by(per_work, true), sorted_by(weight, true),    sorted_by(chain, true),
          sorted_by(latest, true),   sorted_by(per_work, false), sorted_by(chain, false)};
}

Milestones::Order Milestones::order_in(std::span<const ActivityIndex> activities) const {
  std::vector<double> place(site_.project().size());
  for (std::size_t k = 0; k < activities.size(); ++k) place[activities[k]] = static_cast<double>(k);
  std::vector<double> key;
  for (const ActivityIndex i : activities_) key.push_back(place[i]);
  return sorted_by(key, false);
}

bool Milestones::place(const Order& order, Decoder& decoder, Scratch& scratch) const {
  scratch.is_seen.assign(site_.project().size(), false);
  decoder.clear();
  for (const std::uint32_t m : order) {
    if (!scratch.is_seen[activities_[m]] && !place_with_befores(activities_[m], decoder, scratch)) return false;
  }
  return std::all_of(rest_.begin(), rest_.end(), [&](ActivityIndex i) { return decoder.place(i); });
}

// Depth first, so that each activity is placed behind all that it waits for.
bool Milestones::place_with_befores(ActivityIndex milestone, Decoder& decoder, Scratch& scratch) const {
  scratch.is_seen[milestone] = true;
  scratch.stack.push_back({milestone, before_begins_[milestone]});
  while (!scratch.stack.empty()) {
    auto& [activity, next] = scratch.stack.back();
    if (next == before_begins_[activity + 1]) {
      if (!decoder.place(activity)) {
        scratch.stack.clear();
        return false;
      }
      scratch.stack.pop_back();
      continue;
    }
    const ActivityIndex before = befores_[next++];
    if (scratch.is_seen[before]) continue;
    scratch.is_seen[before] = true;
    scratch.stack.push_back({before, before_begins_[before]});
  }
  return true;
}

}  // namespace migplan
