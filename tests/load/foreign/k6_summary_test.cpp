#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

// 600 requests in 40 s, of which 15 failed: 15 a second, 14.625 of them successful.
const std::string kLegacy = R"json({
  "root_group": {"name": "", "path": "", "groups": {}, "checks": {}},
  "metrics": {
    "http_reqs": {"count": 600, "rate": 15.0},
    "http_req_failed": {"value": 0.025, "passes": 15, "fails": 585, "thresholds": {"rate<0.01": true}},
    "http_req_duration": {"avg": 21.5, "min": 3.1, "med": 18.25, "max": 480.9, "p(90)": 35.0, "p(95)": 61.5078,
      "p(99)": 120.75, "thresholds": {"p(95)<500": false}}
  }
})json";

const std::string kHandled = R"json({
  "root_group": {"name": "", "path": "", "id": "d41d", "groups": [], "checks": []},
  "options": {"summaryTrendStats": ["avg", "min", "med", "max", "p(90)", "p(95)"], "summaryTimeUnit": "s"},
  "state": {"isStdOutTTY": false, "testRunDurationMs": 40000.2},
  "metrics": {
    "http_reqs": {"type": "counter", "contains": "default", "values": {"count": 600, "rate": 15.0}},
    "http_req_failed": {"type": "rate", "contains": "default", "values": {"rate": 0.025, "passes": 15, "fails": 585},
      "thresholds": {"rate<0.01": {"ok": false}}},
    "http_req_duration": {"type": "trend", "contains": "time",
      "values": {"avg": 21.5, "min": -3.1, "med": 18.25, "max": 480.9, "p(90)": 35.0, "p(95)": 61.5078}}
  }
})json";

const std::string kNew = R"json({
  "config": {"duration": 40, "execution": "local", "script": "shop.js"},
  "metadata": {"generatedAt": "2026-01-15T10:30:45Z", "k6Version": "1.5.0"},
  "results": {"checks": {"metrics": []}, "metrics": [
    {"contains": "time", "name": "http_req_duration", "type": "trend",
     "values": {"avg": 21.5, "max": 480.9, "med": 18.25, "min": 3.1, "p(90)": 35, "p(95)": 61.5078}},
    {"contains": "default", "name": "http_req_failed", "type": "rate",
     "values": {"matches": 15, "rate": 0.025, "total": 600}},
    {"contains": "default", "name": "http_reqs", "type": "counter", "values": {"count": 600}}
  ]},
  "version": "1.0.0"
})json";

std::string with(std::string text, const std::string& found, const std::string& replacement) {
  return text.replace(text.find(found), found.size(), replacement);
}

}  // namespace

