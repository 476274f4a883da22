// What ApacheBench prints. Its "Failed requests" do not know statuses: those stand in "Non-2xx responses". Responses of
// another length than the first one count as failed there.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "evidence_formats.hpp"
#include "load_test_summary.hpp"
#include "migplan/base/decimal.hpp"
#include "printed_summary.hpp"
#include "request_tally.hpp"

namespace migplan {
namespace {

constexpr std::string_view kTitle = "This is ApacheBench, Version";

bool is_ab(std::string_view beginning) { return beginning.find(kTitle) != std::string_view::npos; }

class AbReport {
 public:
  AbReport(ByteSource& source, std::string_view file) : text_(source, file) {}

  Result<Evidence> read() {
    while (text_.next()) read_line();
    require(test_.requests.has_value(), "\"Complete requests:\"");
    require(test_.rate.has_value(), "\"Requests per second:\"");
    if (test_.requests) count_failures();
    if (!test_.p95) test_.notes.emplace_back("no latency percentiles: ab was told not to print them");
    return checked(std::move(test_), std::move(text_.issues()));
  }

 private:
  // Of what was found and could not be read, the issues tell already.
  void require(bool is_there, std::string_view what) {
    if (is_there || text_.issues().has_errors()) return;
    text_.report_missing(what, "ab did not come to its end, or its output was cut");
  }

  void read_line() {
    if (text_.line().starts_with(kTitle)) {
      if (has_begun_) text_.report(text_.line(), "found a second run, expected one");
      has_begun_ = true;
    } else if (const auto time = text_.behind("Time taken for tests:")) {
      test_.duration = text_.quantity<Seconds>(first_word(*time));
    } else if (const auto complete = text_.behind("Complete requests:")) {
      test_.place = text_.place();
      test_.requests = text_.whole(*complete);
    } else if (const auto failed = text_.behind("Failed requests:")) {
      failed_ = text_.whole(*failed).value_or(0);
    } else if (text_.behind("(Connect:")) {
      unconnected_ = text_.whole_behind("Connect").value_or(0);
      other_length_ = text_.whole_behind("Length").value_or(0);
    } else if (const auto refused = text_.behind("Non-2xx responses:")) {
      refused_ = text_.whole(*refused).value_or(0);
    } else if (const auto rate = text_.behind("Requests per second:")) {
      test_.rate = text_.quantity<RequestsPerSecond>(first_word(*rate));
    } else {
      read_percentile("50%", test_.p50);
      read_percentile("95%", test_.p95);
      read_percentile("99%", test_.p99);
    }
  }

  // "99%      3"
  void read_percentile(std::string_view rank, std::optional<Milliseconds>& percentile) {
    if (const auto ms = text_.behind(rank)) percentile = text_.quantity<Milliseconds>(first_word(*ms));
  }

  // A response of another length and one with a wrong status are mostly the same ones, and nothing tells them apart:
  // the larger of the two counts.
  void count_failures() {
    if (other_length_ > failed_ || unconnected_ > failed_ - other_length_) {
      issue_at_requests(fmt::format("found {} failed requests, fewer than their kinds", failed_));
      return;
    }
    const std::uint64_t complete = *test_.requests;
    const std::uint64_t broken = failed_ - other_length_ - unconnected_;
    const std::uint64_t failed = std::min(complete, broken + std::max(other_length_, refused_));
    test_.requests = complete + unconnected_;
    test_.failed = failed + unconnected_;
    if (test_.rate && complete != 0) test_.succeeded_rate = succeeded_part(*test_.rate, complete, failed);
    note_disagreement(test_, complete);
    if (other_length_ != 0) {
      test_.notes.push_back(fmt::format(
          "responses of another length than the first one have failed, as ab counts: {}; those with a wrong status: {}",
          other_length_, refused_));
    }
  }

  void issue_at_requests(std::string message) {
    text_.issues().add({Severity::Error, test_.place.file, test_.place.at, "", std::move(message)});
  }

  PrintedSummary text_;
  LoadTest test_;
  bool has_begun_ = false;
  std::uint64_t failed_ = 0, unconnected_ = 0, other_length_ = 0, refused_ = 0;
};

Result<Evidence> read_ab(ByteSource& source, std::string_view file) { return AbReport(source, file).read(); }

}  // namespace

constinit const EvidenceFormat kAb{"ab", "what ApacheBench prints", is_ab, read_ab};

}  // namespace migplan
