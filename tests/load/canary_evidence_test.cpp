#include "migplan/load/canary_evidence.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace migplan {
namespace {

using Texts = std::vector<std::string>;

LoadTest load_test(std::uint64_t failed) {
  LoadTest test;
  test.place.file = "test";
  test.requests = 1000;
  test.failed = failed;
  return test;
}

MetricSamples metrics(std::string_view service, std::string_view name, double value) {
  MetricSamples samples;
  samples.file = "metrics";
  samples.add_series(samples.arena().keep(name), MetricType::Gauge, {3, 1});
  if (!service.empty()) samples.add_label("service", samples.arena().keep(service));
  samples.add_label("code", "200");
  samples.add_point({1000, value});
  return samples;
}

// The one file that there is, as the old side's evidence of the service.
Result<GatheredCanary> gather_old(const std::string& service, Evidence evidence, bool as_latencies = false,
                                  std::optional<LatencyUnit> unit = std::nullopt) {
  EvidenceFiles files;
  files.insert_or_assign("f", std::move(evidence));
  CanaryFiles paths;
  (as_latencies ? paths.old_latencies : paths.old_side).emplace_back("f");
  paths.latency_unit = unit;
  return gather_canary(service, {}, paths, files);
}

Texts texts_of(const Issues& issues) {
  Texts texts;
  for (const Issue& issue : issues.kept()) texts.push_back(to_string(issue));
  return texts;
}

TEST_CASE("canary evidence: documents and files add up") {
  CanaryDocument document;
  document.file = "c.json";
  document.service = "trade";
  document.reconciled = ReconciledPairs{};
  EvidenceFiles files;
  files.insert_or_assign("old", Evidence(load_test(1)));
  files.insert_or_assign("new", Evidence(load_test(2)));
  const auto gathered = gather_canary(
      "", {&document, 1},
      {.old_side = {"old"}, .new_side = {"new"}, .old_latencies = {}, .new_latencies = {}, .latency_unit = {}}, files);
  REQUIRE(gathered.is_ok());
  const CanaryEvidence& evidence = gathered.value().evidence;
  CHECK(evidence.service == "trade");
  CHECK(evidence.reconciled);
  CHECK(evidence.old_side.success_rate->tally->events == 1);
  CHECK(evidence.new_side.success_rate->tally->events == 2);
}

TEST_CASE("canary evidence: of another service, twice, or of another kind is refused") {
  CanaryDocument one, other;
  one.file = "a.json";
  one.service = "trade";
  one.reconciled = ReconciledPairs{};
  one.reconciled->place.file = "a.json";
  other.file = "b.json";
  other.service = "cart";
  other.reconciled = ReconciledPairs{};
  const std::vector documents{one, other};
  CHECK(texts_of(gather_canary("", documents, {}, {}).issues()) ==
        Texts{"b.json: error: is evidence of \"cart\", expected \"trade\"",
              "b.json: error: is a second reconciliation beside a.json (reconcile all records in one run)"});
  CHECK(texts_of(gather_old("trade", metrics("cart", "http_requests_total", 5)).issues()) ==
        Texts{"f: error: holds metrics of \"cart\", none of \"trade\""});
  CHECK(texts_of(gather_old("trade", std::vector<MemoryReading>{}).issues()) ==
        Texts{"f: error: holds readings of memory, expected a load test or metrics"});
  CHECK(texts_of(gather_old("trade", load_test(1), true).issues()) ==
        Texts{"f: error: holds no time series, expected those of a latency (a load test tells its percentiles under "
              "--old)"});
  EvidenceFiles files;
  files.insert_or_assign("f", Evidence(load_test(1)));
  CanaryFiles paths;
  paths.old_side = {"f", "f"};
  CHECK(
      texts_of(gather_canary("trade", {}, paths, files).issues()) ==
      Texts{
          "test: error: tells the success rate of the old side a second time, beside test (which of the two counts?)"});
}

TEST_CASE("canary evidence: a file that says nothing is told") {
  const auto empty = gather_old("trade", metrics("", "go_goroutines", 5));
  REQUIRE(empty.is_ok());
  CHECK(texts_of(empty.issues()) ==
        Texts{"f: warning: holds none of the golden signals that are known here: answers by status, latencies"});
}

TEST_CASE("canary evidence: metrics of one service need no name") {
  const auto gathered = gather_old("", metrics("cart", "http_requests_total", 5));
  REQUIRE(gathered.is_ok());
  CHECK(gathered.value().evidence.old_side.http_5xx->tally->trials == 5);
}

TEST_CASE("canary evidence: latencies have a unit") {
  CHECK(texts_of(gather_old("", metrics("", "latency", 0.2), true).issues()) ==
        Texts{"f: error: does not tell the unit of \"latency\" (give --latency-unit s, or ms)"});
  const auto gathered = gather_old("", metrics("", "latency", 0.2), true, LatencyUnit::InSeconds);
  REQUIRE(gathered.is_ok());
  CHECK(gathered.value().evidence.old_latencies.values == std::vector{Milliseconds::whole(200)});
  CHECK(texts_of(gather_old("", metrics("", "latency_seconds_count", 7), true).issues()).size() == 1);
}

}  // namespace
}  // namespace migplan
