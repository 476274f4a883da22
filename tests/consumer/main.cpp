#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scoring/scorecard.hpp"

int main() {
  std::vector<migplan::InventorySource> sources;
  sources.push_back(
      {"stock.csv",
       std::make_unique<migplan::TextSource>("name,debt.sonar_debt_days,debt.high_risk_vulnerabilities\nstock,40,2\n"),
       std::nullopt});
  const auto inventory = migplan::read_inventory(std::move(sources));
  if (!inventory.is_ok()) return 1;
  const migplan::Scorecard card(inventory.value(), migplan::builtin_policy());
  const auto report = migplan::score_report(card, {.columns = {"name", "tier", "debt"}});
  if (!report.is_ok()) return 1;
  migplan::TextSink sink;
  migplan::write_csv(report.value(), {}, sink);
  std::fputs(sink.text().c_str(), stdout);
  return sink.text() == "name,tier,debt\r\nstock,B,21\r\n" ? 0 : 1;
}
