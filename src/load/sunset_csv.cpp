#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "csv_rows.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/label.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/base/timestamp.hpp"
#include "sunset_values.hpp"

namespace migplan {
namespace {

constexpr std::string_view kTime = "time", kService = "service";

// What a warning counts, and where it was met first.
struct Tally {
  std::uint64_t count = 0;
  Position first{};
  void add(Position at) {
    if (count++ == 0) first = at;
  }
};

class CsvSeries {
 public:
  CsvSeries(std::string_view text, const SeriesText& from, SunsetDrafts& drafts, Issues& issues)
      : rows_(without_mark(text)), from_(from), drafts_(drafts), issues_(issues) {}

  void read() {
    if (!rows_.next(row_)) {
      report_fault();
      if (!issues_.has_errors()) reject({1, 1}, "", "found nothing, expected a header");
      return;
    }
    if (!read_header()) return report_fault();
    while (rows_.next(row_)) read_row();
    report_fault();
    warn(backwards_, "1 row is", "rows are", "earlier than the one before it: the rows are sorted by time", "");
    warn(not_measured_, "1 value is", "values are", "NaN: nothing was measured there", "");
    warn(ancient_, "1 time lies", "times lie", "before 1974", "whole numbers are milliseconds, not seconds");
    if (!has_rows_ && !issues_.has_errors()) reject({1, 1}, "", "found a header and no row");
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  void add(Severity severity, Position at, std::string_view path, std::string message, std::string hint) {
    issues_.add({severity, std::string(from_.path), at, std::string(path), std::move(message), std::move(hint)});
  }
  void reject(Position at, std::string_view path, std::string message, std::string hint = {}) {
    add(Severity::Error, at, path, std::move(message), std::move(hint));
  }

  void warn(const Tally& tally, std::string_view one, std::string_view many, std::string_view what,
            std::string_view hint) {
    if (tally.count == 0) return;
    const std::string head = tally.count == 1 ? std::string(one) : fmt::format("{} {}", tally.count, many);
    add(Severity::Warning, tally.first, "", fmt::format("{} {}", head, what), std::string(hint));
  }

  void report_fault() {
    if (rows_.fault().empty()) return;
    issues_.add(
        {Severity::Error, std::string(from_.path), rows_.fault_position(), "", rows_.fault(), "", Cause::Syntax});
  }

  bool read_header() {
    columns_.assign(row_.size(), std::nullopt);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      const Cell& cell = row_[i];
      const bool is_repeated = std::any_of(row_.begin(), row_.begin() + static_cast<std::ptrdiff_t>(i),
                                           [&cell](const Cell& before) { return before.text == cell.text; });
      if (is_repeated) {
        reject(cell.at, "", fmt::format("column {} stands here twice", in_quotes(cell.text)));
      } else if (cell.text == kTime) {
        time_ = i;
      } else if (cell.text == kService) {
        service_ = i;
      } else if (!(columns_[i] = find_sunset_column(cell.text))) {
        warn_unknown(cell);
      }
    }
    if (time_ == kNone) {
      reject({1, 1}, "", "no column time",
             fmt::format("a series is CSV whose first line names {} and some of {}, or the answer of a range query",
                         kTime, fmt::join(kSunsetColumns, ", ")));
    } else if (std::none_of(columns_.begin(), columns_.end(), [](const auto& column) { return column.has_value(); })) {
      reject({1, 1}, "", "no column of a sunset series", fmt::format("known: {}", fmt::join(kSunsetColumns, ", ")));
    }
    return !issues_.has_errors();
  }

  void warn_unknown(const Cell& cell) {
    std::vector<std::string_view> known(kSunsetColumns.begin(), kSunsetColumns.end());
    known.insert(known.end(), {kTime, kService});
    const std::string_view near = nearest_name(cell.text, known);
    add(Severity::Warning, cell.at, "", fmt::format("column {} is not read", in_quotes(cell.text)),
        near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean {}?", near));
  }

  void read_row() {
    has_rows_ = true;
    const Position at = row_.front().at;
    if (row_.size() != columns_.size()) {
      return reject(at, "", fmt::format("found {} cells, expected {} as in the header", row_.size(), columns_.size()));
    }
    const auto time_ms = read_time(row_[time_]);
    const auto service = read_service();
    if (!time_ms || !service) return;
    const auto [last_ms, is_first] = last_ms_.emplace(*service, *time_ms);
    if (!is_first && *time_ms < last_ms->second) backwards_.add(at);
    last_ms->second = *time_ms;
    SunsetSeries& series = drafts_.of(*service);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (columns_[i] && !row_[i].text.empty()) read_value(series, *columns_[i], row_[i], *time_ms);
    }
  }

  std::optional<std::int64_t> read_time(const Cell& cell) {
    constexpr std::int64_t kIn1974 = 126'230'400'000;
    std::optional<std::int64_t> time_ms = parse_timestamp(cell.text);
    if (!time_ms) {
      if (const Decimal read = parse_decimal(cell.text, 0); read.status == DecimalStatus::Ok) {
        time_ms = read.steps;
        if (read.steps < kIn1974) ancient_.add(cell.at);
      }
    }
    if (time_ms && is_time(*time_ms)) return time_ms;
    reject(cell.at, kTime,
           fmt::format("found {}, expected a time such as 2024-07-01T12:00:00Z or milliseconds since 1970",
                       in_quotes(cell.text)));
    return std::nullopt;
  }

  std::optional<std::string> read_service() {
    if (service_ == kNone || row_[service_].text.empty()) return std::string();
    const Cell& cell = row_[service_];
    if (is_label(cell.text)) return cell.text;
    reject(cell.at, kService, fmt::format("found {}, expected a label", in_quotes(cell.text)));
    return std::nullopt;
  }

  void read_value(SunsetSeries& series, SunsetColumn column, const Cell& cell, std::int64_t time_ms) {
    const Position at{cell.at.line, cell.at.column};
    switch (add_value(series, column, cell.text, {time_ms, from_.file, at})) {
      case ValueStatus::Taken: return;
      case ValueStatus::NotANumber: return not_measured_.add(at);
      case ValueStatus::Refused:
        reject(at, name_of(column), fmt::format("found {}, expected {}", in_quotes(cell.text), expected_value(column)));
    }
  }

  CsvRows rows_;
  const SeriesText& from_;
  SunsetDrafts& drafts_;
  Issues& issues_;
  std::vector<Cell> row_;
  std::vector<std::optional<SunsetColumn>> columns_;
  std::size_t time_ = kNone, service_ = kNone;
  std::map<std::string, std::int64_t> last_ms_;  // by service
  bool has_rows_ = false;
  Tally backwards_, not_measured_, ancient_;
};

}  // namespace

void read_sunset_csv(std::string_view text, const SeriesText& from, SunsetDrafts& drafts, Issues& issues) {
  if (auto fault = text_fault(text, from.path)) return issues.add(*std::move(fault));
  if (from.column) {
    return issues.add({Severity::Error,
                       std::string(from.path),
                       {1, 1},
                       "",
                       fmt::format("found CSV, expected time series of {}", name_of(*from.column)),
                       "CSV names its columns itself: leave out what stands before ="});
  }
  Issues own;
  CsvSeries(text, from, drafts, own).read();
  issues.append(std::move(own));
}

}  // namespace migplan
