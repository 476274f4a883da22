#include "migplan/scheduling/search.hpp"

#include "decoder.hpp"
#include "priority_rules.hpp"

namespace migplan {

std::optional<SearchResult> search(const Project& project, const Objective& objective, const SearchOptions& options,
                                   std::span<const ActivityIndex> first) {
  const Site site(project);
  Decoder decoder(site);
  std::vector<std::vector<ActivityIndex>> orders;
  if (!first.empty()) orders.emplace_back(first.begin(), first.end());
  for (const Keys& keys : priority_rules(site)) orders.push_back(order_by(project, keys));
  std::optional<SearchResult> best;
  std::uint64_t schedules = 0;
  for (const auto& order : orders) {
    if (schedules == std::max<std::uint64_t>(options.budget, 1)) break;
    ++schedules;
    if (decoder.place_all(order)) continue;
    Placement placement = decoder.placement();
    Standing standing = standing_of(project, objective, placement);
    if (!best || standing < best->standing) best = SearchResult{std::move(placement), std::move(standing), 0, {}};
  }
  if (best) best->schedules = schedules;
  return best;
}

}  // namespace migplan
