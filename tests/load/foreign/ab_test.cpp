#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

const std::string kNoFailure = "Failed requests:        0\n";

std::string output(const std::string& failures, const std::string& complete = "500") {
  return "This is ApacheBench, Version 2.3 <$Revision: 1903618 $>\n"
         "Benchmarking 127.0.0.1 (be patient)\n"
         "Completed 500 requests\n"
         "\n"
         "Document Path:          /pay\n"
         "Concurrency Level:      5\n"
         "Time taken for tests:   0.500 seconds\n"
         "Complete requests:      " +
         complete + "\n" + failures +
         "Total transferred:      72500 bytes\n"
         "Requests per second:    1000.00 [#/sec] (mean)\n"
         "Time per request:       0.780 [ms] (mean)\n"
         "\n"
         "Percentage of the requests served within a certain time (ms)\n"
         "  50%      1\n"
         "  95%      4\n"
         "  99%     12\n"
         " 100%     15 (longest request)\n";
}

}  // namespace

TEST_CASE("ab: counts, rate and whole milliseconds", "[load]") {
  CHECK(format_of(output(kNoFailure)) == "ab");
  const LoadTest test = load_test(output(kNoFailure));
  CHECK(test.requests == 500U);
  CHECK(test.failed == 0U);
  CHECK(test.rate == RequestsPerSecond::whole(1000));
  CHECK(test.succeeded_rate == RequestsPerSecond::whole(1000));
  CHECK(test.duration == Seconds::from_steps(500));
  CHECK(test.p50 == Milliseconds::whole(1));
  CHECK(test.p95 == Milliseconds::whole(4));
  CHECK(test.p99 == Milliseconds::whole(12));
  CHECK(test.place.at.line == 8);
  CHECK(test.notes.empty());
}

TEST_CASE("ab: wrong statuses have failed, though ab does not say so", "[load]") {
  const LoadTest test = load_test(output(kNoFailure + "Non-2xx responses:      100\n"));
  CHECK(test.failed == 100U);
  CHECK(test.rate == RequestsPerSecond::whole(1000));
  CHECK(test.succeeded_rate == RequestsPerSecond::whole(800));
}

TEST_CASE("ab: responses of another length and wrong statuses are counted once", "[load]") {
  // 3 without a connection, which are not among the 500; 7 broken off; 40 of another length, 50 with a wrong status:
  // 57 of 500 failed, (500 - 57) / 0.5 = 886 a second.
  const LoadTest test =
      load_test(output("Failed requests:        50\n   (Connect: 3, Receive: 2, Length: 40, Exceptions: 5)\n"
                       "Non-2xx responses:      50\n"));
  CHECK(test.requests == 503U);
  CHECK(test.failed == 60U);
  CHECK(test.succeeded_rate == RequestsPerSecond::whole(886));
  CHECK(
      notes(test, "of another length than the first one have failed, as ab counts: 40; those with a wrong status: 50"));
}

TEST_CASE("ab: what cannot be read is told with its place", "[load]") {
  CHECK(refusal(output(kNoFailure, "all")) ==
        "run.out:8:25: error: found \"all\", expected a whole number, 0 to 1000000000000000");
  CHECK(refusal(output(kNoFailure, "0")) == "run.out:8:1: error: found no request, expected at least one");
  CHECK(refusal(output("Failed requests:        5\n   (Connect: 3, Receive: 0, Length: 4, Exceptions: 0)\n")) ==
        "run.out:8:1: error: found 5 failed requests, fewer than their kinds");
  CHECK(refusal(output("Failed requests:\n")) ==
        "run.out:9:17: error: found \"\", expected a whole number, 0 to 1000000000000000");
  const std::string whole = output(kNoFailure);
  CHECK(refusal(whole + whole) == "run.out:19:1: error: found a second run, expected one");
  CHECK(refusal(whole.substr(0, whole.find("Requests per"))) ==
        "run.out: error: the text ends, expected \"Requests per second:\" (ab did not come to its end, or its output "
        "was cut)");
}

TEST_CASE("ab: a rate without the requests that it is of is no load test", "[load]") {
  std::string text = output(kNoFailure);
  text.replace(text.find("Complete requests:"), 8, "Finished");
  CHECK(refusal(text).find("run.out: error: the text ends, expected \"Complete requests:\"") == 0);
}

TEST_CASE("ab: real output", "[load][tools]") {
  const auto text = tool_file("wrk/ab.txt");
  if (!text) return;
  const LoadTest test = load_test(*text);
  CHECK(test.requests == 500U);
  CHECK(test.failed == 0U);
  CHECK(millionths(test.rate) == 6'410'500'000);
  CHECK(test.duration == Seconds::from_steps(78));
  CHECK(test.p95 == Milliseconds::whole(1));
  CHECK(test.p99 == Milliseconds::whole(3));
}

}  // namespace migplan
