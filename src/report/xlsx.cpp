#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "csv_text.hpp"
#include "display_width.hpp"
#include "migplan/report/report.hpp"
#include "workbook.hpp"
#include "xlsx_calendar.hpp"

namespace migplan {
namespace {

constexpr std::uint32_t kHead = 1;  // rows of headings

// A day written as one; texts that only look like a number stay what they are.
std::optional<Date> day_in(std::string_view text) {
  const bool looks_like_one = text.size() == 10 && text[4] == '-' && text[7] == '-';
  return looks_like_one ? Date::parse(text) : std::nullopt;
}

// How the cells of a column stand out: where it hangs on their value, by rules that a spreadsheet applies anew when a
// cell is edited; else each by itself.
class ColumnTones {
 public:
  ColumnTones(const Table& table, std::size_t column) : table_(table), column_(column) {
    if (!table.columns()[column].tone) return;
    for (std::size_t row = 0; row < table.row_count() && is_by_value_; ++row) note(row);
    if (tones_.size() == 1) is_by_value_ = false;  // the whole column: no rule needed
  }

  [[nodiscard]] Tone of_cell(std::size_t row) const {
    const bool is_toned = table_.columns()[column_].tone && !is_by_value_;
    return is_toned ? table_.tone(row, column_) : Tone::Plain;
  }
  void add_rules(Sheet& sheet, CellRange range) const {
    if (!is_by_value_) return;
    for (const auto& [text, rule] : values_) {
      if (rule.second != Tone::Plain) sheet.mark(range, rule.first, rule.second);
    }
  }

 private:
  void note(std::size_t row) {
    constexpr std::size_t kMostRules = 12, kMostText = 200;
    const Value cell = table_.flat_cell(row, column_);
    if (cell.is_null()) return;
    std::string text;
    append_plain(text, cell);
    const Tone tone = table_.tone(row, column_);
    tones_[tone] = true;
    const auto [at, is_new] = values_.try_emplace(text, std::pair(keepable(cell), tone));
    const bool is_known = cell.number() != nullptr || cell.text();
    if (!is_known || at->second.second != tone || values_.size() > kMostRules || text.size() > kMostText) {
      is_by_value_ = false;
    }
  }
  static Value keepable(const Value& cell) { return cell.text() ? Value(std::string(*cell.text())) : cell; }

  const Table& table_;
  std::size_t column_;
  bool is_by_value_ = true;
  std::map<Tone, bool> tones_;
  std::map<std::string, std::pair<Value, Tone>> values_;
};

// A table as a sheet: the columns and the names of CSV, each value as what it is.
class TableSheet {
 public:
  TableSheet(const Table& table, Sheet& sheet) : table_(table), sheet_(sheet), columns_(table.columns_for_data()) {}

  // Says where a text had to be cut.
  void write(std::vector<std::string>& cut) {
    widths_.resize(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      tones_.emplace_back(table_, columns_[i]);
      const std::string& key = table_.columns()[columns_[i]].key;
      constexpr std::size_t kArrow = 3;  // of the filter
      sheet_.heading({0, column_at(i)}, key);
      widths_[i] = display_width(key) + kArrow;
    }
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        const CellPlace place{static_cast<std::uint32_t>(row) + kHead, column_at(i)};
        if (write_cell(place, row, i)) cut.push_back(fmt::format("{}!{}", sheet_.name(), name_of(place)));
      }
    }
    finish();
  }

 private:
  static std::uint16_t column_at(std::size_t i) { return static_cast<std::uint16_t>(i); }

  bool write_cell(CellPlace place, std::size_t row, std::size_t i) {
    const Value value = table_.flat_cell(row, columns_[i]);
    const Tone tone = tones_[i].of_cell(row);
    if (value.is_null()) return false;
    if (const Number* const number = value.number()) {
      std::string digits;
      append_fixed(digits, number->steps, number->decimals);
      widen(i, digits.size());
      sheet_.number(place, *number, tone);
      return false;
    }
    if (const bool* const flag = std::get_if<bool>(&value.variant())) {
      sheet_.flag(place, *flag, tone);
      return false;
    }
    std::string text;
    if (const List* const list = value.list()) {
      text = listed(*list);
    } else {
      append_plain(text, value);
    }
    widen(i, display_width(text));
    if (const auto day = day_in(text)) {
      sheet_.day(place, *day, tone);
      return false;
    }
    return sheet_.text(place, text, tone);
  }

  void widen(std::size_t i, std::size_t width) { widths_[i] = std::max(widths_[i], width); }

  void finish() {
    constexpr double kGap = 1.7;
    constexpr std::size_t kWidest = 60;
    const auto rows = static_cast<std::uint32_t>(table_.row_count());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      sheet_.set_width(column_at(i), column_at(i), static_cast<double>(std::min(widths_[i], kWidest)) + kGap);
      if (rows > 0) tones_[i].add_rules(sheet_, {{kHead, column_at(i)}, {rows, column_at(i)}});
    }
    sheet_.freeze({kHead, 1});
    if (!columns_.empty()) sheet_.filter({{0, 0}, {rows, column_at(columns_.size() - 1)}});
  }

  const Table& table_;
  Sheet& sheet_;
  std::vector<std::size_t> columns_;
  std::vector<ColumnTones> tones_;
  std::vector<std::size_t> widths_;
};

