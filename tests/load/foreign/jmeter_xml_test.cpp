#include "load_test_reading.hpp"

namespace migplan {
namespace {

using namespace testing;

std::string document(const std::string& samples) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n" + samples + "</testResults>\n";
}

std::string sample(std::int64_t time, std::int64_t elapsed, bool is_success, const std::string& inside = "") {
  return "<httpSample t=\"" + std::to_string(elapsed) + "\" lt=\"1\" ts=\"" + std::to_string(time) + "\" s=\"" +
         (is_success ? "true" : "false") + "\" lb=\"pay &amp; go\" rc=\"200\" rm=\"OK\" tn=\"users 1-1\">" + inside +
         "</httpSample>\n";
}

std::string transaction(const std::string& inside) {
  return "<sample t=\"2410\" ts=\"10000\" s=\"true\" lb=\"all\" rc=\"200\" rm=\"Number of samples in transaction : 2, "
         "number of failing samples : 0\">" +
         inside + "</sample>\n";
}

// The samples of jmeter_csv_test.cpp.
const std::string kSamples =
    sample(10'000, 100, true) + sample(10'500, 300, true) + sample(11'000, 200, false) + sample(12'000, 410, true);

void check_samples(const std::string& text) {
  const LoadTest test = load_test(text);
  CHECK(test.requests == 4U);
  CHECK(test.failed == 1U);
  CHECK(millionths(test.rate) == 1'659'751);
  CHECK(millionths(test.succeeded_rate) == 1'244'813);
  CHECK(microseconds(test.p50) == 250'000);
  CHECK(microseconds(test.p99) == 410'000);
  CHECK(test.succeeded == std::vector<std::uint32_t>{2, 0});
}

}  // namespace

TEST_CASE("jmeter xml: samples below the root", "[load]") {
  CHECK(format_of(document(kSamples)) == "jmeter-xml");
  check_samples(document(kSamples));
}

TEST_CASE("jmeter xml: what is inside a request is part of it", "[load]") {
  check_samples(document(sample(10'000, 100, true, sample(10'010, 20, false) + "<responseData>x</responseData>") +
                         sample(10'500, 300, true) + sample(11'000, 200, false) + sample(12'000, 410, true)));
}

TEST_CASE("jmeter xml: what is inside a transaction counts in its place, however deep", "[load]") {
  check_samples(document(transaction(sample(10'000, 100, true) + transaction(sample(10'500, 300, true))) +
                         sample(11'000, 200, false) + sample(12'000, 410, true)));
  const std::string around = transaction("|");
  const std::size_t inside = around.find('|');
  std::string before, after;
  for (int i = 0; i < 20'000; ++i) {
    before += around.substr(0, inside);
    after += around.substr(inside + 1);
  }
  CHECK(load_test(document(before + sample(10'000, 100, true) + after)).requests == 1U);
}

TEST_CASE("jmeter xml: a transaction beside its requests is not counted", "[load]") {
  check_samples(document(kSamples + transaction("")));
}

TEST_CASE("jmeter xml: what cannot be read is told with its place", "[load]") {
  CHECK(refusal(document("<httpSample t=\"1s\" ts=\"10000\" s=\"true\"/>\n<sample t=\"5\" s=\"no\"/>\n")) ==
        "run.out:3:2: error: httpSample: t: found \"1s\", expected a whole number of milliseconds\n"
        "run.out:4:2: error: sample: the attribute \"ts\" is missing\n"
        "run.out:4:2: error: sample: s: found \"no\", expected true or false");
  const std::string text = document(kSamples);
  CHECK(refusal(text.substr(0, text.size() - 20)).find("run.out:6:") == 0);
  CHECK(refusal(document("")) == "run.out: error: found no sample, expected at least one");
  CHECK(refusal("<x><testResults/></x>").find("found no <testResults> at the root") != std::string::npos);
}

TEST_CASE("jmeter xml: other people's files", "[load][tools]") {
  const auto results = tool_file("jmeter/JMeterResults.jtl");
  if (!results) return;
  // 58 63 278 501 598 1017 14720 15902, from 1296846792004 to 1296846969096 + 58: 8 / 177.15 a second; the median is
  // half way from 501 to 598.
  const LoadTest test = load_test(*results);
  CHECK(test.requests == 8U);
  CHECK(test.failed == 0U);
  CHECK(test.duration == Seconds::from_steps(177'150));
  CHECK(millionths(test.rate) == 45'159);
  CHECK(microseconds(test.p50) == 549'500);
  const LoadTest errors = load_test(*tool_file("jmeter/taurus-error-mix.jtl"));
  CHECK(errors.requests == 1U);
  CHECK(errors.failed == 1U);
  CHECK(errors.p99 == Milliseconds::whole(559));
}

}  // namespace migplan
