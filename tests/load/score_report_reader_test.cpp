#include "migplan/load/score_report_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "migplan/scoring/scorecard.hpp"
#include "program.hpp"
#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

Result<RecordedScores> read(std::string_view text) {
  TextSource source(text);
  return read_score_report(source, "base.json");
}

std::string report_of(const std::string& inventory, const test::Arguments& more = {}) {
  test::Arguments arguments{"score", "services.yaml", "-f", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return test::run_program(arguments, {{"services.yaml", inventory}}).out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

const std::string kShop = test::input_file("shop.yaml");

}  // namespace

TEST_CASE("score report reader: what was printed is what is read, to the hundredth") {
  for (const std::string& inventory : {test::source_file("data/services.yaml"), test::input_file("gaps.yaml"),
                                       test::source_file("data/examples/train-ticket.yaml")}) {
    const Inventory original = accepted(read_yaml(inventory));
    const auto recorded = accepted(read(report_of(inventory)));
    const Scorecard before(original, recorded.policy), after(recorded.inventory, recorded.policy);
    REQUIRE(recorded.inventory.size() == original.size());
    for (ServiceIndex i = 0; i < original.size(); ++i) {
      const auto there = recorded.inventory.find(original[i].name);
      REQUIRE(there);
      REQUIRE(after[*there].total == before[i].total);
      REQUIRE(after[*there].high == before[i].high);
      for (const FactInfo& info : fact_infos()) {
        const auto found = after.sheet(*there)[info.id], expected = before.sheet(i)[info.id];
        REQUIRE(found.is_known() == expected.is_known());
        REQUIRE(found.steps == expected.steps);
        REQUIRE((found.origin == FactOrigin::Policy) == (expected.origin == FactOrigin::Policy));
      }
    }
  }
}

TEST_CASE("score report reader: the policy of the report is read") {
  const std::string text = report_of(kShop, {"--policy", "-"});
  const auto recorded = accepted(read(replaced(report_of(kShop), "\"action\": \"migrate first\", \"route\"",
                                               "\"action\": \"go\", \"not_before\": \"2024-02-01\", \"route\"")));
  CHECK(recorded.policy.tiers()[0].action == "go");
  CHECK(recorded.policy.tiers()[0].not_before->to_string() == "2024-02-01");
}

TEST_CASE("score report reader: facts keep their line in the report") {
  const auto recorded = accepted(read(report_of(kShop)));
  CHECK(recorded.inventory[0].at.line == 30);
  CHECK(recorded.inventory[0].impact.sla_30d.at().line == 30);
}

TEST_CASE("score report reader: keys of a later version are passed over") {
  const std::string text = replaced(report_of(kShop), "\"count\": 3,", "\"count\": 3, \"later\": {\"a\": [1]},");
  CHECK(accepted(read(replaced(text, "{\"name\": \"checkout\"", "{\"new\": [], \"name\": \"checkout\"")))
            .inventory.size() == 3);
}

TEST_CASE("score report reader: another schema or version is refused") {
  const std::string hint = " (migplan score --format json -o FILE writes one)";
  CHECK(complaints(read(replaced(report_of(kShop), "score/v1", "score/v2"))) ==
        "base.json:2:14: error: schema: no score report: found \"migplan/score/v2\", expected migplan/score/v1" + hint);
  CHECK(complaints(read(kShop)) ==
        "base.json:1:9: error: schema: no score report: found \"migplan/inventory/v1\", expected migplan/score/v1" +
            hint);
  CHECK(complaints(read("services: []\n")) ==
        "base.json:1:1: error: schema: no score report: it names no schema, expected migplan/score/v1" + hint);
  CHECK(read("").issues().has_errors());
}

TEST_CASE("score report reader: a report that breaks off is refused with the place") {
  const std::string whole = report_of(kShop);
  for (std::size_t length = 60; length + 2 < whole.size(); length += 97) {
    const auto result = read(std::string_view(whole).substr(0, length));
    REQUIRE_FALSE(result.is_ok());
    REQUIRE(result.issues().has_syntax_errors());
    REQUIRE(result.issues().kept()[0].at.line != 0);
  }
}

TEST_CASE("score report reader: a report that was cut is refused") {
  CHECK(complaints(read(report_of(kShop, {"--top", "2"}))) ==
        "base.json:29:3: error: services: the report holds 2 of 3 services (write it without --top, --tier and "
        "--filter)");
  CHECK(complaints(read(report_of(kShop, {"--summary"}))).find("score report has no services") != std::string::npos);
  CHECK(complaints(read(report_of(kShop, {"--columns", "name,tier,score"}))).find("give 0 and B") != std::string::npos);
}

TEST_CASE("score report reader: a row that contradicts its own facts is refused") {
  CHECK(complaints(read(replaced(report_of(kShop), "\"tier\": \"S\", \"score\"", "\"tier\": \"A\", \"score\""))) ==
        "base.json:30:5: error: services[0]: checkout has score 93.63 and tier \"A\", but its facts and the report's "
        "policy give 93.63 and S (write the report anew, without --columns, instead of editing it)");
  CHECK(read(replaced(report_of(kShop), "\"sla_30d\": 99.5", "\"sla_30d\": 99.6")).issues().errors() == 1);
}

TEST_CASE("score report reader: a policy that cannot be is refused") {
  const auto result = read(replaced(report_of(kShop), "\"impact\": 2000", "\"impact\": 0"));
  CHECK(complaints(result).starts_with("base.json:11:3: error: policy.scoring.scale.full.impact: found 0, expected"));
}

TEST_CASE("score report reader: a source that cannot be read is an access error") {
  FailingSource source("{\"schema\": \"migplan/score/v1\"");
  CHECK(read_score_report(source, "base.json").issues().has_access_errors());
}

TEST_CASE("score report reader: overrides are read with their reason, owner and last day") {
  const auto recorded = accepted(read(report_of(test::input_file("gaps.yaml"))));
  const auto stock = recorded.inventory.find("stock");
  REQUIRE(stock);
  const auto& tier_override = details_of(recorded.inventory[*stock]).tier_override;
  REQUIRE(tier_override);
  CHECK(tier_override->tier == "S");
  CHECK(tier_override->reason == "contract ends");
  CHECK(tier_override->owner == "lee");
  CHECK(tier_override->expires.to_string() == "2025-01-31");
}
