#include "migplan/scoring/fact_sheet.hpp"

#include <algorithm>

#include "migplan/base/decimal.hpp"
#include "migplan/model/dependency_graph.hpp"

namespace migplan {
namespace {

template <class Q>
void take(FactSheet& sheet, FactId id, const Fact<Q>& fact) {
  if (fact.is_known()) sheet.set(id, fact.value().steps(), FactOrigin::Stated);
}

void take(FactSheet& sheet, FactId id, const Fact<Count>& stated, const std::optional<Count>& derived) {
  take(sheet, id, stated);
  if (!stated.is_known() && derived) sheet.set(id, derived->steps(), FactOrigin::Derived);
}

std::optional<RawValue> raw_impact(const FactSheet& sheet) {
  const auto& peak = sheet[FactId::PeakOrders];
  const auto& sla = sheet[FactId::Sla30d];
  if (!peak.is_known() || !sla.is_known()) return std::nullopt;
  const std::int64_t gap = std::max<std::int64_t>(0, sheet[FactId::SlaTarget].steps - sla.steps);
  return RawValue::from_steps(divide_half_up(Int128{peak.steps} * gap, Percent::scale()));
}

std::optional<RawValue> raw_debt(const FactSheet& sheet, const ScoringPolicy& policy) {
  const auto& days = sheet[FactId::SonarDebt];
  const auto& findings = sheet[FactId::Vulnerabilities];
  if (!days.is_known() || !findings.is_known()) return std::nullopt;
  const Int128 sum = Int128{findings.steps} * policy.vulnerability_days.steps() + days.steps;
  return RawValue::from_steps(static_cast<std::int64_t>(std::min<Int128>(sum, RawValue::max().steps())));
}

std::optional<RawValue> raw_topology(const FactSheet& sheet) {
  const auto& chain = sheet[FactId::UpstreamChain];
  const auto& strong = sheet[FactId::DownstreamStrong];
  if (!chain.is_known() || !strong.is_known()) return std::nullopt;
  return RawValue::whole(chain.steps + strong.steps);
}

}  // namespace

const std::array<FactInfo, kFactCount>& fact_infos() noexcept {
  static constexpr std::int64_t kThousandth = 1'000, kTenth = 100'000;
  static constexpr std::array<FactInfo, kFactCount> kInfos{{
      {FactId::PeakOrders, "impact.peak_orders_per_second", "orders/s", Dimension::Impact, 6,
       OrdersPerSecond::max().steps(), kTenth, true},
      {FactId::Sla30d, "impact.sla_30d", "%", Dimension::Impact, 6, Percent::max().steps(), kThousandth, false},
      {FactId::SlaTarget, "impact.sla_target", "%", Dimension::Impact, 6, Percent::max().steps(), kThousandth, true},
      {FactId::SonarDebt, "debt.sonar_debt_days", "days", Dimension::Debt, 6, DebtDays::max().steps(), kTenth, true},
      {FactId::Vulnerabilities, "debt.high_risk_vulnerabilities", "findings", Dimension::Debt, 0, Count::max().steps(),
       1, true},
      {FactId::UpstreamChain, "topology.upstream_chain_length", "services", Dimension::Topology, 0,
       Count::max().steps(), 1, true},
      {FactId::DownstreamStrong, "topology.downstream_strong_dependencies", "services", Dimension::Topology, 0,
       Count::max().steps(), 1, true},
  }};
  return kInfos;
}

const FactInfo& info_of(FactId id) noexcept { return fact_infos()[static_cast<std::size_t>(id)]; }

Position position_of(const Service& service, FactId id) noexcept {
  switch (id) {
    case FactId::PeakOrders: return service.impact.peak_orders_per_second.at();
    case FactId::Sla30d: return service.impact.sla_30d.at();
    case FactId::SlaTarget: return service.impact.sla_target.at();
    case FactId::SonarDebt: return service.debt.sonar_debt_days.at();
    case FactId::Vulnerabilities: return service.debt.high_risk_vulnerabilities.at();
    case FactId::UpstreamChain: return service.topology.upstream_chain_length.at();
    case FactId::DownstreamStrong: {
      const auto& stated = service.topology.downstream_strong_dependencies;
      return stated.is_known() || service.depends_on.empty() ? stated.at() : service.depends_on.front().at;
    }
  }
  return {};
}

std::vector<DerivedTopology> derive_topology(const Inventory& inventory) {
  const DependencyGraph graph(inventory);
  const std::vector<Count> chains = graph.upstream_chain_lengths();
  std::vector<DerivedTopology> derived(inventory.size());
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    const bool has_list = inventory[i].has_dependency_list;
    if (has_list || graph.has_callers(i)) derived[i].upstream_chain_length = chains[i];
    if (!has_list) continue;
    const auto dependencies = inventory.dependencies(i);
    const auto strong = std::count_if(dependencies.begin(), dependencies.end(),
                                      [](const Dependency& d) { return d.strength == Strength::Strong; });
    derived[i].downstream_strong_dependencies = Count::from_steps(strong);
  }
  return derived;
}

FactSheet fact_sheet(const Service& service, const DerivedTopology* derived, const ScoringPolicy& policy) {
  static constexpr DerivedTopology kNothing;
  const DerivedTopology& topology = derived != nullptr ? *derived : kNothing;
  FactSheet sheet;
  take(sheet, FactId::PeakOrders, service.impact.peak_orders_per_second);
  take(sheet, FactId::Sla30d, service.impact.sla_30d);
  sheet.set(FactId::SlaTarget, policy.sla_target.steps(), FactOrigin::Policy);
  take(sheet, FactId::SlaTarget, service.impact.sla_target);
  take(sheet, FactId::SonarDebt, service.debt.sonar_debt_days);
  take(sheet, FactId::Vulnerabilities, service.debt.high_risk_vulnerabilities);
  take(sheet, FactId::UpstreamChain, service.topology.upstream_chain_length, topology.upstream_chain_length);
  take(sheet, FactId::DownstreamStrong, service.topology.downstream_strong_dependencies,
       topology.downstream_strong_dependencies);
  return sheet;
}

std::optional<RawValue> raw_value(const FactSheet& sheet, Dimension dimension, const ScoringPolicy& policy) {
  switch (dimension) {
    case Dimension::Impact: return raw_impact(sheet);
    case Dimension::Debt: return raw_debt(sheet, policy);
    case Dimension::Topology: return raw_topology(sheet);
  }
  return std::nullopt;
}

}  // namespace migplan
