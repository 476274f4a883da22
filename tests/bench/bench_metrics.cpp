// bench_metrics [MEGABYTES]: reading a dump in the text format of Prometheus that is generated in memory, beside
// looking
//                            for its newlines in the same bytes, and at half the size, for the growth.
// bench_metrics lines COUNT: a log of collections behind COUNT empty lines, which are generated as they are read.
// One thread, processor time, best of five. Prints what it measured, nothing else.

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/load/evidence_reader.hpp"
#include "stopwatch.hpp"

namespace {

using namespace migplan;

constexpr double kMegabyte = 1e6;

// Counters of calls, histograms of their time and gauges, as a fleet of instances exports them.
std::string dump(std::size_t size) {
  constexpr double kBounds[] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};
  constexpr const char* kCodes[] = {"OK", "Unavailable", "DeadlineExceeded", "Internal"};
  std::string text;
  text.reserve(size + 4096);
  const auto out = std::back_inserter(text);
  text += "# HELP grpc_server_handled_total Calls.\n# TYPE grpc_server_handled_total counter\n";
  text += "# HELP http_request_duration_seconds Time.\n# TYPE http_request_duration_seconds histogram\n";
  for (std::size_t i = 0; text.size() < size; ++i) {
    const std::string labels = fmt::format("instance=\"10.0.{}.{}:8080\",job=\"cart-service\",method=\"Method{}\"",
                                           i / 250 % 250, i % 250, i / 62'500);
    for (const char* const code : kCodes) {
      fmt::format_to(out, "grpc_server_handled_total{{{},grpc_code=\"{}\"}} {}\n", labels, code, 7919 * i % 1'000'003);
    }
    for (std::size_t k = 0; k < std::size(kBounds); ++k) {
      fmt::format_to(out, "http_request_duration_seconds_bucket{{{},le=\"{}\"}} {}\n", labels, kBounds[k], (k + 1) * i);
    }
    fmt::format_to(out, "http_request_duration_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels, 11 * i);
    fmt::format_to(out, "http_request_duration_seconds_sum{{{}}} {}\n", labels, 0.037 * static_cast<double>(i));
    fmt::format_to(out, "http_request_duration_seconds_count{{{}}} {}\n", labels, 11 * i);
    fmt::format_to(out, "process_resident_memory_bytes{{{}}} {:e}\n", labels, 1e8 + static_cast<double>(i));
  }
  return text;
}

std::size_t newlines(std::string_view text) {
  std::size_t count = 0;
  while (const void* newline = std::memchr(text.data(), '\n', text.size())) {
    ++count;
    text.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(newline) - text.data()) + 1);
  }
  return count;
}

template <class Run>
double best_seconds(const Run& run) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const Stopwatch watch;
    run();
    best = std::min(best, watch.seconds());
  }
  return best;
}

struct Measured {
  double seconds = 0, floor = 0;
  std::size_t series = 0, lines = 0;
};

Measured measured(const std::string& text) {
  Measured result;
  result.floor = best_seconds([&] { result.lines = newlines(text); });
  result.seconds = best_seconds([&] {
    TextSource source(text);
    const auto evidence = read_evidence(source, "dump");
    result.series = std::get<MetricSamples>(evidence.value()).series().size();
  });
  return result;
}

std::int64_t peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1000;
}

void print(const std::string& text, const Measured& result) {
  const double megabytes = static_cast<double>(text.size()) / kMegabyte;
  fmt::print("{:.0f} MB, {} lines, {} series: {:.3f} s, {:.0f} MB/s; newlines alone {:.3f} s; {:.1f} times that\n",
             megabytes, result.lines, result.series, result.seconds, megabytes / result.seconds, result.floor,
             result.seconds / result.floor);
}

// A log whose only collection stands behind so many empty lines.
class EmptyLines final : public ByteSource {
 public:
  explicit EmptyLines(std::uint64_t count) : left_(count) {}
  std::size_t read(std::span<char> out) override {
    // The first line is what the log is known by.
    if (!std::exchange(has_begun_, true)) return copy("[0.01s][info][gc] Using G1\n", out);
    if (left_ == 0) return std::exchange(has_ended_, true) ? 0 : copy(kCollection, out);
    const std::size_t count = std::min<std::uint64_t>(out.size(), left_);
    std::memset(out.data(), '\n', count);
    left_ -= count;
    return count;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }

 private:
  static constexpr std::string_view kCollection =
      "[9.9s][info][gc] GC(0) Pause Full (System.gc()) 90M->33M(256M) 1ms\n";
  static std::size_t copy(std::string_view text, std::span<char> out) {
    const std::size_t count = std::min(text.size(), out.size());
    std::memcpy(out.data(), text.data(), count);
    return count;
  }
  std::uint64_t left_;
  bool has_begun_ = false, has_ended_ = false;
};

void measure_lines(std::uint64_t count) {
  EmptyLines source(count);
  const Stopwatch watch;
  const auto evidence = read_evidence(source, "log");
  const auto& readings = std::get<std::vector<MemoryReading>>(evidence.value());
  fmt::print("{} lines: {:.1f} s, peak {} at line {}, {} MB resident\n", count + 2, watch.seconds(),
             readings[0].size.steps(), readings[0].place.at.line, peak_megabytes());
}

std::uint64_t number(std::string_view text, std::uint64_t otherwise) {
  std::uint64_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string_view> words(arguments + 1, arguments + count);
  if (!words.empty() && words[0] == "lines") {
    measure_lines(number(words.size() > 1 ? words[1] : "", 1'000'000'000));
    return 0;
  }
  const std::uint64_t megabytes = number(words.empty() ? "" : words[0], 100);
  fmt::print("GCC {}\n", __VERSION__);
  for (const std::uint64_t size : {megabytes / 2, megabytes}) {
    const std::string text = dump(size * 1'000'000);
    print(text, measured(text));
  }
  fmt::print("{} MB resident at most, the text itself included\n", peak_megabytes());
  return 0;
}