std::vector<NamedTable> sheets_of(const Report& report) {
  std::vector<NamedTable> sheets;
  for (const auto& table : report.tables) {
    const bool has_rows = table->row_count() > 0 || sheets.empty();
    if (has_rows) sheets.push_back({table->key(), table});
  }
  for (const NamedTable& more : report.more) {
    if (more.table->row_count() > 0) sheets.push_back(more);
  }
  return sheets;
}

Issues limits_of(const std::vector<NamedTable>& sheets) {
  Issues issues;
  for (const NamedTable& sheet : sheets) {
    if (sheet.table->row_count() <= kMostSheetRows - kHead) continue;
    issues.add({Severity::Error,
                "",
                {},
                fmt::format("xlsx: {}", sheet.name),
                fmt::format("{} rows, and a sheet has room for {}", sheet.table->row_count(), kMostSheetRows - kHead),
                "choose rows with --filter or --top, or take csv"});
  }
  return issues;
}

// What people should know of the workbook, itself rows that can be filtered.
class AboutSheet {
 public:
  AboutSheet(Sheet& sheet, const Catalogue* language) : sheet_(sheet), language_(language) {
    constexpr const char* kHeads[] = {"about", "sheet", "column", "text"};
    constexpr double kWidths[] = {11, 20, 28, 110};
    for (std::uint16_t i = 0; i < 4; ++i) {
      sheet_.heading({0, i}, kHeads[i]);
      sheet_.set_width(i, i, kWidths[i]);
    }
  }
  void add(std::string_view about, std::string_view sheet, std::string_view column, std::string_view text,
           Tone tone = Tone::Plain) {
    sheet_.text({row_, 0}, about, tone);
    sheet_.text({row_, 1}, sheet, tone);
    sheet_.text({row_, 2}, column, tone);
    sheet_.text({row_, 3}, text, tone);
    ++row_;
  }
  void add_table(const NamedTable& named) {
    const Table& table = *named.table;
    const Text rows = counted(table.row_count(), "{} row", "{} rows");
    add("table", named.name, "", (table.title().empty() ? rows : say("{}: {}", table.title(), rows)).in(language_));
    for (const std::size_t column : table.columns_for_data()) {
      const Column& of = table.columns()[column];
      if (const std::string heading = of.heading.in(language_); heading != of.key) {
        add("column", named.name, of.key, heading);
      }
    }
  }
  void finish() {
    sheet_.freeze({kHead, 0});
    sheet_.filter({{0, 0}, {row_ - 1, 3}});
  }

 private:
  Sheet& sheet_;
  const Catalogue* language_;
  std::uint32_t row_ = kHead;
};

void write_about(const Report& report, const std::vector<NamedTable>& sheets, const std::vector<std::string>& cut,
                 const Catalogue* language, Sheet& sheet) {
  AboutSheet about(sheet, language);
  for (const Text& headline : report.headlines) about.add("headline", "", "", headline.in(language), Tone::Strong);
  for (const Text& note : report.notes) about.add("note", "", "", note.in(language));
  for (const std::string& place : cut) {
    about.add("cut", "", "", say("{} is too long for a cell and ends with …", place).in(language), Tone::Caution);
  }
  for (const NamedTable& named : sheets) about.add_table(named);
  about.finish();
}

Issues warnings_of(const std::vector<std::string>& cut) {
  Issues issues;
  for (const std::string& place : cut) {
    issues.add({Severity::Warning,
                "",
                {},
                fmt::format("xlsx: {}", place),
                fmt::format("a text of more than {} characters, which a cell has no room for, is cut", 32'767),
                "csv and json have it whole"});
  }
  return issues;
}

}  // namespace

Issues write_xlsx(const Report& report, const FormatOptions& options, ByteSink& sink) {
  const std::vector<NamedTable> sheets = sheets_of(report);
  Issues issues = limits_of(sheets);
  if (issues.has_errors()) return issues;
  const auto book = new_workbook(options.temporary_folder);
  std::vector<std::string> cut;
  for (const NamedTable& named : sheets) {
    Sheet* const sheet = book->add_sheet(named.name);
    if (sheet == nullptr) return book->save(sink);
    TableSheet(*named.table, *sheet).write(cut);
  }
  const auto& calendar = report.timetable ? report.timetable : report.calendar;
  if (calendar) {
    Sheet* const sheet = book->add_sheet("calendar");
    if (sheet == nullptr) return book->save(sink);
    write_calendar(calendar(), *sheet);
  }
  Sheet* const about = book->add_sheet("about");
  if (about != nullptr) write_about(report, sheets, cut, options.language, *about);
  issues = warnings_of(cut);
  issues.append(book->save(sink));
  return issues;
}

}  // namespace migplan
