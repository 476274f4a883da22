#include <algorithm>

#include "decoder.hpp"
#include "migplan/scheduling/search.hpp"

namespace migplan {

std::optional<Placement> place_in_order(const Project& project, std::span<const ActivityIndex> order) {
  MIGPLAN_ASSERT(order.size() == project.size());
  const Site site(project);
  Decoder decoder(site);
  if (decoder.place_all(order)) return std::nullopt;
  return decoder.times();
}

std::optional<ActivityIndex> first_misfit(const Project& project, std::span<const ActivityIndex> order) {
  const Site site(project);
  return Decoder(site).place_all(order);
}

std::vector<ActivityIndex> order_of(const Project& project, const Placement& placement) {
  std::vector<ActivityIndex> order(project.topological_order().begin(), project.topological_order().end());
  std::stable_sort(order.begin(), order.end(), [&placement](ActivityIndex a, ActivityIndex b) {
    return placement.starts[a] < placement.starts[b];
  });
  return order;
}

}  // namespace migplan
