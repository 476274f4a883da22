// simulation.log as text, of Gatling 2.0 to 3.12. The version in the row RUN is not trusted: other tools write these
// logs, too, and state any. Each row is found by its own form:
//   2.0, 2.1    scenario id REQUEST groups name sent-from sent-to received-from received-to OK|KO message
//   2.2, 2.3    REQUEST scenario id groups name begin end OK|KO message
//   3.0 to 3.3  REQUEST id groups name begin end OK|KO message
//   3.4 to 3.12 REQUEST groups name begin end OK|KO message
// Response times and the length of the run are those of io.gatling.charts.stats.LogFileReader.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "evidence_formats.hpp"
#include "gatling_run.hpp"
#include "line_stream.hpp"

namespace migplan {
namespace {

enum class Record : std::uint8_t { Run, User, Request, Group, Error, Assertion };
constexpr std::array<std::string_view, 6> kWords{"RUN", "USER", "REQUEST", "GROUP", "ERROR", "ASSERTION"};
// Where the record's word stands.
constexpr std::size_t kFirst = 0, kThird = 2;

using Fields = std::vector<std::string_view>;

void split(std::string_view line, Fields& fields) {
  fields.clear();
  for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
    fields.push_back(line.substr(0, tab));
    line.remove_prefix(tab + 1);
  }
  fields.push_back(line);
}

std::optional<Record> record_at(const Fields& fields, std::size_t place) noexcept {
  if (place >= fields.size() || fields.size() < 2) return std::nullopt;
  const auto* const word = std::find(kWords.begin(), kWords.end(), fields[place]);
  if (word == kWords.end()) return std::nullopt;
  return static_cast<Record>(word - kWords.begin());
}

std::optional<std::int64_t> whole(std::string_view text) noexcept {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_status(std::string_view text) noexcept { return text == "OK" || text == "KO"; }

class GatlingLog {
 public:
  GatlingLog(ByteSource& source, std::string_view file) : lines_(source), file_(file) {}

  Result<Evidence> read() {
    while (lines_.next()) read_line();
    if (lines_.is_too_long()) report(lines_.at(1), "the line behind this one is longer than 16 MiB", "");
    if (issues_.has_errors()) return std::move(issues_);
    return run_.load_test(file_);
  }

 private:
  void read_line() {
    if (lines_.line().empty()) return;
    split(lines_.line(), fields_);
    auto record = record_at(fields_, word_.value_or(kFirst));
    if (!record && !word_) record = record_at(fields_, kThird);
    // Assertions and errors begin with their word in every generation.
    if (!record && word_ == kThird) record = record_at(fields_, kFirst);
    if (!record) return read_other_line();
    is_message_open_ = false;
    const bool tells_layout = *record != Record::Assertion && *record != Record::Error;
    if (!word_ && tells_layout) word_ = record_at(fields_, kFirst) ? kFirst : kThird;
    switch (*record) {
      case Record::User: read_user(); break;
      case Record::Request: read_request(); break;
      case Record::Error:
        ++run_.errors;
        is_message_open_ = true;
        break;
      case Record::Run:
      case Record::Group:
      case Record::Assertion: break;
    }
  }

  // A message of several lines goes on behind its record; any other line is none of Gatling's. A last line that breaks
  // off may be the beginning of a record.
  void read_other_line() {
    if (is_message_open_ && !lines_.is_unfinished()) {
      ++run_.message_lines;
      return;
    }
    report_line(1, fmt::format("found {}, expected RUN, USER, REQUEST, GROUP, ERROR or ASSERTION",
                               quoted_bytes(fields_.front())));
  }

  // The times stand last, one or two of them; the second one is 0 where the user has not ended.
  void read_user() {
    std::size_t first = fields_.size();
    while (first > 1 && whole(fields_[first - 1])) --first;
    if (first == fields_.size()) return report_line(1, "found no time, expected one at the end of the line");
    const std::int64_t end = *whole(fields_.back());
    const bool is_near = run_.tally.has_begun(*whole(fields_[std::max(first, fields_.size() - 2)])) &&
                         (end == 0 || run_.tally.has_lasted_to(end));
    if (!is_near) report_far(fields_.size() - 1);
  }

  void read_request() {
    const std::size_t times = word_ == kThird ? 4 : 2;
    for (std::size_t status = *word_ + 3 + times; status < fields_.size(); ++status) {
      if (!is_status(fields_[status])) continue;
      const auto begin = whole(fields_[status - times]);
      const auto end = whole(fields_[status - 1]);
      if (begin && end) return count({*begin, *end, fields_[status] == "OK"}, status);
    }
    report_line(1, "found no times in front of OK or KO, expected when the request began and ended");
  }

  void count(const TimedRequest& request, std::size_t status) {
    is_message_open_ = !request.is_success;
    if (request.end_ms == GatlingRun::kUnmatched) {
      ++run_.unmatched;
    } else if (!run_.tally.add(request)) {
      report_far(status - 1);
    }
  }

  void report_far(std::size_t field) {
    const auto column = static_cast<std::size_t>(fields_[field].data() - lines_.line().data()) + 1;
    report(lines_.at(column), std::string(kFarTime), std::string(kFarTimeHint));
  }
  void report_line(std::size_t column, std::string message) {
    if (!lines_.is_unfinished()) return report(lines_.at(column), std::move(message), "");
    issues_.add({Severity::Error, std::string(file_), lines_.at(lines_.line().size() + 1), "",
                 "the last line breaks off", "the run was cut off while it was written", Cause::Syntax});
  }
  void report(Position at, std::string message, std::string hint) {
    issues_.add({Severity::Error, std::string(file_), at, "", std::move(message), std::move(hint)});
  }

  LineStream lines_;
  std::string_view file_;
  Fields fields_;
  std::optional<std::size_t> word_;  // not known before the first record that tells it
  bool is_message_open_ = false;     // the last record ends in a message that may have more lines
  GatlingRun run_;
  Issues issues_;
};

bool is_gatling_log(std::string_view beginning) {
  Fields fields;
  const std::string_view line = beginning.substr(0, beginning.find_first_of("\r\n"));
  split(line, fields);
  const auto record = record_at(fields, kFirst);
  if (record == Record::Assertion || record == Record::Error) return true;
  return fields.size() >= 4 && (record || record_at(fields, kThird));
}

Result<Evidence> read_gatling_log(ByteSource& source, std::string_view file) { return GatlingLog(source, file).read(); }

}  // namespace

constinit const EvidenceFormat kGatlingLog{"gatling-log", "Gatling simulation.log, text of 2.0 to 3.12", is_gatling_log,
                                           read_gatling_log};

}  // namespace migplan
