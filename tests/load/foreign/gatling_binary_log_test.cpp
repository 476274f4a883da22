#include <fmt/format.h>

#include <vector>

#include "gatling_run_expected.hpp"

namespace migplan {
namespace {

using namespace testing;

// Writes a log as Gatling does, with its memory of strings.
class LogWriter {
 public:
  explicit LogWriter(std::int64_t start_ms) {
    byte(0);
    string("3.13.1");
    string("shop.CheckoutSimulation");
    number(static_cast<std::uint64_t>(start_ms), 8);
    string("");
    i32(1);
    string("Buyers");
    i32(1);
    i32(3);
    bytes_ += "\x01\x02\x03";
  }

  LogWriter& user(bool starts, std::int32_t ms) {
    byte(2);
    i32(0);
    byte(starts ? 1 : 0);
    i32(ms);
    return *this;
  }
  LogWriter& request(std::int32_t begin, std::int32_t end, bool is_success, const std::vector<std::string>& groups = {},
                     const std::string& name = "cart") {
    byte(1);
    cached(groups);
    cached(name);
    i32(begin);
    i32(end);
    byte(is_success ? 1 : 0);
    cached(is_success ? "" : "status.find.is(200), found 503");
    return *this;
  }
  LogWriter& group(std::int32_t begin, std::int32_t end) {
    byte(3);
    cached(std::vector<std::string>{"checkout"});
    i32(begin);
    i32(end);
    i32(end - begin);
    byte(1);
    return *this;
  }
  LogWriter& error(std::int32_t ms) {
    byte(4);
    cached("Failed to build request");
    i32(ms);
    return *this;
  }
  LogWriter& byte(unsigned value) { return number(value, 1); }
  LogWriter& i32(std::int32_t value) { return number(static_cast<std::uint32_t>(value), 4); }

  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

 private:
  LogWriter& number(std::uint64_t value, int size) {
    for (int i = size - 1; i >= 0; --i) bytes_.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
    return *this;
  }
  void string(const std::string& text) {
    i32(static_cast<std::int32_t>(text.size()));
    bytes_ += text;
    if (!text.empty()) byte(0);
  }
  void cached(const std::string& text) {
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (known_[i] == text) return static_cast<void>(i32(-static_cast<std::int32_t>(i) - 1));
    }
    known_.push_back(text);
    i32(static_cast<std::int32_t>(known_.size()));
    string(text);
  }
  void cached(const std::vector<std::string>& texts) {
    i32(static_cast<std::int32_t>(texts.size()));
    for (const std::string& text : texts) cached(text);
  }

  std::string bytes_;
  std::vector<std::string> known_;
};

// The run of check_checkout_run, which begins at 10,000.
LogWriter shop() {
  LogWriter log(9'990);
  log.user(true, 10).request(10, 210, true).user(true, 1010).request(1010, 1310, true, {"checkout", "pay"}, "card");
  log.request(2410, 3910, true, {"checkout"}, "receipt").group(1010, 3910).request(3610, 4510, false, {}, "logout");
  log.user(false, 3910).user(false, 4510);
  return log;
}

}  // namespace

TEST_CASE("gatling binary log: says what the text log of the same run says", "[load]") {
  const std::string log = shop().bytes();
  CHECK(format_of(log) == "gatling-binary-log");
  check_checkout_run(load_test(log));
}

TEST_CASE("gatling binary log: a log that is cut anywhere is an error with the byte", "[load]") {
  const std::string log = shop().bytes();
  const LogWriter begun(9'990);
  const std::size_t header = begun.bytes().size();
  std::size_t accepted = 0;
  for (std::size_t size = header; size < log.size(); ++size) {
    const std::string said = refusal(std::string_view(log).substr(0, size));
    const bool is_cut =
        said.find(fmt::format("the log ends at byte {}, within the record at byte", size)) != std::string::npos;
    const bool is_whole = said == "accepted" || said.find("found no request") != std::string::npos;
    CAPTURE(size, said);
    CHECK((is_cut || is_whole));
    accepted += is_whole ? 1 : 0;
  }
  CHECK(accepted == 9);  // behind the header and the first 8 of 9 records
}

TEST_CASE("gatling binary log: what is none of its records is told with the byte", "[load]") {
  LogWriter log = shop();
  const std::size_t end = log.bytes().size();
  log.byte(7);
  CHECK(refusal(log.bytes()) ==
        fmt::format("run.out: error: found a record of kind 7, expected 1 to 4, in the record at byte {}", end));
}

TEST_CASE("gatling binary log: a reference to a string that was not written is an error", "[load]") {
  LogWriter log(9'990);
  const std::size_t end = log.bytes().size();
  log.byte(1).i32(0).i32(-5).i32(0).i32(1).byte(1).i32(-5);
  CHECK(refusal(log.bytes()) ==
        fmt::format("run.out: error: found a reference to string 5 of 0 in the record at byte {}", end));
}

TEST_CASE("gatling binary log: a count below nothing is an error", "[load]") {
  LogWriter log(9'990);
  const std::size_t end = log.bytes().size();
  log.byte(1).i32(-1);
  CHECK(refusal(log.bytes()) == fmt::format("run.out: error: found the count -1 in the record at byte {}", end));
}

TEST_CASE("gatling binary log: errors and unmatched messages are no requests", "[load]") {
  // The end of an unmatched message is the least number of 64 bits; the log keeps the lower half of its distance from
  // the start, which is minus the start's.
  const LoadTest test = load_test(shop().error(400).request(500, -9'990, true).bytes());
  CHECK(test.requests == 4U);
  CHECK(notes(test, "errors of the simulation itself are no requests: 1"));
  CHECK(notes(test, "messages that no request waited for are no requests: 1"));
}

TEST_CASE("gatling binary log: a run without a request is refused", "[load]") {
  CHECK(refusal(LogWriter(9'990).user(true, 0).bytes()) == "run.out: error: found no request, expected at least one");
}

TEST_CASE("gatling binary log: a start that is no time is refused", "[load]") {
  CHECK(refusal(LogWriter(-1).bytes()).find("found -1 as the start of the run") != std::string::npos);
}

TEST_CASE("gatling binary log: Gatling's own file has what its own test asserts", "[load][tools]") {
  const auto log = tool_file("gatling/known_stats-3.13+binary-simulation.log");
  if (!log) return;
  const LoadTest test = load_test(*log);
  CHECK(test.requests == 105U);
  CHECK(test.failed == 1U);
  CHECK(test.duration == Seconds::from_steps(17'076));
  CHECK(millionths(test.rate) == 5'833'333);  // 105 / 18
  CHECK(millionths(test.succeeded_rate) == 5'777'778);
  CHECK(microseconds(test.p50) == 106'000);
  CHECK(microseconds(test.p95) == 303'000);
  CHECK(microseconds(test.p99) == 368'000);
  CHECK(test.succeeded.size() == 16);
  CHECK(std::vector(test.succeeded.begin(), test.succeeded.begin() + 6) ==
        std::vector<std::uint32_t>{4, 5, 4, 7, 9, 9});
}

}  // namespace migplan
