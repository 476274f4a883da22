#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

std::string statistics(const std::string& count, const std::string& errors, const std::string& p95 = "38.5") {
  const std::string pay = R"("pay": {"transaction": "pay", "sampleCount": 1, "errorCount": 0})";
  return "{\n" + pay + R"(,
"Total": {"transaction": "Total", "sampleCount": )" +
         count + R"(, "errorCount": )" + errors +
         R"(, "errorPct": 1.0, "meanResTime": 14.5, "medianResTime": 12.0, "minResTime": 1.0, "maxResTime": 90.0,
"pct1ResTime": 30.0, "pct2ResTime": )" +
         p95 + R"(, "pct3ResTime": 61.25, "throughput": 200.5, "receivedKBytesPerSec": 1.5E-4}})";
}

}  // namespace

TEST_CASE("jmeter statistics: the row Total", "[load]") {
  CHECK(format_of(statistics("400", "8")) == "jmeter-statistics");
  const LoadTest test = load_test(statistics("400", "8"));
  CHECK(test.requests == 400U);
  CHECK(test.failed == 8U);
  CHECK(millionths(test.rate) == 200'500'000);
  CHECK(millionths(test.succeeded_rate) == 196'490'000);  // 200.5 * 392 / 400
  CHECK(test.p50 == Milliseconds::whole(12));
  CHECK(microseconds(test.p95) == 38'500);
  CHECK(microseconds(test.p99) == 61'250);
  CHECK(test.place.field == "Total");
  CHECK(test.notes == std::vector<std::string>{"percentile ranks are not in the file: 95 and 99 assumed"});
}

TEST_CASE("jmeter statistics: percentiles of a long run are those of its end, and the notes say so", "[load]") {
  CHECK_FALSE(notes(load_test(statistics("20000", "0")), "last"));
  CHECK(notes(load_test(statistics("20001", "0")), "JMeter takes percentiles of the last 20000 samples only"));
}

TEST_CASE("jmeter statistics: what does not fit is told with its place", "[load]") {
  CHECK(refusal(statistics("400", "401")) == "run.out:3:10: error: Total: found 401 failed of 400 requests");
  CHECK(refusal(statistics("0", "0")) == "run.out:3:10: error: Total: found no request, expected at least one");
  CHECK(refusal(statistics("4e2.5", "0")).find("not JSON") != std::string::npos);
  CHECK(refusal(statistics("400.5", "0")).find("Total.sampleCount: found 400.5, expected a whole number") !=
        std::string::npos);
  CHECK(refusal(statistics("400", "0", "null")).find("Total.pct2ResTime: found null, expected a value") !=
        std::string::npos);
  CHECK(refusal(R"({"pay": {"transaction": "pay", "sampleCount": 1, "errorCount": 0}})") ==
        "run.out:1:1: error: \"Total\" is missing (JMeter translates it: let it run with -Duser.language=en)");
}

TEST_CASE("jmeter statistics: JMeter's own golden file, and the samples that it was made of", "[load][tools]") {
  const auto text = tool_file("jmeter/HTMLReportExpect.statistics.json");
  if (!text) return;
  const LoadTest stated = load_test(*text);
  CHECK(stated.requests == 255U);
  CHECK(stated.failed == 3U);
  CHECK(millionths(stated.rate) == 4'236'936);
  CHECK(microseconds(stated.p95) == 339'200);
  CHECK(microseconds(stated.p99) == 353'000);
  const LoadTest counted = load_test(*tool_file("jmeter/HTMLReportTestFile.csv"));
  CHECK(counted.requests == stated.requests);
  CHECK(counted.failed == stated.failed);
  CHECK(counted.rate == stated.rate);
  CHECK(counted.p50 == stated.p50);
  CHECK(counted.p95 == stated.p95);
  CHECK(counted.p99 == stated.p99);
}

}  // namespace migplan
