#include "migplan/load/reconcile_report_reader.hpp"

#include <catch2/catch.hpp>

using namespace migplan;

namespace {

Result<ReconcileReport> read(std::string_view text) {
  TextSource source(text);
  return read_reconcile_report(source, "r.json");
}
std::string problem(std::string_view text) { return to_string(read(text).issues().kept().at(0)); }

}  // namespace

TEST_CASE("reconcile_report_reader: pairs, those that are equal, and what stands on one side only") {
  const auto report = read(R"({"schema": "migplan/reconcile/v1", "service": "cart", "old": "o", "passed": false,
    "pairs": 11, "equal": 9, "missing_old": 2, "missing_new": 1, "checks": [{"check": "x"}]})");
  REQUIRE(report.is_ok());
  CHECK(report.value().service == "cart");
  CHECK(report.value().share.pairs == 11);
  CHECK(report.value().share.equal == 9);
  CHECK(report.value().share.missing == 3);
  CHECK(to_string(report.value().share.place) == "r.json:2 equal");
  const auto nobody = read(R"({"schema": "migplan/reconcile/v1", "service": null, "pairs": 0, "equal": 0,
    "missing_old": 0, "missing_new": 0})");
  REQUIRE(nobody.is_ok());
  CHECK(nobody.value().service.empty());
}

TEST_CASE("reconcile_report_reader: anything else is refused") {
  CHECK(problem(R"({"schema": "migplan/score/v1"})").starts_with("r.json"));
  CHECK(problem(R"({"schema": "migplan/reconcile/v1", "pairs": 1, "equal": 2, "missing_old": 0, "missing_new": 0})") ==
        "r.json:1:48: error: equal: more pairs are equal than there are");
  CHECK(
      problem(R"({"schema": "migplan/reconcile/v1", "pairs": 1, "missing_old": 0, "missing_new": 0})").find("equal") !=
      std::string::npos);
  CHECK(problem(R"({"schema": "migplan/reconcile/v1", "pairs": -1, "equal": 2, "missing_old": 0, "missing_new": 0})")
            .starts_with("r.json:1:45: error: pairs: found -1"));
}
