// What wrk prints, and wrk2. "Requests/sec" counts every complete response, whatever its status; requests that no
// response came to are only in "Socket errors". The line "Req/Sec" is about one thread and not read.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "evidence_formats.hpp"
#include "load_test_summary.hpp"
#include "migplan/base/decimal.hpp"
#include "printed_summary.hpp"
#include "request_tally.hpp"

namespace migplan {
namespace {

constexpr std::string_view kRunning = "Running ", kTarget = " test @ ";

bool is_wrk(std::string_view beginning) {
  for (std::size_t at = beginning.find(kRunning); at != std::string_view::npos; at = beginning.find(kRunning, at + 1)) {
    const std::string_view line = beginning.substr(at, beginning.find('\n', at) - at);
    if ((at == 0 || beginning[at - 1] == '\n') && line.find(kTarget) != std::string_view::npos) return true;
  }
  return false;
}

struct Unit {
  std::string_view name;
  std::int64_t microseconds;
};
constexpr std::array<Unit, 5> kUnits{
    {{"us", 1}, {"ms", 1'000}, {"s", 1'000'000}, {"m", 60'000'000}, {"h", 3'600'000'000}}};

constexpr std::int64_t kMostSteps = 1'000'000'000'000'000;

class WrkReport {
 public:
  WrkReport(ByteSource& source, std::string_view file) : text_(source, file) {}

  Result<Evidence> read() {
    while (text_.next()) read_line();
    require(test_.requests.has_value(), "\"requests in\"");
    require(test_.rate.has_value(), "\"Requests/sec:\"");
    if (test_.requests) count_failures();
    if (!test_.p50 && !test_.p99) {
      test_.notes.emplace_back("no latency percentiles: wrk prints them with --latency");
    } else if (!test_.p95) {
      test_.notes.emplace_back("wrk does not print the 95th percentile");
    }
    return checked(std::move(test_), std::move(text_.issues()));
  }

 private:
  // Of what was found and could not be read, the issues tell already.
  void require(bool is_there, std::string_view what) {
    if (is_there || text_.issues().has_errors()) return;
    text_.report_missing(what, "wrk did not come to its end, or its output was cut");
  }

  void read_line() {
    if (text_.line().starts_with(kRunning) && text_.line().find(kTarget) != std::string_view::npos) {
      if (has_begun_) text_.report(text_.line(), "found a second run, expected one");
      has_begun_ = true;
    } else if (text_.behind("Socket errors:")) {
      unanswered_ = text_.whole_behind("connect").value_or(0) + text_.whole_behind("read").value_or(0) +
                    text_.whole_behind("write").value_or(0);
      late_ = text_.whole_behind("timeout").value_or(0);
    } else if (const auto responses = text_.behind("Non-2xx or 3xx responses:")) {
      refused_ = text_.whole(*responses).value_or(0);
    } else if (const auto rate = text_.behind("Requests/sec:")) {
      test_.rate = text_.quantity<RequestsPerSecond>(*rate);
    } else if (text_.line().find(" requests in ") != std::string_view::npos) {
      read_requests();
    } else {
      read_percentile();
    }
  }

  // "186259 requests in 20.03s, 46.61MB read"
  void read_requests() {
    constexpr std::string_view kIn = " requests in ";
    const std::string_view line = text_.line();
    const std::size_t in = line.find(kIn);
    test_.place = text_.place();
    test_.requests = text_.whole(line.substr(0, in));
    const std::string_view time = line.substr(in + kIn.size());
    const auto us = microseconds(time.substr(0, time.find(',')), Seconds::max().steps() * 1000);
    if (us) test_.duration = Seconds::from_steps(divide_half_up(*us, 1000));
  }

  // "99%    8.33ms", of wrk2 " 99.000%    8.33ms"
  void read_percentile() {
    const std::string_view line = text_.line();
    const std::size_t sign = line.find('%');
    const Decimal rank = parse_decimal(line.substr(0, sign), 3);
    if (sign == std::string_view::npos || rank.status != DecimalStatus::Ok) return;
    auto* const percentile = rank.steps == 50'000   ? &test_.p50
                             : rank.steps == 95'000 ? &test_.p95
                             : rank.steps == 99'000 ? &test_.p99
                                                    : nullptr;
    if (percentile == nullptr || *percentile) return;  // wrk2 may print a second table
    const std::size_t begin = line.find_first_not_of(" \t", sign + 1);
    const auto us = microseconds(line.substr(std::min(begin, line.size())), Milliseconds::max().steps());
    if (us) *percentile = Milliseconds::from_steps(*us);
  }

  // "8.33ms", "847.00us", "1.05s", "83.33m", "2.00h"
  std::optional<std::int64_t> microseconds(std::string_view text, std::int64_t greatest) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
    for (const auto& [name, factor] : kUnits) {
      if (text.substr(digits) != name) continue;
      constexpr int kDecimals = 6;
      const auto steps = text_.steps(text.substr(0, digits), kDecimals, kMostSteps);
      if (!steps) return std::nullopt;
      const std::int64_t us = divide_half_up(Int128{*steps} * factor, Int128{kPowersOfTen[kDecimals]});
      if (us <= greatest) return us;
      text_.report(text, fmt::format("found {}, expected at most {} s", quoted_bytes(text), greatest / 1'000'000));
      return std::nullopt;
    }
    text_.report(text, fmt::format("found {}, expected a time such as 8.33ms", quoted_bytes(text)));
    return std::nullopt;
  }

  // Late responses are complete, and may be refusals as well: the two are not known to be different ones.
  void count_failures() {
    const std::uint64_t complete = *test_.requests;
    const std::uint64_t failed = std::min(complete, refused_ + late_);
    test_.requests = complete + unanswered_;
    test_.failed = failed + unanswered_;
    if (test_.rate && complete != 0) test_.succeeded_rate = succeeded_part(*test_.rate, complete, failed);
    note_disagreement(test_, complete);
    if (unanswered_ != 0) {
      test_.notes.push_back(
          fmt::format("requests without a response have failed, and wrk's rate is without them: {}", unanswered_));
    }
    if (late_ != 0) test_.notes.push_back(fmt::format("responses after wrk's timeout have failed: {}", late_));
  }

  PrintedSummary text_;
  LoadTest test_;
  bool has_begun_ = false;
  std::uint64_t refused_ = 0, late_ = 0, unanswered_ = 0;
};

Result<Evidence> read_wrk(ByteSource& source, std::string_view file) { return WrkReport(source, file).read(); }

}  // namespace

constinit const EvidenceFormat kWrk{"wrk", "what wrk and wrk2 print", is_wrk, read_wrk};

}  // namespace migplan
