#include "gatling_run_expected.hpp"

namespace migplan {
namespace {

using namespace testing;

// The run of check_checkout_run in each generation's layout.
const std::string kText34 =
    "ASSERTION\tAAECAAIFAAAAAAAAAFlA\n"
    "RUN\tshop.Checkout\tcheckout\t9990\tnightly\t3.10.5\n"
    "USER\tbuyer\tSTART\t10000\n"
    "REQUEST\t\tcart\t10000\t10200\tOK\t \n"
    "USER\tbuyer\tSTART\t11000\n"
    "REQUEST\tcheckout,pay\tcard\t11000\t11300\tOK\t \n"
    "REQUEST\tcheckout\treceipt\t12400\t13900\tOK\n"
    "GROUP\tcheckout\t11000\t13900\t1800\tOK\n"
    "REQUEST\t\tlogout\t13600\t14500\tKO\tstatus.find.is(200), found 503\n"
    "USER\tbuyer\tEND\t13900\n"
    "USER\tbuyer\tEND\t14500\n";

const std::string kText30 =
    "RUN\tshop.Checkout\tcheckout\t9990\t \t3.2.1\n"
    "USER\tbuyer\t1\tSTART\t10000\t10000\n"
    "REQUEST\t1\t\tcart\t10000\t10200\tOK\t \n"
    "USER\tbuyer\t2\tSTART\t11000\t11000\n"
    "REQUEST\t2\tcheckout,pay\tcard\t11000\t11300\tOK\t \n"
    "REQUEST\t1\tcheckout\treceipt\t12400\t13900\tOK\t \n"
    "GROUP\t1\tcheckout\t11000\t13900\t1800\tOK\n"
    "REQUEST\t2\t\tlogout\t13600\t14500\tKO\tstatus.find.is(200), found 503\n"
    "USER\tbuyer\t1\tEND\t10000\t13900\n"
    "USER\tbuyer\t2\tEND\t11000\t14500\n";

const std::string kText22 =
    "RUN\tshop.Checkout\tcheckout\tcheckout\t9990\t \t2.0\n"
    "USER\tbuyer\t1\tSTART\t10000\t0\n"
    "REQUEST\tbuyer\t1\t\tcart\t10000\t10200\tOK\t \n"
    "USER\tbuyer\t2\tSTART\t11000\t0\n"
    "REQUEST\tbuyer\t2\tcheckout,pay\tcard\t11000\t11300\tOK\t \n"
    "REQUEST\tbuyer\t1\tcheckout\treceipt\t12400\t13900\tOK\t \n"
    "GROUP\tbuyer\t1\tcheckout\t11000\t13900\t1800\tOK\n"
    "REQUEST\tbuyer\t2\t\tlogout\t13600\t14500\tKO\tstatus.find.is(200), found 503\t\n"
    "USER\tbuyer\t1\tEND\t10000\t13900\n"
    "USER\tbuyer\t2\tEND\t11000\t14500\n";

const std::string kText20 =
    "shop.Checkout\tcheckout\tRUN\t9990\t \t2.0\n"
    "buyer\t7-1\tUSER\tSTART\t10000\t0\n"
    "buyer\t7-1\tREQUEST\t\tcart\t10000\t10001\t10150\t10200\tOK\t \n"
    "buyer\t7-2\tUSER\tSTART\t11000\t0\n"
    "buyer\t7-2\tREQUEST\tcheckout,pay\tcard\t11000\t11001\t11299\t11300\tOK\t \n"
    "buyer\t7-1\tREQUEST\tcheckout\treceipt\t12400\t12400\t13899\t13900\tOK\t \n"
    "buyer\t7-1\tGROUP\tcheckout\t11000\t13900\t1800\tOK\n"
    "buyer\t7-2\tREQUEST\t\tlogout\t13600\t13601\t14500\t14500\tKO\tstatus(200) didn't match: 503\n"
    "buyer\t7-1\tUSER\tEND\t10000\t13900\n"
    "buyer\t7-2\tUSER\tEND\t11000\t14500\n";

std::string with_request(const std::string& row) {
  return "RUN\tshop.Checkout\tcheckout\t9990\t \t3.10.5\n"
         "REQUEST\t\tcart\t10000\t12000\tOK\t \n" +
         row;
}

}  // namespace

TEST_CASE("gatling log: every generation's layout says the same", "[load]") {
  for (const std::string& text : {kText34, kText30, kText22, kText20}) {
    CAPTURE(text);
    CHECK(format_of(text) == "gatling-log");
    check_checkout_run(load_test(text));
  }
}

TEST_CASE("gatling log: the version that a row RUN states is not believed", "[load]") {
  std::string text = kText34;
  text.replace(text.find("3.10.5"), 6, "2.3.1");
  CHECK(load_test(text).requests == 4U);
  CHECK(load_test(text.substr(text.find("USER"))).requests == 4U);
}

TEST_CASE("gatling log: requests named like a status or a number are found", "[load]") {
  const LoadTest test = load_test(with_request("REQUEST\t7\tOK\t10500\t11000\tKO\tno\n"));
  CHECK(test.requests == 2U);
  CHECK(test.failed == 1U);
  CHECK(microseconds(test.p50) == 500'000);
}

TEST_CASE("gatling log: a request that ends before it begins counts, and stays out of the percentiles", "[load]") {
  // Response times 2000 and -400: only the first one has a rank.
  const LoadTest test = load_test(with_request("REQUEST\t\tcart\t11000\t10600\tOK\n"));
  CHECK(test.requests == 2U);
  CHECK(microseconds(test.p50) == 2'000'000);
  CHECK(notes(test, "as a clock was set back, are not in the percentiles: 1 of 2"));
}

TEST_CASE("gatling log: a percentile beyond the longest latency is not given", "[load]") {
  // 2,000 and 1,000,001 ms: p50 is the first one, p95 the second one, which is longer than 1000 s.
  const LoadTest test = load_test(with_request("REQUEST\t\tcart\t10000\t1010001\tOK\n"));
  CHECK(microseconds(test.p50) == 2'000'000);
  CHECK_FALSE(test.p95.has_value());
  CHECK(notes(test, "requests longer than 1000 s, among which no percentile is given: 1 of 2"));
}

TEST_CASE("gatling log: errors of the simulation and unmatched messages are no requests", "[load]") {
  const LoadTest test =
      load_test(with_request("ERROR\tFailed to build request: No attribute named 'id' is defined \t10500\n"
                             "REQUEST\t\tpush\t10500\t-9223372036854775808\tOK\t \n"));
  CHECK(test.requests == 1U);
  CHECK(notes(test, "errors of the simulation itself are no requests: 1"));
  CHECK(notes(test, "messages that no request waited for are no requests: 1"));
}

TEST_CASE("gatling log: a message may go on over several lines", "[load]") {
  const LoadTest test =
      load_test(with_request("REQUEST\t\tcart\t10500\t11000\tKO\tjava.net.ConnectException: refused\n"
                             "\tat java.base/sun.nio.ch.Net.connect\n"
                             "caused by\n"
                             "REQUEST\t\tcart\t11000\t11500\tOK\t \n"));
  CHECK(test.requests == 3U);
  CHECK(test.failed == 1U);
  CHECK(notes(test, "lines that only go on with a message: 2"));
}

TEST_CASE("gatling log: lines may end in CR LF", "[load]") {
  std::string text = kText34;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, 1, '\r');
  CHECK(load_test(text).requests == 4U);
}

TEST_CASE("gatling log: what cannot be read is told with its place", "[load]") {
  CHECK(refusal(with_request("REQUEST\t\tcart\t10500\tsoon\tOK\t \nPAUSE\t10500\nUSER\tbuyer\tSTART\tnow\n")) ==
        "run.out:3:1: error: found no times in front of OK or KO, expected when the request began and ended\n"
        "run.out:4:1: error: found \"PAUSE\", expected RUN, USER, REQUEST, GROUP, ERROR or ASSERTION\n"
        "run.out:5:1: error: found no time, expected one at the end of the line");
}

TEST_CASE("gatling log: a last line that breaks off is an error", "[load]") {
  CHECK(refusal(with_request("REQUEST\t\tcart\t10500\t110")) ==
        "run.out:3:24: error: the last line breaks off (the run was cut off while it was written)");
  CHECK(refusal(with_request("REQ")) ==
        "run.out:3:4: error: the last line breaks off (the run was cut off while it was written)");
  CHECK(refusal(with_request("REQUEST\t\tcart\t10500\t11000\tKO\tno\nREQ")).find("run.out:4:4: error: the last line") ==
        0);
  CHECK(load_test(with_request("REQUEST\t\tcart\t10500\t11000\tOK")).requests == 2U);
}

TEST_CASE("gatling log: times years apart are no run", "[load]") {
  CHECK(refusal(with_request("REQUEST\t\tcart\t1722951943277\t1722951943300\tOK\n")) ==
        "run.out:3:29: error: found a time that makes the run longer than 31 days (the clock was set during the run, "
        "or logs of several runs were put together)");
}

TEST_CASE("gatling log: a run without a request is refused", "[load]") {
  CHECK(refusal("RUN\tshop.Checkout\tcheckout\t9990\t \t3.10.5\nUSER\tbuyer\tSTART\t10000\n") ==
        "run.out: error: found no request, expected at least one");
}

TEST_CASE("gatling log: a run that takes no time has no rate", "[load]") {
  const LoadTest test = load_test("RUN\ta\tb\t1\t \t3.10.5\nREQUEST\t\tcart\t10000\t10000\tOK\n");
  CHECK_FALSE(test.rate.has_value());
  CHECK_FALSE(test.succeeded_rate.has_value());
  CHECK(notes(test, "1 requests in 0 s have no rate"));
  CHECK(microseconds(test.p99) == 0);
}

TEST_CASE("gatling log: the tool's own files of all generations", "[load][tools]") {
  struct Truth {
    const char* file;
    std::uint64_t requests, failed;
    std::int64_t rate;  // millionths
    std::int64_t p95, p99;
  };
  // Requests of nuxeo's and Gatling's files as their own tests assert them; the rest worked out by another program.
  for (const Truth& truth : {Truth{"known_stats-2.3.1-simulation.log", 8, 0, 615'385, 9000, 9000},
                             {"known_stats-3.3.1-simulation.log", 8, 0, 615'385, 9000, 9000},
                             {"known_stats-3.11.5-simulation.log", 8, 0, 615'385, 9000, 9000},
                             {"nuxeo/simulation-small.log", 2, 0, 11'299, 176'331, 176'331},
                             {"nuxeo/simulation-small-v3.log", 2, 0, 11'299, 176'330, 176'330},
                             {"nuxeo/simulation-small-v3.2.log", 2, 0, 52'632, 37'361, 37'361},
                             {"nuxeo/simulation-small-v3.3.log", 2, 0, 52'632, 37'361, 37'361},
                             {"nuxeo/simulation-small-v3.4.log", 31, 0, 5'166'667, 492, 502},
                             {"nuxeo/simulation-v3.2.log.gz", 16095, 0, 85'158'730, 31, 42},
                             {"nuxeo/simulation-v3.10.log.gz", 16029, 0, 85'716'578, 28, 30},
                             {"taurus/gatling-3-000.log", 243, 0, 22'090'909, 66, 121},
                             {"taurus/gatling-331-000.log", 100, 0, 50'000'000, 235, 247},
                             {"taurus/gatling-4-000.log", 644, 2, 3'617'978, 400, 666}}) {
    const auto text = tool_file(std::string("gatling/") + truth.file);
    if (!text) return;
    CAPTURE(truth.file);
    const LoadTest test = load_test(*text);
    CHECK(test.requests == truth.requests);
    CHECK(test.failed == truth.failed);
    CHECK(millionths(test.rate) == truth.rate);
    CHECK(microseconds(test.p95) == truth.p95 * 1000);
    CHECK(microseconds(test.p99) == truth.p99 * 1000);
  }
}

}  // namespace migplan
