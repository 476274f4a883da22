// Every reader makes the same inventory of the same facts, with all the keys that a service has.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <iterator>
#include <string>

#include "migplan/base/decimal.hpp"
#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

template <class F>
requires requires(const F& fact) { fact.is_known(); }
std::string shown(const F& fact) { return fact.is_known() ? trimmed(fact.value()) : "?"; }
template <class D>
std::string shown(const std::optional<D>& date) {
  return date ? date->to_string() : "?";
}
std::string shown(std::optional<bool> flag) { return !flag ? "?" : *flag ? "yes" : "no"; }
std::string shown(std::span<const std::string_view> texts) { return fmt::format("{}", fmt::join(texts, "+")); }

std::string shown(const Transaction& transaction) {
  std::string out = fmt::format("{} {}:", transaction.name, name_of(transaction.mode));
  for (const TransactionStep& step : transaction.steps) {
    out += fmt::format(" [{} {} {} {} {} {} {}]", step.service, step.action, step.compensation, shown(step.carries),
                       shown(step.needs), step.reserves, shown(step.is_idempotent));
  }
  return out;
}

std::string shown(const ServiceDetails& d) {
  std::string out =
      fmt::format("effort {} window {} runtime {} {} {} {} slo {} {} {}", shown(d.effort), shown(d.committed_window),
                  shown(d.runtime.heap_max), shown(d.runtime.live_heap), d.runtime.gc, shown(d.runtime.threads),
                  shown(d.slo.availability), shown(d.slo.error_budget_monthly), shown(d.slo.latency_p95_target));
  for (const Transaction& transaction : d.transactions) out += "\n  transaction " + shown(transaction);
  out += "\n  payloads " + shown(d.payloads);
  for (const auto& [phase, progress] : d.progress) {
    out += fmt::format("\n  {} {}..{}", phase, shown(progress.started), shown(progress.finished));
  }
  for (const auto& [phase, pin] : d.pins) out += fmt::format("\n  pin {} {}", phase, pin.day.to_string());
  for (const auto& [phase, time] : d.durations) {
    out += fmt::format("\n  {} {}/{}/{}", phase, shown(time.low), shown(time.likely), shown(time.high));
  }
  if (const auto& wish = d.tier_override) {
    out += fmt::format("\n  override {} {} {} {}", wish->tier, wish->reason, wish->owner, wish->expires.to_string());
  }
  return out;
}

std::string shown(const Service& s) {
  const ServiceProfile& p = profile_of(s);
  std::string out = fmt::format("{} {} {} {} {} {} {}\n", s.name, p.display_name, s.domain, s.team, p.owner,
                                name_of(s.kind), s.status ? name_of(*s.status) : "?");
  out += fmt::format("  impact {} {} {} debt {} {} topology {} {}\n", shown(s.impact.peak_orders_per_second),
                     shown(s.impact.sla_30d), shown(s.impact.sla_target), shown(s.debt.sonar_debt_days),
                     shown(s.debt.high_risk_vulnerabilities), shown(s.topology.upstream_chain_length),
                     shown(s.topology.downstream_strong_dependencies));
  out += fmt::format("  coupling {} {} platform {} {} {} {} {} {} {} traffic {}\n  ", shown(p.coupling.core_flow_calls),
                     shown(p.coupling.data_dependency_interfaces), shown(p.platform.jdk), p.platform.framework,
                     shown(p.platform.is_framework_end_of_life), shown(p.platform.automated_test_coverage),
                     shown(p.platform.cve_count), shown(p.platform.missing_documentation),
                     shown(p.platform.community_activity), shown(p.traffic));
  return out + shown(details_of(s));
}

std::string shown(const Inventory& inventory) {
  std::string out;
  for (ServiceIndex i = 0; i < inventory.size(); ++i) {
    out += shown(inventory[i]) + "\n  stack " + shown(inventory.stack(i)) + "\n";
    if (!inventory[i].has_dependency_list) continue;
    for (const Dependency& d : inventory.dependencies(i)) {
      out += fmt::format("  calls {} {}{}\n", d.service, name_of(d.strength), d.is_external ? " external" : "");
    }
  }
  return out;
}

