#include "migplan/scoring/fact_sheet.hpp"

#include <catch2/catch.hpp>
#include <optional>
#include <vector>

#include "builders.hpp"

namespace migplan {
namespace {

using testing::inventory;
using testing::of;
using testing::reference_rules;
using testing::service;
using testing::ServiceBuilder;

std::optional<RawValue> raw(const ServiceBuilder& builder, Dimension dimension,
                            const ScoringPolicy& rules = reference_rules().scoring) {
  return raw_value(fact_sheet(builder.alone(), nullptr, rules), dimension, rules);
}

TEST_CASE("raw impact: peak orders times the points below the target", "[scoring]") {
  // 4000 x (99.95 - 99.51) = 4000 x 0.44
  CHECK(raw(service("s").peak("4000").sla("99.51"), Dimension::Impact) == RawValue::whole(1'760));
  // 0.5 x 0.01
  CHECK(raw(service("s").peak("0.5").sla("99.94"), Dimension::Impact) == of<RawValue>("0.005"));
}

TEST_CASE("raw impact: a service above its target has none", "[scoring]") {
  CHECK(raw(service("s").peak("4000").sla("99.95"), Dimension::Impact) == RawValue{});
  CHECK(raw(service("s").peak("4000").sla("99.99"), Dimension::Impact) == RawValue{});
  CHECK(raw(service("s").peak("0").sla("98"), Dimension::Impact) == RawValue{});
}

TEST_CASE("raw impact: a service's own target counts instead of the policy's", "[scoring]") {
  CHECK(raw(service("s").peak("1000").sla("99.5").sla_target("99.9"), Dimension::Impact) == RawValue::whole(400));
  CHECK(raw(service("s").peak("1000").sla("99.5").sla_target("99"), Dimension::Impact) == RawValue{});
}

TEST_CASE("raw impact: a millionth too fine is rounded half up", "[scoring]") {
  // 0.000001 x 0.5 = 0.0000005, and x 0.45 = 0.00000045
  CHECK(raw(service("s").peak("0.000001").sla("99.45"), Dimension::Impact) == RawValue::from_steps(1));
  CHECK(raw(service("s").peak("0.000001").sla("99.5"), Dimension::Impact) == RawValue{});
}

TEST_CASE("raw debt: debt days and what the findings count", "[scoring]") {
  const ServiceBuilder indebted = service("s").sonar("158.5").vulnerabilities(43);
  CHECK(raw(indebted, Dimension::Debt) == of<RawValue>("201.5"));
  ScoringPolicy rules = reference_rules().scoring;
  rules.vulnerability_days = of<DebtDays>("0.25");
  CHECK(raw(indebted, Dimension::Debt, rules) == of<RawValue>("169.25"));  // 158.5 + 43 / 4
}

TEST_CASE("raw topology: callers above and strong dependencies below", "[scoring]") {
  CHECK(raw(service("s").chain(4).strong(7), Dimension::Topology) == RawValue::whole(11));
  CHECK(raw(service("s").chain(0).strong(0), Dimension::Topology) == RawValue{});
}

TEST_CASE("raw value: a dimension of which any fact is missing is missing", "[scoring]") {
  CHECK_FALSE(raw(service("s").peak("10"), Dimension::Impact));
  CHECK_FALSE(raw(service("s").sla("99"), Dimension::Impact));
  CHECK_FALSE(raw(service("s").sonar("10"), Dimension::Debt));
  CHECK_FALSE(raw(service("s").vulnerabilities(10), Dimension::Debt));
  CHECK_FALSE(raw(service("s").chain(1), Dimension::Topology));
  CHECK_FALSE(raw(service("s").strong(1), Dimension::Topology));
}

TEST_CASE("raw value: the greatest facts that can be read do not overflow", "[scoring]") {
  ServiceBuilder largest =
      service("s").peak("1e9").sla("0").sla_target("100").sonar("1e6").vulnerabilities(1'000'000'000);
  largest.chain(1'000'000'000).strong(1'000'000'000);
  ScoringPolicy rules = reference_rules().scoring;
  rules.vulnerability_days = DebtDays::max();
  CHECK(raw(largest, Dimension::Impact, rules) == of<RawValue>("1e11"));
  CHECK(raw(largest, Dimension::Debt, rules) == RawValue::max());
  CHECK(raw(largest, Dimension::Topology, rules) == of<RawValue>("2e9"));
}

TEST_CASE("FactSheet: each fact tells where it comes from", "[scoring]") {
  const DerivedTopology derived{Count::whole(3), Count::whole(5)};
  const FactSheet sheet = fact_sheet(service("s").peak("10").chain(9).alone(), &derived, reference_rules().scoring);
  CHECK(sheet[FactId::PeakOrders] == FactSheet::Entry{10'000'000, FactOrigin::Stated});
  CHECK(sheet[FactId::Sla30d].origin == FactOrigin::Missing);
  CHECK_FALSE(sheet[FactId::Sla30d].is_known());
  CHECK(sheet[FactId::SlaTarget] == FactSheet::Entry{99'950'000, FactOrigin::Policy});
  CHECK(sheet[FactId::UpstreamChain] == FactSheet::Entry{9, FactOrigin::Stated});
  CHECK(sheet[FactId::DownstreamStrong] == FactSheet::Entry{5, FactOrigin::Derived});
}

TEST_CASE("FactSheet: another sheet is made and this one stays", "[scoring]") {
  const FactSheet sheet = fact_sheet(service("s").chain(9).alone(), nullptr, reference_rules().scoring);
  const FactSheet other = sheet.with(FactId::UpstreamChain, {4, FactOrigin::Stated});
  CHECK(other[FactId::UpstreamChain].steps == 4);
  CHECK(sheet[FactId::UpstreamChain].steps == 9);
}

TEST_CASE("fact infos: each fact stands in its own place with the range of its quantity", "[scoring]") {
  for (std::size_t i = 0; i < kFactCount; ++i) CHECK(static_cast<std::size_t>(fact_infos()[i].id) == i);
  CHECK(info_of(FactId::Sla30d).path == "impact.sla_30d");
  CHECK_FALSE(info_of(FactId::Sla30d).raises_score);
  CHECK(info_of(FactId::Sla30d).max == Percent::max().steps());
  CHECK(info_of(FactId::PeakOrders).max == OrdersPerSecond::max().steps());
  CHECK(info_of(FactId::PeakOrders).decimals == OrdersPerSecond::kDecimals);
}

TEST_CASE("derived topology: outside dependencies are strong ones too and weak ones are not", "[scoring]") {
  const auto derived = derive_topology(
      inventory({service("cart").calls("auth").calls_weakly("mail").calls_outside("redis").calls_outside_weakly("mq"),
                 service("auth").calls_nothing(), service("mail").calls_nothing()}));
  CHECK(derived[0].downstream_strong_dependencies == Count::whole(2));
  CHECK(derived[1].downstream_strong_dependencies == Count::whole(0));
  CHECK(derived[0].upstream_chain_length == Count::whole(0));
  CHECK(derived[2].upstream_chain_length == Count::whole(1));
}

TEST_CASE("derived topology: without a dependency list nothing is known of what is called", "[scoring]") {
  const auto derived = derive_topology(inventory({service("cart").calls("auth"), service("auth"), service("alone")}));
  CHECK_FALSE(derived[1].downstream_strong_dependencies);
  CHECK(derived[1].upstream_chain_length == Count::whole(1));  // its caller says so
  CHECK_FALSE(derived[2].downstream_strong_dependencies);
  CHECK_FALSE(derived[2].upstream_chain_length);
}

}  // namespace
}  // namespace migplan