TEST_CASE("k6 summary: its three forms say the same", "[load]") {
  for (const std::string& text : {kLegacy, kHandled, kNew}) {
    CAPTURE(text);
    CHECK(format_of(text) == "k6-summary");
    const LoadTest test = load_test(text);
    CHECK(test.requests == 600U);
    CHECK(test.failed == 15U);
    CHECK(test.rate == RequestsPerSecond::whole(15));
    CHECK(millionths(test.succeeded_rate) == 14'625'000);
    CHECK(microseconds(test.p50) == 18'250);
    CHECK(microseconds(test.p95) == 61'508);
  }
  CHECK_FALSE(load_test(kLegacy).duration.has_value());
  CHECK(load_test(kHandled).duration == Seconds::whole(40));
  CHECK(load_test(kNew).duration == Seconds::whole(40));
  CHECK(load_test(kNew).place.field == "results.metrics[2].values");
}

TEST_CASE("k6 summary: a p(99) that was not asked for is not known", "[load]") {
  CHECK(microseconds(load_test(kLegacy).p99) == 120'750);
  for (const std::string& text : {kHandled, kNew}) {
    CHECK_FALSE(load_test(text).p99.has_value());
    CHECK(notes(load_test(text), "p(99) is not in the file: summaryTrendStats asks for it"));
  }
}

TEST_CASE("k6 summary: thresholds do not change what was measured, whatever their sense", "[load]") {
  const LoadTest passed = load_test(with(kLegacy, "\"rate<0.01\": true", "\"rate<0.01\": false"));
  CHECK(passed.failed == 15U);
  CHECK(passed.rate == load_test(kLegacy).rate);
}

TEST_CASE("k6 summary: failed requests are the passes of http_req_failed, as its share confirms", "[load]") {
  CHECK(refusal(with(kLegacy, "\"value\": 0.025", "\"value\": 0.975")) ==
        "run.out:5:34: error: metrics.http_req_failed.value: found 0.975, but 15 of 600 requests failed");
  CHECK(refusal(with(kNew, "\"rate\": 0.025", "\"rate\": 0.5")).find("but 15 of 600 requests failed") !=
        std::string::npos);
}

TEST_CASE("k6 summary: without http_req_failed nobody knows the failures", "[load]") {
  const LoadTest test = load_test(with(kLegacy, "http_req_failed", "my_own_rate"));
  CHECK_FALSE(test.failed.has_value());
  CHECK_FALSE(test.succeeded_rate.has_value());
  CHECK(notes(test, "failed requests are not known"));
}

TEST_CASE("k6 summary: http_req_failed may be about some of the requests only", "[load]") {
  const LoadTest test = load_test(with(kLegacy, "\"count\": 600", "\"count\": 610"));
  CHECK(test.failed == 15U);
  CHECK(notes(test, "http_req_failed is about 600 of the 610 requests"));
}

TEST_CASE("k6 summary: a rate that does not follow from requests and time is noted", "[load]") {
  CHECK(notes(load_test(with(kHandled, "40000.2", "30000")), "600 requests in 30 s do not make the stated rate"));
  CHECK_FALSE(notes(load_test(kHandled), "stated rate"));
}

TEST_CASE("k6 summary: a test longer than a latency can be", "[load]") {
  const LoadTest test = load_test(with(kHandled, "40000.2", "86400000.123456"));
  CHECK(test.duration == Seconds::whole(86'400));
}

TEST_CASE("k6 summary: what is missing or no number is told with its place", "[load]") {
  CHECK(refusal(with(kLegacy, "\"rate\": 15.0", "\"rate\": \"15.0\""))
            .find("run.out:4:41: error: metrics.http_reqs.rate: found \"15.0\", expected a number, 0 to") == 0);
  CHECK(refusal(with(kLegacy, "\"rate\": 15.0", "\"rate\": -15.0")).find("found -15.0") != std::string::npos);
  CHECK(refusal(with(kLegacy, "61.5078", "-401.453")).find("http_req_duration.p(95): found -401.453") !=
        std::string::npos);
  CHECK(refusal(with(kLegacy, "\"rate\": 15.0", "\"rate\": NaN")).find("not JSON") != std::string::npos);
  CHECK(refusal(with(kLegacy, "\"count\": 600", "\"count\": 0")).find("found 15 failed of 0 requests") !=
        std::string::npos);
  CHECK(refusal(with(kLegacy, "\"count\": 600, ", "\"count\": 600, \"count\": 600, ")).find("stands here twice") !=
        std::string::npos);
  CHECK(refusal(with(kLegacy, "http_reqs", "my_reqs")) ==
        "run.out:3:14: error: metrics: \"http_reqs\" is missing (only tests that send HTTP requests count them)");
  CHECK(refusal(with(kNew, "\"duration\": 40, ", "")) ==
        "run.out:9:79: error: results.metrics[2].values: \"rate\" is missing, and the duration of the test to make one "
        "of");
}

TEST_CASE("k6 summary: a real file, whose clock stepped back", "[load][tools]") {
  const auto text = tool_file("k6/dsouzasharon2k-DineOps.json");
  if (!text) return;
  const LoadTest test = load_test(*text);
  CHECK(test.requests == 1424U);
  CHECK(test.failed == 0U);
  CHECK(millionths(test.rate) == 12'391'809);
  CHECK(test.succeeded_rate == test.rate);
  CHECK(microseconds(test.p95) == 68'819);
  CHECK_FALSE(test.p99.has_value());
  CHECK(test.duration == Seconds::from_steps(114'915));
}

}  // namespace migplan
