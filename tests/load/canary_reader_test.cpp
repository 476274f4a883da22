#include "migplan/load/canary_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace migplan {
namespace {

using Texts = std::vector<std::string>;

Result<CanaryDocument> read(std::string_view text) {
  TextSource source(text);
  return read_canary_document(source, "c.yaml");
}

Texts issues_of(std::string_view text) {
  Texts texts;
  const auto result = read(text);
  for (const Issue& issue : result.issues().kept()) texts.push_back(to_string(issue));
  return texts;
}

TEST_CASE("canary reader: the output of reconcile, with golden signals or without") {
  const auto read_both = read(R"({
  "schema": "migplan/reconcile/v1", "service": "trade", "passed": false,
  "pairs": 3000000000, "equal": 2999999998, "business_different": 2, "version_compared": 10, "version_different": 1,
  "latencies_old": 7, "latencies_new": 8,
  "p99_delta_ms": -64.25, "p99_delta_low_ms": -70.5, "p99_delta_high_ms": -48.75,
  "fields": [{"field": "amount"}],
  "signals": {"old": {"success_rate": 99.95, "p95_ms": 80, "samples": 2000}, "new": {"http_5xx": "0.05%"}}
})");
  REQUIRE(read_both.is_ok());
  const CanaryDocument& document = read_both.value();
  CHECK(document.service == "trade");
  REQUIRE(document.reconciled);
  CHECK(document.reconciled->pairs == 3'000'000'000);
  CHECK(document.reconciled->business_different == 2);
  CHECK(document.reconciled->version_different == 1);
  CHECK(document.reconciled->new_latencies == 8);
  REQUIRE(document.reconciled->p99_shift);
  CHECK(document.reconciled->p99_shift->low == Milliseconds::from_steps(-70'500));
  REQUIRE(document.old_side.success_rate);
  CHECK(document.old_side.success_rate->tally->events == 1);  // 0.05 % of 2000
  CHECK(document.old_side.success_rate->place.at.line == 7);
  CHECK(document.old_side.success_rate->place.field == "signals.old.success_rate");
  CHECK(document.old_side.p95->samples == 2000);
  CHECK(document.new_side.http_5xx->share == Percent::from_steps(50'000));
  CHECK_FALSE(document.new_side.http_5xx->tally);
}

TEST_CASE("canary reader: signals alone, in YAML, with latencies") {
  const auto document = read(
      "signals:\n"
      "  old: {latencies_ms: [1, 2.5]}\n"
      "  new: {p99_ms: 3}\n");
  REQUIRE(document.is_ok());
  CHECK_FALSE(document.value().reconciled);
  CHECK(document.value().old_latencies.values == std::vector{Milliseconds::whole(1), Milliseconds::from_steps(2'500)});
  CHECK(document.value().old_latencies.place.at.line == 2);
  CHECK(document.value().new_side.p99->value == Milliseconds::whole(3));
}

TEST_CASE("canary reader: what cannot be is told with its place") {
  CHECK(issues_of("{}") ==
        Texts{"c.yaml:1:1: error: neither the JSON of reconcile nor golden signals (migplan reconcile OLD NEW -o "
              "reconciliation.json writes the one, signals: {old: …, new: …} the other)"});
  CHECK(issues_of("schema: migplan/gate/v1\nsignals: {old: {p95_ms: 1}}") ==
        Texts{"c.yaml:1:1: error: schema: found \"migplan/gate/v1\", expected \"migplan/reconcile/v1\" or none"});
  CHECK(issues_of("pairs: 1\nbusiness_different: 2\nversion_compared: 0\nversion_different: 0") ==
        Texts{"c.yaml:2:1: error: business_different: found 2 of 1"});
  CHECK(issues_of("pairs: 1") == Texts{"c.yaml:1:1: error: has pairs, but no business_different",
                                       "c.yaml:1:1: error: has pairs, but no version_compared",
                                       "c.yaml:1:1: error: has pairs, but no version_different"});
  CHECK(issues_of("signals: {old: {p95_ms: 10, p99_ms: 9}}") ==
        Texts{"c.yaml:1:29: error: signals.old.p99_ms: found 9, expected no less than the 95th percentile, 10"});
  CHECK(issues_of("signals: {old: {p95: 10}}").size() == 1);
  CHECK(issues_of("signals: {new: {success_rate: 120}}").size() == 1);
}

}  // namespace
}  // namespace migplan
