#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

// 200 requests sent in 4 s, 50 a second; 190 answered well within 4 s + 0.01 s: 190 / 4.01 = 47.381546 a second.
const std::string kReport =
    R"({"latencies":{"total":1200000000,"mean":6000000,"50th":5500000,"90th":9000499,"95th":9999500,"99th":20000000,)"
    R"("max":31000000,"min":1000000},"bytes_in":{"total":2000,"mean":10},"bytes_out":{"total":0,"mean":0},)"
    R"("earliest":"2024-02-24T09:42:21.25+02:00","latest":"2024-02-24T09:42:25.25+02:00",)"
    R"("end":"2024-02-24T09:42:25.26+02:00","duration":4000000000,"wait":10000000,"requests":200,"rate":50,)"
    R"("throughput":47.38154613466334,"success":0.95,"status_codes":{"200":189,"301":1,"503":7,"0":3},)"
    R"("errors":["503 Service Unavailable"]})";

std::string with(const std::string& found, const std::string& replacement) {
  std::string text = kReport;
  return text.replace(text.find(found), found.size(), replacement);
}

}  // namespace

TEST_CASE("vegeta: sent and successful rates, latencies in nanoseconds", "[load]") {
  CHECK(format_of(kReport) == "vegeta");
  const LoadTest test = load_test(kReport);
  CHECK(test.requests == 200U);
  CHECK(test.failed == 10U);
  CHECK(test.rate == RequestsPerSecond::whole(50));
  CHECK(millionths(test.succeeded_rate) == 47'381'546);
  CHECK(test.duration == Seconds::whole(4));
  CHECK(microseconds(test.p50) == 5'500);
  CHECK(microseconds(test.p95) == 10'000);  // 9999.5 us, half up
  CHECK(microseconds(test.p99) == 20'000);
  CHECK(test.began_ms == 1'708'760'541'250);
  CHECK(test.ended_ms == 1'708'760'545'260);
  CHECK(test.place.field == "requests");
  CHECK(test.notes.empty());
}

TEST_CASE("vegeta: an old file has no throughput, and it follows", "[load]") {
  const LoadTest test = load_test(with(R"("throughput":47.38154613466334,)", ""));
  CHECK(millionths(test.succeeded_rate) == 47'500'000);  // 50 * 190 / 200
}

TEST_CASE("vegeta: without statuses the share of successes tells the failures", "[load]") {
  CHECK(load_test(with(R"("status_codes":{"200":189,"301":1,"503":7,"0":3},)", "")).failed == 10U);
  CHECK(load_test(with(R"("success":0.95,)", "")).failed == 10U);
}

TEST_CASE("vegeta: numbers that contradict each other are refused", "[load]") {
  CHECK(refusal(with("\"503\":7", "\"503\":6")).find("status_codes: the statuses do not add up to the 200 requests") !=
        std::string::npos);
  CHECK(refusal(with("\"success\":0.95", "\"success\":1"))
            .find("success: found 1, but 10 of 200 requests failed by their status") != std::string::npos);
  CHECK(refusal(with("\"99th\":20000000", "\"99th\":2")).find("found p99 0 ms below p95 10 ms") != std::string::npos);
}

TEST_CASE("vegeta: an attack that sends all at once has no rate", "[load]") {
  const LoadTest test = load_test(with("\"duration\":4000000000", "\"duration\":0"));
  CHECK_FALSE(test.rate.has_value());
  CHECK_FALSE(test.succeeded_rate.has_value());
  CHECK(notes(test, "all requests were sent at once"));
}

TEST_CASE("vegeta: what is missing or no number is told with its place", "[load]") {
  CHECK(refusal(with("\"rate\":50", "\"rate\":\"50\"")).find("rate: found \"50\", expected a number") !=
        std::string::npos);
  CHECK(refusal(with("\"95th\":9999500,", "")).find("latencies: \"95th\" is missing") != std::string::npos);
  CHECK(refusal(with("\"503\":7", "\"5o3\":7")).find("found \"5o3\", expected a status") != std::string::npos);
  CHECK(refusal(with("2024-02-24T09:42:21.25+02:00", "yesterday")).find("earliest: found \"yesterday\"") !=
        std::string::npos);
  CHECK(refusal(with("\"requests\":200", "\"requests\":0")).find("requests: found no request") != std::string::npos);
  CHECK(refusal(with("\"requests\":200", "\"requests\":-1")).find("requests: found -1") != std::string::npos);
  CHECK(refusal(kReport + kReport).find("text behind the end of the value") != std::string::npos);
}

TEST_CASE("vegeta: real files", "[load][tools]") {
  const auto vault = tool_file("vegeta/vault-benchmark-kvv2_read.json");
  if (!vault) return;
  const LoadTest test = load_test(*vault);
  CHECK(test.requests == 1090U);
  CHECK(test.failed == 0U);
  CHECK(millionths(test.rate) == 54'536'579);
  CHECK(millionths(test.succeeded_rate) == 54'508'304);
  CHECK(microseconds(test.p95) == 23'284);
  CHECK(microseconds(test.p99) == 30'921);
  const LoadTest seldon = load_test(*tool_file("vegeta/seldon-2021-sklearn.json"));
  CHECK(millionths(seldon.rate) == 215'487'706);
  CHECK(microseconds(seldon.p95) == 7'974);
  CHECK(microseconds(seldon.p99) == 12'617);
}

}  // namespace migplan
