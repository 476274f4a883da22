#include "migplan/scheduling/search.hpp"

#include "decoder.hpp"
#include "makespan_search.hpp"
#include "migplan/scheduling/bounds.hpp"
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

std::optional<SearchResult> search_orders(const Site& site, const Objective& objective, const SearchOptions& options,
                                          const FirstOrders& first) {
  Decoder decoder(site);
  std::optional<SearchResult> best;
  std::uint64_t schedules = 0;
  for (const auto& order : first.orders) {
    if (schedules == std::max<std::uint64_t>(options.budget, 1)) break;
    ++schedules;
    if (decoder.place_all(order)) continue;
    Placement placement = decoder.placement();
    Standing standing = standing_of(site.project(), objective, placement);
    if (!best || standing < best->standing) best = SearchResult{std::move(placement), std::move(standing), 0, {}};
  }
  if (best) best->schedules = schedules;
  return best;
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
  if (!network) return search_orders(site, objective, options, orders);
  SearchOptions bounded = options;
  bounded.lower_bound = std::max(options.lower_bound, lower_bounds(project, false).best());
  SearchResult result = search_makespan(project, *network, orders, bounded);
  if (result.standing.back() > project.timeline().days()) return std::nullopt;
  return result;
}

}  // namespace migplan
