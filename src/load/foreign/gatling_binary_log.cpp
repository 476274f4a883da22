// simulation.log as Gatling writes it since 3.13, read as io.gatling.charts.stats.LogFileReader does. One byte tells
// the kind of a record; numbers have their most significant byte first.
//   string  i32 bytes, and where there are any: the bytes, u8 coder (0 Latin-1, 1 UTF-16)
//   cached  i32 k: a new string k with the string behind it, or, negative, the string -k once more
//   0 run      string version, string class, i64 start, string description, i32 n strings, i32 n times i32 bytes, bytes
//   1 request  i32 n cached groups, cached name, i32 begin, i32 end, u8 success, cached message
//   2 user     i32 scenario, u8 starts, i32 time
//   3 group    i32 n cached groups, i32 begin, i32 end, i32 cumulated, u8 success
//   4 error    cached message, i32 time
// Times are milliseconds after the run's start.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "big_endian_stream.hpp"
#include "evidence_formats.hpp"
#include "gatling_run.hpp"

namespace migplan {
namespace {

enum Record : std::uint8_t { kRun, kRequest, kUser, kGroup, kError };

class GatlingBinaryLog {
 public:
  GatlingBinaryLog(ByteSource& source, std::string_view file) : in_(source), file_(file) {}

  Result<Evidence> read() {
    read_run();
    while (is_good() && !in_.is_at_end()) {
      record_at_ = in_.offset();
      read_record(in_.u8());
    }
    if (!fault_.empty()) return Issue{Severity::Error, std::string(file_), {}, "", std::move(fault_), std::move(hint_)};
    if (in_.is_cut()) return cut();
    return run_.load_test(file_);
  }

 private:
  [[nodiscard]] bool is_good() const noexcept { return fault_.empty() && !in_.is_cut(); }

  void read_run() {
    if (const std::uint8_t kind = in_.u8(); kind != kRun) return fail_kind(kind, "0");
    skip_string();
    skip_string();
    start_ms_ = in_.i64();
    if (start_ms_ < 0 || start_ms_ > RequestTally::kLatestTime) {
      fail(fmt::format("found {} as the start of the run, expected milliseconds since 1970", start_ms_));
    }
    skip_string();
    for (std::int32_t scenarios = count(); scenarios > 0 && is_good(); --scenarios) skip_string();
    for (std::int32_t assertions = count(); assertions > 0 && is_good(); --assertions) {
      in_.skip(static_cast<std::uint64_t>(count()));
    }
  }

  void read_record(std::uint8_t kind) {
    switch (kind) {
      case kRequest: return read_request();
      case kUser: return read_user();
      case kGroup: skip_groups(); return in_.skip(3 * sizeof(std::int32_t) + 1);
      case kError:
        skip_cached();
        in_.skip(sizeof(std::int32_t));
        ++run_.errors;
        return;
      default: fail_kind(kind, "1 to 4");
    }
  }

  void read_request() {
    skip_groups();
    skip_cached();
    const std::int32_t begin = in_.i32(), end = in_.i32();
    const bool is_success = in_.u8() != 0;
    skip_cached();
    if (!is_good()) return;
    // Gatling marks these with the least number of 64 bits, and writes the lower half of its distance from the start.
    if (static_cast<std::uint32_t>(end) + static_cast<std::uint32_t>(start_ms_) == 0) {
      ++run_.unmatched;
    } else if (!run_.tally.add({start_ms_ + begin, start_ms_ + end, is_success})) {
      fail_far();
    }
  }

  void read_user() {
    in_.skip(sizeof(std::int32_t));
    const bool starts = in_.u8() != 0;
    const std::int64_t ms = start_ms_ + in_.i32();
    if (!is_good()) return;
    if ((starts && !run_.tally.has_begun(ms)) || !run_.tally.has_lasted_to(ms)) fail_far();
  }

  // A count, which cannot be negative.
  std::int32_t count() {
    const std::int32_t number = in_.i32();
    if (number >= 0) return number;
    fail(fmt::format("found the count {}", number));
    return 0;
  }
  void skip_string() {
    if (const std::int32_t bytes = count(); bytes > 0) in_.skip(static_cast<std::uint64_t>(bytes) + 1);
  }
  // Nothing is kept of the strings but how many there are.
  void skip_cached() {
    const std::int32_t number = in_.i32();
    if (number >= 0) {
      cached_ = std::max(cached_, number);
      skip_string();
    } else if (-std::int64_t{number} > cached_) {
      fail(fmt::format("found a reference to string {} of {}", -std::int64_t{number}, cached_));
    }
  }
  void skip_groups() {
    for (std::int32_t groups = count(); groups > 0 && is_good(); --groups) skip_cached();
  }

  // What comes first is told; behind the end there is nothing to complain of.
  void fail(const std::string& what) {
    if (is_good()) fault_ = fmt::format("{} in the record at byte {}", what, record_at_);
  }
  void fail_kind(std::uint8_t kind, std::string_view expected) {
    fail(fmt::format("found a record of kind {}, expected {},", kind, expected));
  }
  void fail_far() {
    if (is_good()) hint_ = kFarTimeHint;
    fail(std::string(kFarTime));
  }
  [[nodiscard]] Issue cut() const {
    return {Severity::Error,
            std::string(file_),
            {},
            "",
            fmt::format("the log ends at byte {}, within the record at byte {}", in_.offset(), record_at_),
            "the run was cut off while it was written",
            Cause::Syntax};
  }

  BigEndianStream in_;
  std::string_view file_;
  std::uint64_t record_at_ = 0;
  std::int64_t start_ms_ = 0;
  std::int32_t cached_ = 0;
  GatlingRun run_;
  std::string fault_, hint_;
};

// A run's record: kind 0 and a version such as "3.13.1", in Latin-1.
bool is_gatling_binary_log(std::string_view beginning) {
  constexpr std::size_t kVersion = 5, kLongest = 64;
  if (beginning.size() < kVersion + 2 || !beginning.starts_with(std::string_view("\0\0\0\0", 4))) return false;
  const auto size = static_cast<std::size_t>(static_cast<unsigned char>(beginning[kVersion - 1]));
  if (size == 0 || size > kLongest || beginning.size() < kVersion + size + 1) return false;
  const std::string_view version = beginning.substr(kVersion, size);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_printable = [](char c) { return c > ' ' && c < '\x7f'; };
  return is_digit(version.front()) && std::all_of(version.begin(), version.end(), is_printable) &&
         beginning[kVersion + size] == '\0';
}

Result<Evidence> read_gatling_binary_log(ByteSource& source, std::string_view file) {
  return GatlingBinaryLog(source, file).read();
}

}  // namespace

constinit const EvidenceFormat kGatlingBinaryLog{"gatling-binary-log", "Gatling simulation.log, binary, since 3.13",
                                                 is_gatling_binary_log, read_gatling_binary_log};

}  // namespace migplan
