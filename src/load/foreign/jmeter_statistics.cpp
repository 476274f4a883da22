// statistics.json of JMeter's dashboard: a map by label, and "Total", which leaves out Transaction Controllers.

#include <fmt/format.h>

#include <string>
#include <utility>

#include "evidence_formats.hpp"
#include "json_front.hpp"
#include "load_test_summary.hpp"

namespace migplan {
namespace {

// jmeter.reportgenerator.statistic_window
constexpr std::uint64_t kWindow = 20'000;

bool is_jmeter_statistics(std::string_view beginning) {
  const JsonFront front(beginning);
  return front.has_inner("transaction") && front.has_inner("sampleCount") && front.has_inner("errorCount");
}

Result<Evidence> read_jmeter_statistics(ByteSource& source, std::string_view file) {
  const JsonTree tree(read_all(source), file);
  Issues issues = tree.issues();
  if (issues.has_errors()) return issues;
  const auto total = tree.root().find("Total");
  if (!total) {
    return tree.root().issue("\"Total\" is missing", "JMeter translates it: let it run with -Duser.language=en");
  }
  LoadTest test;
  test.place = {std::string(file), total->at(), total->path()};
  test.requests = required_whole(*total, {"sampleCount"}, issues);
  test.failed = required_whole(*total, {"errorCount"}, issues);
  test.rate = required_quantity<RequestsPerSecond>(*total, {"throughput"}, issues);
  test.p50 = quantity_if_any<Milliseconds>(*total, {"medianResTime"}, issues);
  test.p95 = required_quantity<Milliseconds>(*total, {"pct2ResTime"}, issues);
  test.p99 = required_quantity<Milliseconds>(*total, {"pct3ResTime"}, issues);
  test.notes.emplace_back("percentile ranks are not in the file: 95 and 99 assumed");
  if (test.requests.value_or(0) > kWindow) {
    test.notes.push_back(fmt::format("JMeter takes percentiles of the last {} samples only", kWindow));
  }
  return checked(std::move(test), std::move(issues));
}

}  // namespace

constinit const EvidenceFormat kJmeterStatistics{"jmeter-statistics", "statistics.json of JMeter's dashboard",
                                                 is_jmeter_statistics, read_jmeter_statistics};

}  // namespace migplan
