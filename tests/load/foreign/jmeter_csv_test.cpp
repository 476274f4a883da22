#include <algorithm>

#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

const std::string kHeader =
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,"
    "grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

std::string row(std::int64_t time, std::int64_t elapsed, const std::string& success,
                const std::string& message = "OK") {
  return std::to_string(time) + "," + std::to_string(elapsed) + ",pay,200," + message + ",users 1-1,text," + success +
         ",,512,128,1,1,http://shop/pay,40,0,3\n";
}

// Samples of 100, 200, 300 and 410 ms from 10,000 to 12,410: 2.41 s, 4 / 2.41 = 1.659751 a second, 3 / 2.41 = 1.244813
// successes. Legacy places: 50 %: 2.5, half way from 200 to 300 = 250; 95 %: 4.75 and 99 %: 4.95, at the last = 410.
const std::string kRows = row(10'000, 100, "true") + row(10'500, 300, "true") +
                          row(11'000, 200, "false", "Bad Gateway") + row(12'000, 410, "true");

void check_samples(const LoadTest& test) {
  CHECK(test.requests == 4U);
  CHECK(test.failed == 1U);
  CHECK(millionths(test.rate) == 1'659'751);
  CHECK(millionths(test.succeeded_rate) == 1'244'813);
  CHECK(test.duration == Seconds::from_steps(2410));
  CHECK(microseconds(test.p50) == 250'000);
  CHECK(microseconds(test.p95) == 410'000);
  CHECK(microseconds(test.p99) == 410'000);
  CHECK(test.succeeded == std::vector<std::uint32_t>{2, 0});
}

std::string with_delimiter(std::string text, char delimiter) {
  std::replace(text.begin(), text.end(), ',', delimiter);
  return text;
}

}  // namespace

TEST_CASE("jmeter csv: samples with a header, by comma, semicolon or tab", "[load]") {
  for (const char delimiter : {',', ';', '\t'}) {
    const std::string text = with_delimiter(kHeader + kRows, delimiter);
    CHECK(format_of(text) == "jmeter-csv");
    const LoadTest test = load_test(text);
    check_samples(test);
    CHECK(test.began_ms == 10'000);
    CHECK(test.ended_ms == 12'410);
    CHECK(test.notes.empty());
  }
}

TEST_CASE("jmeter csv: samples without a header have JMeter's own columns", "[load]") {
  CHECK(format_of(kRows) == "jmeter-csv");
  check_samples(load_test(kRows));
  check_samples(load_test(with_delimiter(kRows, ';')));
}

TEST_CASE("jmeter csv: columns are found by name, and quoted cells may have lines and delimiters", "[load]") {
  const LoadTest test = load_test(
      "\"timeStamp\",elapsed,label,responseCode,responseMessage,success,\"note\"\n"
      "10000,100,\"pay, then\n\nsay \"\"thanks\"\"\",200,\"OK, so\",TRUE,\"\"\n"
      "10100,100,pay,500,no,False,x\n");
  CHECK(test.requests == 2U);
  CHECK(test.failed == 1U);
}

TEST_CASE("jmeter csv: a transaction is not counted beside its requests", "[load]") {
  const std::string sum =
      row(10'000, 2410, "true", "\"Number of samples in transaction : 4, number of failing samples : 1\"") +
      row(10'000, 0, "true", "\"Number of samples in transaction : 0, number of failing samples : 0\"");
  const LoadTest test = load_test(kHeader + kRows + sum);
  check_samples(test);
  CHECK(notes(test, "transactions are the sums of requests and not counted: 1"));
}

TEST_CASE("jmeter csv: where there are only transactions, each counts", "[load]") {
  const LoadTest test = load_test(
      kHeader + row(10'000, 500, "true", "\"Number of samples in transaction : 2, number of failing samples : 0\""));
  CHECK(test.requests == 1U);
  CHECK(notes(test, "only transactions are in the file: each counts as a request"));
}

TEST_CASE("jmeter csv: formatted times give a rate, and no place in time", "[load]") {
  // 0.5 s and 1 s after the first one; the last one takes 0.5 s: 3 samples in 1.5 s.
  for (const auto* times : {"2014-02-24 07:42:21.500|2014-02-24 07:42:22.000|2014-02-24 07:42:22.500",
                            "2014/02/24 07:42:21.500|2014/02/24 07:42:22.000|2014/02/24 07:42:22.500"}) {
    std::string text = kHeader;
    for (std::string rest = times; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      text += rest.substr(0, end) + row(0, 500, "true").substr(1);
      rest.erase(0, end + 1);
    }
    const LoadTest test = load_test(text);
    CHECK(test.rate == RequestsPerSecond::whole(2));
    CHECK_FALSE(test.began_ms.has_value());
    CHECK_FALSE(test.ended_ms.has_value());
    CHECK(notes(test, "the times have no zone"));
  }
  const LoadTest american = load_test(kHeader + "02/24/14 07:42:21" + row(0, 500, "true").substr(1));
  CHECK(american.requests == 1U);
}

TEST_CASE("jmeter csv: without response codes and messages it is refused", "[load]") {
  CHECK(refusal("timeStamp,elapsed,label,threadName,dataType,success\n10000,100,pay,users 1-1,text,true\n") ==
        "run.out:1:1: error: responseCode: this column is missing: transactions and failures cannot be told without it "
        "(let JMeter save it: jmeter.save.saveservice.* in user.properties)\n"
        "run.out:1:1: error: responseMessage: this column is missing: transactions and failures cannot be told without "
        "it (let JMeter save it: jmeter.save.saveservice.* in user.properties)");
}

TEST_CASE("jmeter csv: without a header, other columns than JMeter's own are refused", "[load]") {
  CHECK(refusal("10000,100,pay,200,OK,users 1-1,true,512\n") ==
        "run.out:1:37: error: found no names of columns, and not true or false where \"success\" would stand (let "
        "JMeter write them with jmeter.save.saveservice.print_field_names=true)");
}

TEST_CASE("jmeter csv: what cannot be read is told with its place", "[load]") {
  CHECK(refusal(kHeader + row(10'000, 100, "yes") + "2001/20/20 12:05:05.123,1.5" + row(0, 0, "true").substr(3) +
                "10,20,30\n") ==
        "run.out:2:37: error: success: found \"yes\", expected true or false\n"
        "run.out:3:1: error: timeStamp: found \"2001/20/20 12:05:05.123\", expected milliseconds since 1970, or a date "
        "and time\n"
        "run.out:3:25: error: elapsed: found \"1.5\", expected a whole number of milliseconds\n"
        "run.out:4:1: error: found 3 cells, expected 17");
  CHECK(refusal(kHeader + row(10'000, 100, "true") + row(1'722'951'943'277, 5, "true"))
            .find("run.out:3:1: error: timeStamp: found a time that makes the run longer than 31 days") == 0);
  CHECK(refusal(kHeader + "10000,100,\"pay\n").find("a quoted cell has no closing quote") != std::string::npos);
  CHECK(refusal(kHeader + row(9'223'372'036'854'775'807, 9'223'372'036'854'775'807, "true")).find("31 days") !=
        std::string::npos);
}

TEST_CASE("jmeter csv: a last row that breaks off is an error", "[load]") {
  CHECK(refusal(kHeader + row(10'000, 100, "true") + "10100,100,pay,20") ==
        "run.out:3:17: error: the last row breaks off (the run was cut off while it was written)");
}

TEST_CASE("jmeter csv: a file without a sample is refused", "[load]") {
  CHECK(refusal(kHeader) == "run.out: error: found no sample, expected at least one");
}

TEST_CASE("jmeter csv: a sample of negative time counts, and stays out of the percentiles", "[load]") {
  const LoadTest test = load_test(kHeader + row(10'000, 100, "true") + row(10'000, -5, "true"));
  CHECK(test.requests == 2U);
  CHECK(test.p50 == Milliseconds::whole(100));
  CHECK(notes(test, "are not in the percentiles: 1 of 2"));
}

TEST_CASE("jmeter csv: the dashboard's own golden numbers, to the last digit", "[load][tools]") {
  const auto text = tool_file("jmeter/HTMLReportTestFile.csv");
  if (!text) return;
  const LoadTest test = load_test(*text);
  CHECK(test.requests == 255U);
  CHECK(test.failed == 3U);
  CHECK(millionths(test.rate) == 4'236'936);  // 4.2369361136495804
  CHECK(microseconds(test.p50) == 232'000);
  CHECK(microseconds(test.p95) == 339'200);
  CHECK(microseconds(test.p99) == 353'000);
}

TEST_CASE("jmeter csv: other people's files", "[load][tools]") {
  struct Truth {
    const char* file;
    std::uint64_t requests, failed;
    std::int64_t rate, p95;  // millionths, microseconds
  };
  // Worked out by another program.
  for (const Truth& truth : {Truth{"JENKINS-16627_CSV_instead_of_XML.jtl", 3, 0, 735'294, 2'204'000},
                             {"JMeterCsvResults.csv", 3, 0, 1'359'927, 2'204'000},
                             {"JMeterPublisher.csv", 3, 1, 1'499'250, 2'000'000},
                             {"JMeterPublisher_formatted_timeStamp.csv", 3, 1, 1'499'250, 2'000'000},
                             {"multiLineCSV.jtl", 2, 1, 976'086, 1'898'000},
                             {"taurus-kpi-pair1.jtl", 6, 5, 8'426'966, 210'000},
                             {"taurus-kpi1.jtl", 21, 9, 7'209'063, 31'000},
                             {"taurus-quote-guessing-crash.jtl", 10, 0, 1'515'841, 2'137'000},
                             {"taurus-simple.kpi.jtl", 6, 3, 831'947, 6'479'000},
                             {"taurus-tabs.jtl", 4, 0, 1'123'596, 1'008'000},
                             {"taurus-tranctl.jtl", 2, 1, 1'986'097, 998'000},
                             {"taurus-unicode.jtl", 13, 13, 960'544, 1'152'000}}) {
    const auto text = tool_file(std::string("jmeter/") + truth.file);
    if (!text) return;
    CAPTURE(truth.file);
    const LoadTest test = load_test(*text);
    CHECK(test.requests == truth.requests);
    CHECK(test.failed == truth.failed);
    CHECK(millionths(test.rate) == truth.rate);
    CHECK(microseconds(test.p95) == truth.p95);
  }
  for (const char* file : {"HTMLReportFalseTestFile.csv", "JMeterCsvResults2.csv"}) {
    CAPTURE(file);
    CHECK_FALSE(read(*tool_file(std::string("jmeter/") + file)).is_ok());
  }
}

}  // namespace migplan
