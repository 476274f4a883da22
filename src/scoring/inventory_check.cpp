#include "migplan/scoring/inventory_check.hpp"

#include <fmt/format.h>

#include <string_view>

#include "migplan/scoring/fact_sheet.hpp"

namespace migplan {
namespace {

void compare(const Inventory& inventory, ServiceIndex i, std::string_view field, const Fact<Count>& stated,
             const std::optional<Count>& derived, Issues& issues) {
  if (!stated.is_known() || !derived || stated.value() == *derived) return;
  issues.add({Severity::Warning, inventory.files()[inventory[i].file], stated.at(),
              inventory.path_of(i, fmt::format("topology.{}", field)),
              fmt::format("states {}, the dependencies give {}; the stated number is used", stated.value().steps(),
                          derived->steps()),
              "leave it out to have it derived"});
}

}  // namespace

Issues topology_warnings(const Inventory& inventory) {
  const std::vector<DerivedTopology> derived = derive_topology(inventory);
  Issues issues;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    const TopologyFacts& stated = inventory[i].topology;
    compare(inventory, i, "upstream_chain_length", stated.upstream_chain_length, derived[i].upstream_chain_length,
            issues);
    compare(inventory, i, "downstream_strong_dependencies", stated.downstream_strong_dependencies,
            derived[i].downstream_strong_dependencies, issues);
  }
  return issues;
}

Issues override_issues(const Inventory& inventory, const Policy& policy) {
  Issues issues;
  if (!inventory.has_details()) return issues;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    const auto& tier_override = details_of(inventory[i]).tier_override;
    if (!tier_override || policy.find_tier(tier_override->tier)) continue;
    issues.add({Severity::Error, inventory.files()[inventory[i].file], tier_override->at,
                inventory.path_of(i, "override.tier"),
                fmt::format("{} is no tier of the policy", in_quotes(tier_override->tier)), ""});
  }
  return issues;
}

Issues expired_overrides(const Inventory& inventory, Date as_of) {
  Issues issues;
  if (!inventory.has_details()) return issues;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    const auto& tier_override = details_of(inventory[i]).tier_override;
    if (!tier_override || tier_override->expires >= as_of) continue;
    issues.add({Severity::Warning, inventory.files()[inventory[i].file], tier_override->at,
                inventory.path_of(i, "override.expires"),
                fmt::format("the override of {} to tier {} expired on {}", inventory[i].name, tier_override->tier,
                            tier_override->expires.to_string()),
                ""});
  }
  return issues;
}

}  // namespace migplan
