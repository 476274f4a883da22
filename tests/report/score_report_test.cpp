// What a table of scores needs of an inventory.
#include <catch2/catch.hpp>

#include <memory>

#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/scorecard.hpp"

using namespace migplan;

namespace {

Inventory everything_stated(Profiles profiles) {
  static constexpr std::string_view kText =
      "services:\n"
      "  - {name: cart, display_name: Cart, domain: trade, team: one, owner: me, kind: core, stack: [java8],\n"
      "     status: code-frozen, window: 2025-Q3, impact: {peak_orders_per_second: 5, sla_30d: 99},\n"
      "     debt: {sonar_debt_days: 3, high_risk_vulnerabilities: 1}, depends_on: [],\n"
      "     coupling: {core_flow_calls: 3, data_dependency_interfaces: 2}, platform: {jdk: 8, framework: dubbo},\n"
      "     traffic: {requests_per_second: 12}}\n";
  std::vector<InventorySource> sources;
  sources.push_back({"shop.yaml", std::make_unique<TextSource>(kText), InventoryFormat::Yaml});
  return read_inventory(std::move(sources), 1, profiles).value();
}

TableChoice showing(std::string column) {
  TableChoice choice;
  choice.columns = {std::move(column)};
  return choice;
}

}  // namespace

TEST_CASE("score report: the columns that need a profile are those that change without one, and no others") {
  const Inventory kept = everything_stated(Profiles::Kept), left_out = everything_stated(Profiles::LeftOut);
  CHECK(kept[0].profile != nullptr);
  CHECK(left_out[0].profile == nullptr);
  const Scorecard with(kept, builtin_policy()), without(left_out, builtin_policy());
  const Report a = score_report(with, {}).value(), b = score_report(without, {}).value();
  std::size_t needed = 0;
  const Table &full = *a.tables.front(), &short_of = *b.tables.front();
  for (std::size_t i = 0; i < full.columns().size(); ++i) {
    const std::string& key = full.columns()[i].key;
    INFO(key);
    const bool is_needed = full.plain(0, i) != short_of.plain(0, i);
    CHECK(shows_profiles(showing(key)) == is_needed);
    needed += is_needed ? 1 : 0;
  }
  CHECK(needed == 4);
}

TEST_CASE("score report: an order or a filter asks for a profile as a column does") {
  TableChoice choice;
  CHECK_FALSE(shows_profiles(choice));
  choice.sort = {"-score", "-owner"};
  CHECK(shows_profiles(choice));
  choice.sort.clear();
  choice.filter = "tier==S && stack~java8";
  CHECK(shows_profiles(choice));
}
