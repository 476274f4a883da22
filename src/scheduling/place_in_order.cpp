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

}  // namespace migplan
