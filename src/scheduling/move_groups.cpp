#include "move_groups.hpp"

#include <algorithm>
#include <limits>

#include "migplan/model/dependency_graph.hpp"

namespace migplan {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

std::vector<std::uint32_t> migration_of_service(const Scorecard& card, const std::vector<Migration>& migrations) {
  std::vector<std::uint32_t> of(card.inventory().size(), kNone);
  for (std::uint32_t m = 0; m < migrations.size(); ++m) of[migrations[m].service] = m;
  return of;
}

// Whether the order between these two is kept rather than bridged.
bool is_order_kept(const SchedulePolicy& policy, TierIndex first, TierIndex second) {
  return policy.across_tiers == AcrossTiers::Hard || first <= second;
}

}  // namespace

std::vector<MoveGroup> move_groups(const Scorecard& card, std::vector<Migration>& migrations) {
  const DependencyGraph graph(card.inventory(), DependencyGraph::Edges::Strong);
  std::vector<std::uint32_t> group_of_component(graph.component_count(), kNone);
  std::vector<std::vector<std::uint32_t>> members(graph.component_count());
  for (std::uint32_t m = 0; m < migrations.size(); ++m) {
    members[graph.component_of(migrations[m].service)].push_back(m);
  }
  std::vector<MoveGroup> groups;
  for (auto& of_component : members) {
    if (of_component.empty()) continue;
    MoveGroup group;
    group.tier = std::numeric_limits<TierIndex>::max();
    for (const std::uint32_t m : of_component) {
      migrations[m].group = static_cast<std::uint32_t>(groups.size());
      group.tier = std::min(group.tier, card[migrations[m].service].tier);
    }
    group.members = std::move(of_component);
    groups.push_back(std::move(group));
  }
  return groups;
}

std::vector<Call> calls_between(const Scorecard& card, const std::vector<Migration>& migrations,
                                const std::vector<MoveGroup>& groups) {
  const SchedulePolicy& policy = card.policy().schedule();
  const auto migration_of = migration_of_service(card, migrations);
  std::vector<Call> calls;
  for (std::uint32_t caller = 0; caller < migrations.size(); ++caller) {
    for (const Dependency& dependency : card.inventory().dependencies(migrations[caller].service)) {
      if (dependency.is_external || dependency.strength != Strength::Strong) continue;
      const std::uint32_t callee = migration_of[dependency.target];
      if (callee == kNone || migrations[callee].group == migrations[caller].group) continue;
      const TierIndex above = groups[migrations[caller].group].tier, below = groups[migrations[callee].group].tier;
      const bool is_kept = policy.order == CutoverOrder::CalleeFirst   ? is_order_kept(policy, below, above)
                           : policy.order == CutoverOrder::CallerFirst ? is_order_kept(policy, above, below)
                                                                       : false;
      calls.push_back({caller, callee, is_kept});
    }
  }
  return calls;
}

}  // namespace migplan
