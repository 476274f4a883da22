// bench_evidence [MB]: how fast logs of load tests are read, and in how much memory.
//   A binary log of Gatling, a text log and a JMeter CSV of so many megabytes (1000 unless told), made while they are
//   read. Prints megabytes a second of processor time, the peak of memory of the process so far, and what was read.
// One thread. The time to make the bytes is measured apart and taken off.

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "migplan/base/decimal.hpp"
#include "migplan/load/evidence_reader.hpp"

namespace {

using namespace migplan;

// Rows of a log, one after the other, each a little later than the one before.
class LogSource : public ByteSource {
 public:
  explicit LogSource(std::uint64_t bytes) : left_(bytes) {}

  std::size_t read(std::span<char> out) override {
    while (rows_.size() - taken_ < out.size() && left_ > 0) {
      if (taken_ > kKept) {
        rows_.erase(0, taken_);
        taken_ = 0;
      }
      const std::size_t before = rows_.size();
      add_row(rows_);
      left_ -= std::min<std::uint64_t>(left_, rows_.size() - before);
    }
    const std::size_t count = std::min(out.size(), rows_.size() - taken_);
    std::memcpy(out.data(), rows_.data() + taken_, count);
    taken_ += count;
    made_ += count;
    return count;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }
  [[nodiscard]] std::uint64_t made() const noexcept { return made_; }

 protected:
  virtual void add_row(std::string& rows) = 0;

  // 20 requests a millisecond; latencies spread over a few hundred milliseconds, some over seconds.
  struct Request {
    std::int64_t begin = 0, end = 0;
    bool is_success = true;
  };
  Request next_request() noexcept {
    state_ = state_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    const auto random = static_cast<std::int64_t>(state_ >> 40U);
    const std::int64_t begin = static_cast<std::int64_t>(++requests_) / 20;
    const std::int64_t latency = 5 + random % 300 + (random % 100 == 0 ? random % 9000 : 0);
    return {begin, begin + latency, random % 200 != 0};
  }

 private:
  static constexpr std::size_t kKept = std::size_t{1} << 20;
  std::uint64_t left_, made_ = 0, requests_ = 0, state_ = 1;
  std::string rows_;
  std::size_t taken_ = 0;
};

void add_number(std::string& rows, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) rows.push_back(static_cast<char>(value >> static_cast<unsigned>(shift)));
}
void add_text(std::string& rows, std::string_view text) {
  add_number(rows, static_cast<std::uint32_t>(text.size()));
  rows += text;
  if (!text.empty()) rows.push_back('\0');
}

class BinaryLog final : public LogSource {
 public:
  using LogSource::LogSource;

 private:
  void add_row(std::string& rows) override {
    if (!has_begun_) begin(rows);
    const Request request = next_request();
    rows.push_back('\1');
    add_number(rows, 1);
    add_number(rows, static_cast<std::uint32_t>(-1));
    add_number(rows, static_cast<std::uint32_t>(-2));
    add_number(rows, static_cast<std::uint32_t>(request.begin));
    add_number(rows, static_cast<std::uint32_t>(request.end));
    rows.push_back(request.is_success ? '\1' : '\0');
    add_number(rows, static_cast<std::uint32_t>(-3));
  }
  void begin(std::string& rows) {
    has_begun_ = true;
    rows.push_back('\0');
    add_text(rows, "3.13.1");
    add_text(rows, "shop.Checkout");
    add_number(rows, 0);
    add_number(rows, 1'000'000);
    add_text(rows, "");
    add_number(rows, 0);
    add_number(rows, 0);
    rows.push_back('\4');
    add_number(rows, 1);
    add_text(rows, "checkout");
    add_number(rows, 0);
    for (const char* text : {"pay", ""}) {
      rows.push_back('\4');
      add_number(rows, text[0] == 'p' ? 2 : 3);
      add_text(rows, text);
      add_number(rows, 0);
    }
  }

  bool has_begun_ = false;
};

class TextLog final : public LogSource {
 public:
  using LogSource::LogSource;

 private:
  void add_row(std::string& rows) override {
    const Request request = next_request();
    fmt::format_to(std::back_inserter(rows), "REQUEST\tcheckout\tpay\t{}\t{}\t{}\t \n", kStart + request.begin,
                   kStart + request.end, request.is_success ? "OK" : "KO");
  }
  static constexpr std::int64_t kStart = 1'722'951'943'277;
};

class JmeterCsv final : public LogSource {
 public:
  using LogSource::LogSource;

 private:
  void add_row(std::string& rows) override {
    if (!has_header_) {
      rows += "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes\n";
    }
    has_header_ = true;
    const Request request = next_request();
    fmt::format_to(std::back_inserter(rows), "{},{},pay,200,OK,Thread Group 1-1,text,{},,19714\n",
                   kStart + request.begin, request.end - request.begin, request.is_success);
  }
  static constexpr std::int64_t kStart = 1'722'951'943'277;
  bool has_header_ = false;
};

double seconds() { return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC); }

template <class Source>
double seconds_to_make(std::uint64_t bytes) {
  Source source(bytes);
  std::string buffer(std::size_t{1} << 18U, '\0');
  const double begin = seconds();
  while (source.read(buffer) != 0) {
  }
  return seconds() - begin;
}

template <class Source>
bool measure(std::string_view name, std::uint64_t bytes) {
  const double making = seconds_to_make<Source>(bytes);
  Source source(bytes);
  const double begin = seconds();
  const Result<Evidence> evidence = read_evidence(source, name);
  const double reading = seconds() - begin - making;
  if (!evidence.is_ok()) {
    fmt::print("{}: {}\n", name, to_string(evidence.issues().kept().front()));
    return false;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto& test = std::get<LoadTest>(evidence.value());
  fmt::print("{:<20} {:>8.0f} {:>8.0f} {:>8} {:>12} {:>10} {:>8} {:>8}\n", name,
             static_cast<double>(source.made()) / 1e6, static_cast<double>(source.made()) / 1e6 / reading,
             usage.ru_maxrss / 1024, *test.requests, *test.failed, trimmed(*test.p95), trimmed(*test.p99));
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t megabytes = 1000;
  const std::string_view asked = count > 1 ? arguments[1] : "1000";
  if (std::from_chars(asked.data(), asked.data() + asked.size(), megabytes).ec != std::errc() || count > 2) {
    fmt::print(stderr, "usage: bench_evidence [MB]\n");
    return 2;
  }
  const std::uint64_t bytes = megabytes * 1'000'000;
  fmt::print("{:<20} {:>8} {:>8} {:>8} {:>12} {:>10} {:>8} {:>8}\n", "format", "MB", "MB/s", "peak MB", "requests",
             "failed", "p95 ms", "p99 ms");
  const bool is_good = measure<BinaryLog>("gatling-binary-log", bytes) && measure<TextLog>("gatling-log", bytes) &&
                       measure<JmeterCsv>("jmeter-csv", bytes);
  return is_good ? 0 : 1;
}
