#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

const std::string kGlobal = R"({
    "name": "All Requests",
    "numberOfRequests": {"total": 400, "ok": 390, "ko": 10},
    "minResponseTime": {"total": 3, "ok": 3, "ko": 5},
    "percentiles1": {"total": 12, "ok": 12, "ko": 20},
    "percentiles2": {"total": 15, "ok": 14, "ko": 30},
    "percentiles3": {"total": 40, "ok": 38, "ko": 60},
    "percentiles4": {"total": 55, "ok": 50, "ko": 60},
    "meanNumberOfRequestsPerSecond": {"total": 80.0, "ok": 78.0, "ko": 2.0}
})";

std::string with(const std::string& found, const std::string& replacement) {
  std::string text = kGlobal;
  return text.replace(text.find(found), found.size(), replacement);
}

}  // namespace

TEST_CASE("gatling stats: global_stats.json and stats.json say the same", "[load]") {
  const std::string stats =
      R"({"type": "GROUP", "name": "All Requests", "path": "", "pathFormatted": "group_x", "stats": )" + kGlobal +
      R"(, "contents": {"req_a": {"type": "REQUEST", "name": "a", "stats": )" + kGlobal + "}}}";
  for (const std::string& text : {kGlobal, stats}) {
    CHECK(format_of(text) == "gatling-stats");
    const LoadTest test = load_test(text);
    CHECK(test.requests == 400U);
    CHECK(test.failed == 10U);
    CHECK(test.rate == RequestsPerSecond::whole(80));
    CHECK(test.succeeded_rate == RequestsPerSecond::whole(78));
    CHECK(test.p50 == Milliseconds::whole(12));
    CHECK(test.p95 == Milliseconds::whole(40));
    CHECK(test.p99 == Milliseconds::whole(55));
    CHECK_FALSE(test.duration.has_value());
    CHECK(test.succeeded.empty());
    CHECK(notes(test, "percentile ranks are not in the file: 50, 95 and 99 assumed"));
  }
  CHECK(load_test(stats).place.field == "stats.numberOfRequests");
}

TEST_CASE("gatling stats: numbers that are none, or do not fit together, are told with their place", "[load]") {
  CHECK(refusal(with("\"total\": 400", "\"total\": \"400\""))
            .find("run.out:3:35: error: numberOfRequests.total: "
                  "found \"400\", expected a whole number") == 0);
  CHECK(refusal(with("\"total\": 80.0", "\"total\": \"-\"")).find("meanNumberOfRequestsPerSecond.total: found \"-\"") !=
        std::string::npos);
  CHECK(refusal(with("\"total\": 80.0", "\"total\": -1")).find("found -1, expected a number, 0 to") !=
        std::string::npos);
  CHECK(refusal(with("80.0", "NaN")).find("not JSON") != std::string::npos);
  CHECK(refusal(with("\"ko\": 10", "\"ko\": 11")) ==
        "run.out:3:25: error: numberOfRequests: found 390 ok and 11 ko of 400 requests");
  CHECK(refusal(with("\"ok\": 390, \"ko\": 10", "\"ok\": 390, \"ok\": 390, \"ko\": 10")).find("stands here twice") !=
        std::string::npos);
  CHECK(refusal(with("\"percentiles3\"", "\"percentile3\"")) == "run.out:1:1: error: \"percentiles3\" is missing");
  CHECK(refusal(with("\"percentiles4\": {\"total\": 55", "\"percentiles4\": {\"total\": 39"))
            .find("found p99 39 ms below p95 40 ms") != std::string::npos);
}

TEST_CASE("gatling stats: no request is no load test", "[load]") {
  CHECK(refusal(with("\"total\": 400, \"ok\": 390, \"ko\": 10", "\"total\": 0, \"ok\": 0, \"ko\": 0")) ==
        "run.out:3:25: error: numberOfRequests: found no request, expected at least one");
}

TEST_CASE("gatling stats: assertions.json and stats.js are told from the data, with a hint", "[load]") {
  CHECK(refusal(R"({"simulation": "shop.Checkout", "simulationId": "checkout", "start": 1611903780943,
      "description": "", "scenarios": ["buyers"], "assertions": [{"path": "Global", "target": "percent of failures",
      "condition": "is less than", "expectedValues": [1.0], "result": true, "message": "", "actualValue": [0.5]}]})") ==
        "run.out: error: found what Gatling was asked to assert, expected what it measured (give js/stats.json or "
        "js/global_stats.json of the same report, or simulation.log)");
  CHECK(refusal("var stats = {\n    type: \"GROUP\",\nname: \"All Requests\"}") ==
        "run.out: error: found stats.js, a program of Gatling's report, expected its data (give js/stats.json of the "
        "same report, or simulation.log)");
}

TEST_CASE("gatling stats: the check plugin's files", "[load][tools]") {
  for (const char* file : {"stats.json", "global_stats.json"}) {
    const auto text = tool_file(std::string("gatling/gatling-check-plugin/") + file);
    if (!text) return;
    const LoadTest test = load_test(*text);
    CHECK(test.requests == 9990U);
    CHECK(test.failed == 0U);
    CHECK(test.p95 == Milliseconds::whole(23));
    CHECK(test.p99 == Milliseconds::whole(26));
    CHECK(test.rate == RequestsPerSecond::whole(222));
  }
}

}  // namespace migplan
