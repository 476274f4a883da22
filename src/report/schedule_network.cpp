#include "schedule_network.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "migplan/base/assert.hpp"
#include "migplan/model/dependency_graph.hpp"
#include "schedule_columns.hpp"
#include "schedule_tables.hpp"
#include "table_choice.hpp"

namespace migplan {

using namespace schedule_view;

namespace {

std::set<std::string> names_in(const Table& services) {
  std::set<std::string> names;
  const std::size_t name = services.find_column("name");
  for (std::size_t row = 0; row < services.row_count(); ++row) {
    names.emplace(services.cell(row, name).text().value_or(""));
  }
  return names;
}

class NetworkBuilder {
 public:
  NetworkBuilder(const Plan& plan, std::set<std::string> shown)
      : plan_(plan),
        inventory_(plan.programme().card().inventory()),
        shown_(std::move(shown)),
        node_of_(inventory_.size()),
        cycles_(inventory_, DependencyGraph::Edges::Strong) {
    for (const ActivityIndex i : plan.critical_chain()) critical_.insert(plan.programme().owner_of(i).migration);
  }

  Network run() {
    for (const Wave& wave : plan_.waves()) add_wave(wave);
    network_.title =
        fmt::format("{} service{} in {} wave{}", network_.nodes.size(), network_.nodes.size() == 1 ? "" : "s",
                    network_.groups.size(), network_.groups.size() == 1 ? "" : "s");
    find_bridges();
    for (std::uint32_t node = 0; node < network_.nodes.size(); ++node) add_edges(node);
    return std::move(network_);
  }

 private:
  void add_wave(const Wave& wave) {
    const auto group = static_cast<std::uint32_t>(network_.groups.size());
    std::size_t count = 0;
    for (const std::uint32_t m : wave.migrations) {
      if (!shown_.contains(std::string(name_of(plan_, m)))) continue;
      const ServiceIndex service = migration_of(plan_, m).service;
      const TierIndex tier = tier_of(plan_, m);
      node_of_[service] = static_cast<std::uint32_t>(network_.nodes.size());
      services_.push_back(service);
      network_.nodes.push_back({.name = name_of(plan_, m),
                                .display_name = profile_of(inventory_[service]).display_name,
                                .tier = plan_.programme().card().policy().tiers()[tier].name,
                                .rank = static_cast<std::uint32_t>(tier),
                                .group = group,
                                .is_critical = critical_.contains(m)});
      ++count;
    }
    if (count == 0) return;
    network_.groups.push_back({fmt::format("{}: {} cutover{}", wave.window.to_string(), count, count == 1 ? "" : "s")});
  }

  void find_bridges() {
    for (const Bridge& bridge : plan_.bridges()) {
      const Programme& programme = plan_.programme();
      bridges_.emplace(
          std::pair(migration_of(plan_, bridge.caller).service, migration_of(plan_, bridge.callee).service),
          fmt::format("{} to {}", programme.date_of(bridge.from).to_string(),
                      programme.date_of(bridge.to).to_string()));
    }
  }

  void add_edges(std::uint32_t node) {
    const ServiceIndex from = services_[node];
    for (const Dependency& dependency : inventory_.dependencies(from)) {
      if (dependency.is_external || !node_of_[dependency.target]) continue;
      const ServiceIndex to = dependency.target;
      NetworkEdge edge{.from = node, .to = *node_of_[to], .is_strong = dependency.strength == Strength::Strong};
      edge.is_in_cycle = edge.is_strong && from != to && cycles_.component_of(from) == cycles_.component_of(to);
      if (const auto bridge = bridges_.find({from, to}); bridge != bridges_.end()) edge.bridge = bridge->second;
      network_.edges.push_back(std::move(edge));
    }
  }

  const Plan& plan_;
  const Inventory& inventory_;
  std::set<std::string> shown_;
  std::set<std::uint32_t> critical_;                   // migrations
  std::vector<std::optional<std::uint32_t>> node_of_;  // by service
  std::vector<ServiceIndex> services_;                 // by node
  DependencyGraph cycles_;
  std::map<std::pair<ServiceIndex, ServiceIndex>, std::string> bridges_;
  Network network_;
};

}  // namespace

std::function<Network()> network_of(const Plan& plan, std::vector<bool> tiers, TableChoice choice) {
  if (!choice.table.empty() && choice.table != "services") return {};
  choice.columns.clear();
  return [&plan, tiers = std::move(tiers), choice = std::move(choice)] {
    Table rows = services_table(plan, tiers);
    const Issues issues = apply(choice, rows);
    MIGPLAN_ASSERT(!issues.has_errors());
    return NetworkBuilder(plan, names_in(rows)).run();
  };
}

}  // namespace migplan
