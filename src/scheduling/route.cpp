#include <algorithm>
#include <limits>
#include <string>

#include "migplan/base/assert.hpp"
#include "migplan/scheduling/programme.hpp"
#include "service_cycles.hpp"

namespace migplan {

std::string_view route_of(const Policy& policy, Kind kind, TierIndex tier) {
  const auto& routes = policy.schedule().routes;
  const std::string& of_tier = policy.tiers()[tier].route;
  auto chosen = routes.find(of_tier.empty() ? std::string(kDefaultRoute) : of_tier);
  for (auto route = routes.begin(); route != routes.end(); ++route) {
    if (route->second.kind == kind) chosen = route;
  }
  MIGPLAN_ASSERT(chosen != routes.end());
  return chosen->first;
}

std::vector<TierIndex> planned_tiers(const Scorecard& card) {
  const std::vector<std::uint32_t> cycle = strong_cycles(card.inventory());
  std::vector<TierIndex> highest(cycle.size(), std::numeric_limits<TierIndex>::max());
  for (ServiceIndex i = 0; i < cycle.size(); ++i) highest[cycle[i]] = std::min(highest[cycle[i]], card[i].tier);
  std::vector<TierIndex> tiers;
  tiers.reserve(cycle.size());
  for (const std::uint32_t one : cycle) tiers.push_back(highest[one]);
  return tiers;
}

}  // namespace migplan
