// JMeter's results as CSV (.jtl, .csv), with its header or, as the properties may demand, without. Rates and
// percentiles are those of JMeter's dashboard, org.apache.jmeter.report.processor.StatisticsSummaryConsumer: a sample's
// time stamp is its start.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "csv_rows.hpp"
#include "csv_stream.hpp"
#include "evidence_formats.hpp"
#include "jmeter_samples.hpp"

namespace migplan {
namespace {

enum Column : std::size_t { kTime, kElapsed, kCode, kMessage, kSuccess, kColumns };
constexpr std::array<std::string_view, kColumns> kNames{"timeStamp", "elapsed", "responseCode", "responseMessage",
                                                        "success"};
using Places = std::array<std::size_t, kColumns>;
// Where JMeter writes them unless it is told otherwise.
constexpr Places kDefaultPlaces{0, 1, 3, 4, 7};
constexpr std::string_view kHeaderHint = "let JMeter write them with jmeter.save.saveservice.print_field_names=true";

// JMeter's first column is the time, in which none of these occurs.
char delimiter_of(std::string_view text) noexcept {
  const std::size_t at = text.find_first_of(",;\t");
  return at == std::string_view::npos ? ',' : text[at];
}

std::optional<std::size_t> place_of(std::string_view name, const CsvStream& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == name) return i;
  }
  return std::nullopt;
}

bool is_header(const CsvStream& row) {
  return place_of(kNames[kTime], row).has_value() && place_of(kNames[kElapsed], row).has_value();
}

bool is_jmeter_csv(std::string_view beginning) {
  TextSource source(beginning);
  CsvStream rows(source, delimiter_of(beginning));
  if (!rows.next()) return false;
  if (is_header(rows)) return true;
  bool has_success = false;
  for (std::size_t i = 2; i < rows.size(); ++i) has_success |= parse_jmeter_success(rows[i]).has_value();
  return has_success && parse_jmeter_time(rows[0]) && parse_jmeter_elapsed(rows[1]);
}

class JmeterCsv {
 public:
  JmeterCsv(ByteSource& source, char delimiter, std::string_view file) : rows_(source, delimiter), file_(file) {}

  Result<Evidence> read() {
    if (rows_.next()) {
      cells_ = rows_.size();
      if (is_header(rows_) ? read_header() : expect_default_columns()) read_rows();
    }
    if (!rows_.fault().empty()) {
      issues_.add({Severity::Error, std::string(file_), rows_.fault_position(), "", rows_.fault(), "", Cause::Syntax});
    }
    if (issues_.has_errors()) return issues_;
    return samples_.load_test(file_);
  }

 private:
  bool read_header() {
    for (std::size_t column = 0; column < kColumns; ++column) {
      if (const auto place = place_of(kNames[column], rows_)) {
        places_[column] = *place;
      } else {
        issues_.add({Severity::Error, std::string(file_), rows_.at(0), std::string(kNames[column]),
                     "this column is missing: transactions and failures cannot be told without it",
                     "let JMeter save it: jmeter.save.saveservice.* in user.properties"});
      }
    }
    return !issues_.has_errors() && rows_.next();
  }

  bool expect_default_columns() {
    const std::size_t last = kDefaultPlaces[kSuccess];
    if (rows_.size() > last && parse_jmeter_success(rows_[last])) return true;
    issues_.add({Severity::Error, std::string(file_), rows_.at(std::min(last, rows_.size())), "",
                 "found no names of columns, and not true or false where \"success\" would stand",
                 std::string(kHeaderHint)});
    return false;
  }

  // From the current row on.
  void read_rows() {
    do {
      read_sample();
    } while (rows_.next());
  }

  void read_sample() {
    if (rows_.size() != cells_) return report_cells();
    const auto begin = read(kTime, parse_jmeter_time, "milliseconds since 1970, or a date and time");
    const auto elapsed = read(kElapsed, parse_jmeter_elapsed, "a whole number of milliseconds");
    const auto success = read(kSuccess, parse_jmeter_success, "true or false");
    if (!begin || !elapsed || !success) return;
    if (!samples_.add(rows_[places_[kMessage]], *begin, *elapsed, *success)) {
      report(kTime, std::string(kFarTime), std::string(kFarTimeHint));
    }
  }

  template <class Value>
  std::optional<Value> read(Column column, std::optional<Value> (*parse)(std::string_view), std::string_view expected) {
    const std::string& text = rows_[places_[column]];
    const auto value = parse(text);
    if (!value) report(column, fmt::format("found {}, expected {}", quoted_bytes(text), expected), "");
    return value;
  }

  void report(Column column, std::string message, std::string hint) {
    issues_.add({Severity::Error, std::string(file_), rows_.at(places_[column]), std::string(kNames[column]),
                 std::move(message), std::move(hint)});
  }

  void report_cells() {
    if (rows_.is_unfinished() && rows_.size() < cells_) {
      issues_.add({Severity::Error, std::string(file_), rows_.at(rows_.size()), "", "the last row breaks off",
                   "the run was cut off while it was written", Cause::Syntax});
    } else {
      issues_.add({Severity::Error, std::string(file_), rows_.at(0), "",
                   fmt::format("found {} cells, expected {}", rows_.size(), cells_)});
    }
  }

  CsvStream rows_;
  std::string_view file_;
  std::size_t cells_ = 0;  // of every row
  Places places_ = kDefaultPlaces;
  JmeterSamples samples_;
  Issues issues_;
};

Result<Evidence> read_jmeter_csv(ByteSource& source, std::string_view file) {
  PeekedSource peeked(source);
  const char delimiter = delimiter_of(peeked.front());
  return JmeterCsv(peeked, delimiter, file).read();
}

}  // namespace

constinit const EvidenceFormat kJmeterCsv{"jmeter-csv", "JMeter's results as CSV", is_jmeter_csv, read_jmeter_csv};

}  // namespace migplan