constexpr std::string_view kExpected =
    "cart 购物车 trade-fulfilment risk team-cart core in-development\n"
    "  impact 1200.5 99.92 99.95 debt 45.25 3 topology 4 2\n"
    "  coupling 3 7 platform 8 spring-boot-1.5 yes 0.35 9 0.5 0.1 traffic 850.125\n"
    "  effort 30 window 2024-Q2 runtime 4096 900 CMS 400 slo 99.95 0.05 120.5\n"
    "  transaction place-order saga: [stock reserve release order_id+sku order_id stock yes] [cart clear     no]\n"
    "  payloads Map<Integer, byte[]>+List<Order>\n"
    "  pin cutover 2024-09-01\n"
    "  refactor 10/15/30\n"
    "  override S board decision cto 2024-12-31\n"
    "  stack java8+dubbo-2.7\n"
    "  calls stock strong\n"
    "  calls sms-gateway weak external\n"
    "stock     standard ?\n";

constexpr std::string_view kYaml = R"(# all keys
schema: migplan/inventory/v1
services:
  - name: cart
    display_name: 购物车
    domain: trade-fulfilment
    team: risk
    kind: core
    stack: [java8, dubbo-2.7]
    owner: team-cart
    effort_days: 30
    window: 2024-Q2
    impact: {peak_orders_per_second: 1200.5, sla_30d: 99.92, sla_target: 99.95}
    debt:
      sonar_debt_days: 45.25
      high_risk_vulnerabilities: 3
    topology: {upstream_chain_length: 4, downstream_strong_dependencies: 2}
    depends_on:
      - service: stock
      - {service: sms-gateway, strength: weak, external: true}
    coupling: {core_flow_calls: 3, data_dependency_interfaces: 7}
    platform: {jdk: 8, framework: spring-boot-1.5, framework_end_of_life: true, automated_test_coverage: 0.35,
               cve_count: 9, missing_documentation: 0.5, community_activity: 0.1}
    runtime: {heap_max_mb: 4096, live_heap_mb: 900, gc: CMS, threads: 400}
    traffic: {requests_per_second: 850.125}
    transactions:
      - name: place-order
        mode: saga
        steps:
          - {service: stock, action: reserve, compensation: release, carries: [order_id, sku], needs: [order_id],
             reserves: stock, idempotent: true}
          - {service: cart, action: clear, idempotent: false}
    payloads: ["Map<Integer, byte[]>", List<Order>]
    slo: {availability_slo: 99.95%, error_budget_monthly: 0.05, latency_p95_target_ms: 120.5}
    status: in-development
    progress: {refactor: {started: 2024-04-01, finished: 2024-05-02}}
    override: {tier: S, reason: board decision, owner: cto, expires: 2024-12-31}
    pins: {cutover: 2024-09-01}
    durations: {refactor: {low: 10, likely: 15, high: 30}}
  - name: stock
)";

constexpr std::string_view kCart =
    R"({"name": "cart", "display_name": "购物车", "domain": "trade-fulfilment", "team": "risk", "kind": "core", )"
    R"("stack": ["java8", "dubbo-2.7"], "owner": "team-cart", "effort_days": 30, "window": "2024-Q2", )"
    R"("impact": {"peak_orders_per_second": 1200.5, "sla_30d": 99.92, "sla_target": 99.95}, )"
    R"("debt": {"sonar_debt_days": 45.25, "high_risk_vulnerabilities": 3}, )"
    R"("topology": {"upstream_chain_length": 4, "downstream_strong_dependencies": 2}, )"
    R"("depends_on": [{"service": "stock"}, {"service": "sms-gateway", "strength": "weak", "external": true}], )"
    R"("coupling": {"core_flow_calls": 3, "data_dependency_interfaces": 7}, )"
    R"("platform": {"jdk": 8, "framework": "spring-boot-1.5", "framework_end_of_life": true, )"
    R"("automated_test_coverage": 0.35, "cve_count": 9, "missing_documentation": 0.5, "community_activity": 1e-1}, )"
    R"("runtime": {"heap_max_mb": 4096, "live_heap_mb": 900, "gc": "CMS", "threads": 400}, )"
    R"("traffic": {"requests_per_second": 850.125}, )"
    R"("transactions": [{"name": "place-order", "mode": "saga", "steps": [{"service": "stock", "action": "reserve", )"
    R"("compensation": "release", "carries": ["order_id", "sku"], "needs": ["order_id"], "reserves": "stock", )"
    R"("idempotent": true}, {"service": "cart", "action": "clear", "idempotent": false}]}], )"
    R"("payloads": ["Map<Integer, byte[]>", "List<Order>"], )"
    R"("slo": {"availability_slo": "99.95%", "error_budget_monthly": 0.05, "latency_p95_target_ms": 120.5}, )"
    R"("status": "in-development", "progress": {"refactor": {"started": "2024-04-01", "finished": "2024-05-02"}}, )"
    R"("override": {"tier": "S", "reason": "board decision", "owner": "cto", "expires": "2024-12-31"}, )"
    R"("pins": {"cutover": "2024-09-01"}, "durations": {"refactor": {"low": 10, "likely": 15, "high": 30}}})";

