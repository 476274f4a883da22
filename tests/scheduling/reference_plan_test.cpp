// The reference programme keeps what the source says of it.
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "migplan/load/inventory_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/scheduling/planning.hpp"
#include "migplan/scheduling/violation.hpp"
#include "program.hpp"

using namespace migplan;

namespace {

struct Reference {
  Inventory inventory;
  Policy policy = builtin_policy();
};

Reference reference() {
  static const std::string kText = test::source_file("data/services.yaml");
  std::vector<InventorySource> sources;
  sources.push_back({"services.yaml", std::make_unique<TextSource>(kText), std::nullopt});
  return {read_inventory(std::move(sources)).value()};
}

const Migration& migration(const Programme& programme, std::string_view name) {
  for (const Migration& each : programme.migrations()) {
    if (programme.name_of(each) == name) return each;
  }
  FAIL("no " << name);
  return programme.migrations().front();
}

// Working days of the window up to the cutover, and from it to the window's end; both counted with the cutover.
struct Margin {
  int before = 0, behind = 0;
};
Margin margin(const Plan& plan, const Migration& of) {
  const Date day = plan.programme().date_of(plan.cutover(of));
  const Quarter window = Quarter::of(day);
  const WorkCalendar& calendar = plan.programme().policy().calendar;
  Margin margin;
  for (Date at = window.first_day(); at <= window.last_day(); at = at.plus(1).value()) {
    if (!calendar.is_working(at)) continue;
    if (at <= day) ++margin.before;
    if (at >= day) ++margin.behind;
  }
  return margin;
}

}  // namespace

// The search of `schedule` without options, shortened: a quarter of its budget.
TEST_CASE("reference programme: it meets its end, and three services their windows of the source", "[data]") {
  const Reference data = reference();
  const Scorecard card(data.inventory, data.policy);
  SearchOptions search;
  search.budget = 5'000;
  const Planning planning = make_plan(card, {}, search).value();
  REQUIRE(planning.plan);
  const Plan& plan = *planning.plan;
  CHECK(plan.is_end_met());
  CHECK(violations(card, plan.dates(), std::nullopt).empty());
  const std::pair<const char*, const char*> windows[] = {
      {"trade-settlement", "2024-Q2"}, {"coupon-calculation", "2024-Q3"}, {"risk-decision-api", "2024-Q4"}};
  for (const auto& [name, window] : windows) {
    INFO(name);
    const Migration& of = migration(*planning.programme, name);
    CHECK(plan.window(of).to_string() == window);
    CHECK(margin(plan, of).before > 10);
    CHECK(margin(plan, of).behind > 10);
  }
}
