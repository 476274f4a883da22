#include "migplan/scheduling/search.hpp"

#include "makespan_search.hpp"
#include "migplan/scheduling/bounds.hpp"
#include "milestone_search.hpp"
#include "priority_rules.hpp"

namespace migplan {
namespace {

FirstOrders first_orders(const Site& site, std::span<const ActivityIndex> first) {
  FirstOrders result;
  if (!first.empty()) result.orders.emplace_back(first.begin(), first.end());
  result.rules = result.orders.size();
  for (const Keys& keys : priority_rules(site)) result.orders.push_back(order_by(site.project(), keys));
  return result;
}

bool is_makespan_all(const Objective& objective) {
  return objective.stages.empty() && (!objective.due || objective.due_activities.empty());
}

}  // namespace

std::optional<SearchResult> search(const Project& project, const Objective& objective, const SearchOptions& options,
                                   std::span<const ActivityIndex> first) {
  MIGPLAN_ASSERT(first.empty() || first.size() == project.size());
  const Site site(project);
  const FirstOrders orders = first_orders(site, first);
  const std::optional<FlatNetwork> network = is_makespan_all(objective) ? FlatNetwork::of(project) : std::nullopt;
  SearchOptions bounded = options;
  bounded.lower_bound = std::max(options.lower_bound, lower_bounds(project, false).best());
  if (!network) return search_milestones(site, objective, orders, bounded);
  SearchResult result = search_makespan(project, *network, orders, bounded);
  if (result.standing.back() > project.timeline().days()) return std::nullopt;
  return result;
}

}  // namespace migplan
