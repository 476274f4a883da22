#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

std::string output(const std::string& latencies, const std::string& failures, const std::string& requests = "30000") {
  return "Running 30s test @ http://127.0.0.1:8080/pay\n"
         "  2 threads and 16 connections\n"
         "  Thread Stats   Avg      Stdev     Max   +/- Stdev\n"
         "    Latency     1.44ms    1.67ms  21.39ms   89.23%\n"
         "    Req/Sec     4.67k     1.13k    9.82k    71.75%\n" +
         latencies + "  " + requests + " requests in 30.00s, 46.61MB read\n" + failures +
         "Requests/sec:   1000.00\n"
         "Transfer/sec:      1.55MB\n";
}

const std::string kLatencies =
    "  Latency Distribution\n"
    "     50%  990.00us\n"
    "     75%    1.71ms\n"
    "     90%    3.27ms\n"
    "     99%    1.05s \n";

}  // namespace

TEST_CASE("wrk: the rate is of all threads, percentiles are in any unit", "[load]") {
  CHECK(format_of(output(kLatencies, "")) == "wrk");
  const LoadTest test = load_test(output(kLatencies, ""));
  CHECK(test.requests == 30'000U);
  CHECK(test.failed == 0U);
  CHECK(test.rate == RequestsPerSecond::whole(1000));
  CHECK(test.succeeded_rate == RequestsPerSecond::whole(1000));
  CHECK(test.duration == Seconds::whole(30));
  CHECK(microseconds(test.p50) == 990);
  CHECK_FALSE(test.p95.has_value());
  CHECK(microseconds(test.p99) == 1'050'000);
  CHECK(test.place.at.line == 11);
  CHECK(test.notes == std::vector<std::string>{"wrk does not print the 95th percentile"});
}

TEST_CASE("wrk: without --latency there are no percentiles", "[load]") {
  const LoadTest test = load_test(output("", ""));
  CHECK_FALSE(test.p50.has_value());
  CHECK_FALSE(test.p99.has_value());
  CHECK(notes(test, "wrk prints them with --latency"));
}

TEST_CASE("wrk: errors are failed requests, and not all of them are in its rate", "[load]") {
  // 30,000 complete ones of which 600 have a wrong status and 300 came late: (30,000 - 900) / 30 = 970 a second.
  // Besides, 1 + 20 + 3 came to nothing.
  const LoadTest test = load_test(output("",
                                         "  Socket errors: connect 1, read 20, write 3, timeout 300\n"
                                         "  Non-2xx or 3xx responses: 600\n"));
  CHECK(test.requests == 30'024U);
  CHECK(test.failed == 924U);
  CHECK(test.rate == RequestsPerSecond::whole(1000));
  CHECK(test.succeeded_rate == RequestsPerSecond::whole(970));
  CHECK(notes(test, "requests without a response have failed, and wrk's rate is without them: 24"));
  CHECK(notes(test, "responses after wrk's timeout have failed: 300"));
}

TEST_CASE("wrk: a run of errors only has a high rate and no successes", "[load]") {
  const LoadTest test = load_test(output("", "  Non-2xx or 3xx responses: 30000\n"));
  CHECK(test.rate == RequestsPerSecond::whole(1000));
  CHECK(test.succeeded_rate == RequestsPerSecond());
  CHECK(test.failed == 30'000U);
}

TEST_CASE("wrk: what wrk2 prints is read as well", "[load]") {
  const LoadTest test = load_test(
      output("  Latency Distribution (HdrHistogram - Recorded Latency)\n"
             " 50.000%    1.37ms\n 75.000%    1.85ms\n 99.000%    3.02ms\n 99.900%    5.72ms\n100.000%   12.93ms\n\n"
             "  Detailed Percentile spectrum:\n"
             "       Value   Percentile   TotalCount 1/(1-Percentile)\n\n"
             "       0.067     0.000000            1         1.00\n",
             ""));
  CHECK(microseconds(test.p50) == 1'370);
  CHECK(microseconds(test.p99) == 3'020);
}

TEST_CASE("wrk: what cannot be read is told with its place", "[load]") {
  CHECK(refusal(output("     99%   8.33 parsec\n", "")) ==
        "run.out:6:12: error: found \"8.33 parsec\", expected a time such as 8.33ms");
  CHECK(refusal(output("     99%   3.00h\n", "")) == "run.out:6:12: error: found \"3.00h\", expected at most 1000 s");
  CHECK(refusal(output("", "", "many")) ==
        "run.out:6:3: error: found \"many\", expected a whole number, 0 to 1000000000000000");
  CHECK(refusal(output("", "", "-5")).find("found \"-5\"") != std::string::npos);
  CHECK(refusal(output("", "", "0")) == "run.out:6:1: error: found no request, expected at least one");
  CHECK(refusal(output("", "  Socket errors: connect 1, read, write 3, timeout 0\n")).find("run.out:7:") == 0);
  const std::string whole = output("", "");
  CHECK(refusal(whole + whole) == "run.out:9:1: error: found a second run, expected one");
  CHECK(
      refusal(whole.substr(0, whole.find("Requests/sec"))) ==
      "run.out: error: the text ends, expected \"Requests/sec:\" (wrk did not come to its end, or its output was cut)");
}

TEST_CASE("wrk: a rate without the requests that it is of is no load test", "[load]") {
  std::string text = output("", "");
  text.erase(text.find("  30000 requests"), text.find("Requests/sec") - text.find("  30000 requests"));
  CHECK(refusal(text).find("run.out: error: the text ends, expected \"requests in\"") == 0);
}

TEST_CASE("wrk: real output", "[load][tools]") {
  const auto latency = tool_file("wrk/wrk-latency.txt");
  if (!latency) return;
  const LoadTest test = load_test(*latency);
  CHECK(test.requests == 186'259U);
  CHECK(test.failed == 0U);
  CHECK(millionths(test.rate) == 9'298'610'000);
  CHECK(microseconds(test.p50) == 990);
  CHECK(microseconds(test.p99) == 8'330);
  CHECK(test.duration == Seconds::from_steps(20'030));
  CHECK(load_test(*tool_file("wrk/wrk-nolatency.txt")).requests == 4675U);
  CHECK(load_test(*tool_file("wrk/WrkResultsQuick.wrk")).requests == 1045U);
  const LoadTest errors = load_test(*tool_file("wrk/WrkResultsWithErrors.wrk"));
  CHECK(errors.requests == 12U);
  CHECK(errors.failed == 12U);
  CHECK(errors.succeeded_rate == RequestsPerSecond());
  CHECK(microseconds(load_test(*tool_file("wrk/WrkResultsWithLatencyFlag.wrk")).p99) == 46'510);
  // Somebody changed the units of this one, and forgot its rate.
  CHECK(notes(load_test(*tool_file("wrk/WrkResultsLong.wrk")), "do not make the stated rate"));
}

}  // namespace migplan