constexpr std::string_view kCsv =
    "name,display_name,domain,team,kind,stack,owner,effort_days,window,impact.peak_orders_per_second,impact.sla_30d,"
    "impact.sla_target,debt.sonar_debt_days,debt.high_risk_vulnerabilities,topology.upstream_chain_length,"
    "topology.downstream_strong_dependencies,depends_on,coupling.core_flow_calls,coupling.data_dependency_interfaces,"
    "platform.jdk,platform.framework,platform.framework_end_of_life,platform.automated_test_coverage,"
    "platform.cve_count,platform.missing_documentation,platform.community_activity,runtime.heap_max_mb,"
    "runtime.live_heap_mb,runtime.gc,runtime.threads,traffic.requests_per_second,transactions,payloads,"
    "slo.availability_slo,slo.error_budget_monthly,slo.latency_p95_target_ms,status,progress.refactor.started,"
    "progress.refactor.finished,override.tier,override.reason,override.owner,override.expires,pins.cutover,"
    "durations.refactor.low,durations.refactor.likely,durations.refactor.high\n"
    "cart,购物车,trade-fulfilment,risk,core,java8; dubbo-2.7,team-cart,30,2024-Q2,1200.5,99.92,99.95,45.25,3,4,2,"
    "stock; sms-gateway:weak:external,3,7,8,spring-boot-1.5,true,0.35,9,0.5,0.1,4096,900,CMS,400,850.125,"
    R"("[{""name"": ""place-order"", ""mode"": ""saga"", ""steps"": [{""service"": ""stock"", ""action"": ""reserve"", )"
    R"(""compensation"": ""release"", ""carries"": [""order_id"", ""sku""], ""needs"": [""order_id""], )"
    R"(""reserves"": ""stock"", ""idempotent"": true}, {""service"": ""cart"", ""action"": ""clear"", )"
    R"(""idempotent"": false}]}]","Map<Integer, byte[]>; List<Order>",)"
    "99.95%,0.05,120.5,in-development,2024-04-01,2024-05-02,S,board decision,cto,2024-12-31,2024-09-01,10,15,30\n"
    "stock,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n";

std::string described(const Result<Inventory>& read) {
  INFO(complaints(read));
  REQUIRE(read.is_ok());
  CHECK(read.issues().is_empty());
  return shown(accepted(read));
}

}  // namespace

TEST_CASE("yaml reader: all keys of a service are read") {
  const std::string found = described(read_yaml(std::string(kYaml)));
  CHECK_THAT(found, Catch::Contains("cart 购物车 trade-fulfilment risk team-cart core in-development\n"));
  CHECK_THAT(found, Catch::Contains("  refactor 2024-04-01..2024-05-02\n"));
  std::string without_progress = found;
  without_progress.erase(found.find("  refactor 2024"), std::string("  refactor 2024-04-01..2024-05-02\n").size());
  CHECK_THAT(without_progress, Catch::StartsWith(std::string(kExpected)));
}

TEST_CASE("json reader: the same facts make the same inventory as in YAML") {
  const std::string json =
      R"({"schema": "migplan/inventory/v1", "services": [)" + std::string(kCart) + R"(, {"name": "stock"}]})";
  CHECK(described(read_json(json)) == described(read_yaml(std::string(kYaml))));
}

TEST_CASE("yaml reader: a JSON text is YAML, and makes the same inventory") {
  const std::string json =
      R"({"schema": "migplan/inventory/v1", "services": [)" + std::string(kCart) + R"(, {"name": "stock"}]})";
  CHECK(described(read_yaml(json)) == described(read_yaml(std::string(kYaml))));
}

TEST_CASE("jsonl reader: the same facts make the same inventory as in YAML") {
  CHECK(described(read_jsonl(std::string(kCart) + "\n{\"name\": \"stock\"}\n")) ==
        described(read_yaml(std::string(kYaml))));
}

TEST_CASE("csv reader: the same facts make the same inventory as in YAML") {
  CHECK(described(read_csv(std::string(kCsv))) == described(read_yaml(std::string(kYaml))));
}
