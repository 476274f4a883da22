// js/stats.json and js/global_stats.json of Gatling's report, written by 2.x to 3.13.4. The first one has the second
// one's content below "stats". The files beside them are told from these: assertions.json has what was demanded of the
// run and not what was measured, stats.js is a program.

#include <fmt/format.h>

#include <string>
#include <utility>

#include "csv_rows.hpp"
#include "evidence_formats.hpp"
#include "json_front.hpp"
#include "load_test_summary.hpp"

namespace migplan {
namespace {

constexpr std::string_view kProgram = "var stats";

bool is_program(std::string_view beginning) { return without_mark(beginning).starts_with(kProgram); }
bool is_assertions(const JsonFront& front) { return front.has("assertions") && front.has("simulation"); }

bool is_gatling_stats(std::string_view beginning) {
  if (is_program(beginning)) return true;
  const JsonFront front(beginning);
  return front.has("numberOfRequests") || front.has("stats", "numberOfRequests") || is_assertions(front);
}

// Global or of one request: "total" and "ok" of some measure.
struct Measures {
  const JsonValue& stats;
  Issues& issues;

  std::optional<std::uint64_t> requests(std::string_view status) const {
    return required_whole(stats, {"numberOfRequests", status}, issues);
  }
  std::optional<RequestsPerSecond> rate(std::string_view status) const {
    return required_quantity<RequestsPerSecond>(stats, {"meanNumberOfRequestsPerSecond", status}, issues);
  }
  std::optional<Milliseconds> percentile(std::string_view name) const {
    return required_quantity<Milliseconds>(stats, {name, "total"}, issues);
  }
};

Result<Evidence> read_stats(const JsonValue& stats, std::string_view file, Issues issues) {
  const Measures measures{stats, issues};
  LoadTest test;
  const auto counted = required(stats, {"numberOfRequests"}, issues);
  if (!counted) return issues;
  test.place = {std::string(file), counted->at(), counted->path()};
  test.requests = measures.requests("total");
  test.failed = measures.requests("ko");
  const auto succeeded = measures.requests("ok");
  test.rate = measures.rate("total");
  test.succeeded_rate = measures.rate("ok");
  test.p50 = measures.percentile("percentiles1");
  test.p95 = measures.percentile("percentiles3");
  test.p99 = measures.percentile("percentiles4");
  test.notes.emplace_back("percentile ranks are not in the file: 50, 95 and 99 assumed");
  if (test.requests && test.failed && succeeded && *succeeded + *test.failed != *test.requests) {
    issues.add(
        counted->issue(fmt::format("found {} ok and {} ko of {} requests", *succeeded, *test.failed, *test.requests)));
  }
  return checked(std::move(test), std::move(issues));
}

Result<Evidence> read_gatling_stats(ByteSource& source, std::string_view file) {
  std::string text = read_all(source);
  const auto refuse = [&](std::string message, std::string hint) {
    return Issue{Severity::Error, std::string(file), {}, "", std::move(message), std::move(hint)};
  };
  if (is_program(text)) {
    return refuse("found stats.js, a program of Gatling's report, expected its data",
                  "give js/stats.json of the same report, or simulation.log");
  }
  const JsonTree tree(std::move(text), file);
  if (tree.issues().has_errors()) return tree.issues();
  const JsonValue root = tree.root();
  if (root.find("assertions")) {
    return refuse("found what Gatling was asked to assert, expected what it measured",
                  "give js/stats.json or js/global_stats.json of the same report, or simulation.log");
  }
  return read_stats(root.find("stats").value_or(root), file, tree.issues());
}

}  // namespace

constinit const EvidenceFormat kGatlingStats{
    "gatling-stats", "Gatling's stats.json and global_stats.json, up to 3.13.4", is_gatling_stats, read_gatling_stats};

}  // namespace migplan
