// A sheet with a row a service: inventories as CSV, and the CSV of `score` after somebody has edited it in a
// spreadsheet.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "csv_rows.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/base/nearest.hpp"
#include "migplan/load/inventory_facts.hpp"
#include "report_formats.hpp"

namespace migplan {
namespace {

using Texts = std::vector<std::string_view>;

std::string_view trimmed_text(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// Our CSV puts an apostrophe in front of what a spreadsheet would run as a formula, other programs a blank.
std::string_view without_guard(std::string_view text) {
  constexpr std::string_view kFormulaStarts = "=+-@\t\r";
  const bool is_guarded = text.size() > 1 && (text.front() == '\'' || text.front() == ' ') &&
                          kFormulaStarts.find(text[1]) != std::string_view::npos;
  return is_guarded ? text.substr(1) : text;
}

Texts items_of(std::string_view text) {
  Texts items;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(";\n"), text.size());
    const std::string_view item = trimmed_text(text.substr(0, end));
    if (!item.empty()) items.push_back(item);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return items;
}

// "12,5" and "1.200,00": what a sheet shows where the decimal sign is a comma.
bool has_decimal_comma(std::string_view text) {
  const bool is_numeric = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == ',' || c == '.' || c == '-' || c == '+' || c == '%';
  });
  return is_numeric && text.find(',') != std::string_view::npos;
}

// Results that have a fact's name but may be derived, or come from the policy, where no service states them.
constexpr std::array<std::string_view, 3> kMayBeDerived{"sla_target", "upstream_chain_length",
                                                        "downstream_strong_dependencies"};

// The fact of a column: its own name, or the last part of it where results drop the group ("sla_30d").
std::optional<std::string> fact_of(std::string_view column) {
  const auto& facts = inventory_facts();
  if (std::find(facts.begin(), facts.end(), column) != facts.end()) return std::string(column);
  const bool is_derived = std::find(kMayBeDerived.begin(), kMayBeDerived.end(), column) != kMayBeDerived.end();
  if (is_derived || column.find('.') != std::string_view::npos) return std::nullopt;
  for (const std::string& fact : facts) {
    const std::size_t point = fact.find('.');
    if (point != std::string::npos && std::string_view(fact).substr(point + 1) == column) return fact;
  }
  return std::nullopt;
}

enum class ColumnUse : std::uint8_t { Name, Fact, Dependencies, None };
struct SheetColumn {
  ColumnUse use = ColumnUse::None;
  std::string header, fact;
};

// A sheet may begin with a line "sep=;", which tells Excel its separator and is no row.
CsvRows rows_of(std::string_view text) {
  constexpr std::string_view kMark = "sep=";
  if (text.size() <= kMark.size() || !text.starts_with(kMark)) return CsvRows(text);
  const char separator = text[kMark.size()];
  std::string_view rest = text.substr(kMark.size() + 1);
  if (rest.starts_with('\r')) rest.remove_prefix(1);
  const bool is_known = separator == ',' || separator == ';' || separator == '\t';
  if (!is_known || !rest.starts_with('\n')) return CsvRows(text);
  return CsvRows(rest.substr(1), separator, 2);
}

class SheetReader {
 public:
  SheetReader(std::string_view file, const ReportOptions& options) : file_(file), options_(options) {}

  Result<Observations> read(std::string_view text) {
    CsvRows rows = rows_of(text);
    delimiter_ = rows.delimiter();
    std::vector<Cell> cells;
    if (rows.next(cells) && header(cells)) {
      while (rows.next(cells)) row(cells);
    } else if (rows.fault().empty() && !issues_.has_errors()) {
      add(Severity::Error, {1, 1}, "", "found nothing, expected a header row");
    }
    if (!rows.fault().empty()) add(Severity::Error, rows.fault_position(), "", rows.fault());
    if (issues_.has_errors()) return std::move(issues_);
    found_.origin.tool = "csv";
    return std::move(found_);
  }

 private:
  void add(Severity severity, Position at, std::string path, std::string message, std::string hint = {}) {
    Issues& issues = severity == Severity::Error ? issues_ : found_.notes;
    issues.add({severity, file_, at, std::move(path), std::move(message), std::move(hint)});
  }

  bool header(const std::vector<Cell>& cells) {
    std::vector<std::string> passed_over;
    bool has_name = !options_.service.empty();
    for (const Cell& cell : cells) {
      columns_.push_back(column_of(cell));
      const SheetColumn& column = columns_.back();
      has_name = has_name || column.use == ColumnUse::Name;
      const bool is_free = column.header.empty() || column.header.starts_with("x-");
      if (column.use == ColumnUse::None && !is_free) passed_over.push_back(printable(column.header));
    }
    check_repeated(cells);
    if (!has_name) add(Severity::Error, cells.front().at, "", "found no column \"name\" in the header");
    if (!passed_over.empty()) {
      add(Severity::Note, cells.front().at, "",
          fmt::format("columns that are no facts, passed over: {}", fmt::join(passed_over, ", ")));
    }
    return !issues_.has_errors();
  }

  SheetColumn column_of(const Cell& cell) {
    const std::string header(trimmed_text(cell.text));
    for (const ReportMapping& mapping : options_.map) {
      if (mapping.from == header) return {ColumnUse::Fact, header, mapping.fact};
    }
    if (header == "name") return {ColumnUse::Name, header, ""};
    if (header == "depends_on") return {ColumnUse::Dependencies, header, ""};
    if (auto fact = fact_of(header)) return {ColumnUse::Fact, header, *std::move(fact)};
    refuse_slip(header, cell.at);
    return {ColumnUse::None, header, ""};
  }

  // A dotted name means a fact. Facts with structure, such as progress.canary.started, stay with the inventory.
  void refuse_slip(const std::string& header, Position at) {
    if (header.find('.') == std::string::npos || header.starts_with("x-")) return;
    const std::vector<std::string_view> known(inventory_facts().begin(), inventory_facts().end());
    const std::string_view near = nearest_name(header, known);
    if (near.empty()) return;
    add(Severity::Error, at, "", fmt::format("unknown column {}", in_quotes(header)),
        fmt::format("did you mean {}?", near));
  }

  void check_repeated(const std::vector<Cell>& cells) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      for (std::size_t k = 0; k < i && columns_[i].use != ColumnUse::None; ++k) {
        if (columns_[k].use != columns_[i].use || columns_[k].fact != columns_[i].fact) continue;
        add(Severity::Error, cells[i].at, "",
            fmt::format("columns {} and {} are the same fact", in_quotes(columns_[k].header),
                        in_quotes(columns_[i].header)));
      }
    }
  }

  void row(const std::vector<Cell>& cells) {
    const bool is_blank = std::all_of(cells.begin(), cells.end(), [](const Cell& c) { return c.text.empty(); });
    if (is_blank) return;  // spreadsheets write rows of nothing behind the last one
    if (cells.size() != columns_.size()) {
      add(Severity::Error, cells.front().at, "",
          fmt::format("found {} cells, expected {} as in the header", cells.size(), columns_.size()));
      return;
    }
    const std::string subject = subject_of(cells);
    if (subject.empty()) return add(Severity::Error, cells.front().at, "name", "found no name in this row");
    found_.subjects.push_back(subject);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string_view text = without_guard(cells[i].text);
      if (columns_[i].use == ColumnUse::Dependencies) dependencies(subject, text, cells[i].at);
      if (columns_[i].use == ColumnUse::Fact && !trimmed_text(text).empty())
        fact(subject, columns_[i], text, cells[i].at);
    }
  }

  std::string subject_of(const std::vector<Cell>& cells) const {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (columns_[i].use != ColumnUse::Name) continue;
      return std::string(trimmed_text(without_guard(cells[i].text)));
    }
    return options_.service;
  }

  void fact(const std::string& subject, const SheetColumn& column, std::string_view text, Position at) {
    Observation found{subject, column.fact, ObservedText{std::string(text)}, {file_, at, column.header}};
    if (is_list_fact(column.fact)) {
      const Texts items = text == "[]" ? Texts{} : items_of(text);
      found.value = std::vector<std::string>(items.begin(), items.end());
    } else if (is_number_fact(column.fact)) {
      const std::string_view number = trimmed_text(text);
      if (has_decimal_comma(number)) return refuse_comma(column, number, at);
      found.value = ObservedText{std::string(number)};
    }
    found_.facts.push_back(std::move(found));
  }

  void refuse_comma(const SheetColumn& column, std::string_view text, Position at) {
    add(Severity::Error, at, column.header,
        fmt::format("found {}, expected a number with a point as decimal sign and no thousands separators",
                    in_quotes(text)),
        "save the sheet in a language with a decimal point, such as English (USA)");
  }

  // "cart; stock:weak; sms-gateway:external"; empty = not known, [] = none.
  void dependencies(const std::string& subject, std::string_view text, Position at) {
    if (trimmed_text(text).empty()) return;
    found_.whole_callers.push_back(subject);
    if (trimmed_text(text) == "[]") return;
    for (const std::string_view item : items_of(text)) {
      ObservedCall call{.caller = subject,
                        .callee = std::string(item.substr(0, item.find(':'))),
                        .place = {file_, at, "depends_on"},
                        .strength = Strength::Strong};
      std::size_t colon = item.find(':');
      while (colon != std::string_view::npos) {
        const std::size_t next = item.find(':', colon + 1);
        mark(call, trimmed_text(item.substr(colon + 1, std::min(next, item.size()) - colon - 1)));
        colon = next;
      }
      found_.calls.push_back(std::move(call));
    }
  }

  void mark(ObservedCall& call, std::string_view word) {
    if (word == "weak") {
      call.strength = Strength::Weak;
    } else if (word == "external") {
      call.callee_kind = EndpointKind::Outside;
    } else if (word != "strong") {
      add(Severity::Error, call.place.at, "depends_on",
          fmt::format("found {} behind {}, expected strong, weak or external", in_quotes(word),
                      in_quotes(call.callee)));
    }
  }

  std::string file_;
  const ReportOptions& options_;
  char delimiter_ = ',';
  std::vector<SheetColumn> columns_;
  Observations found_;
  Issues issues_;
};

bool is_sheet(std::string_view beginning) {
  const std::string_view text = without_mark(beginning);
  std::size_t end = text.find('\n');
  if (text.starts_with("sep=") && end != std::string_view::npos) end = text.find('\n', end + 1);
  CsvRows rows = rows_of(text.substr(0, end == std::string_view::npos ? text.size() : end + 1));
  std::vector<Cell> cells;
  if (!rows.next(cells)) return false;
  return std::any_of(cells.begin(), cells.end(), [](const Cell& c) { return c.text == "name"; }) &&
         std::any_of(cells.begin(), cells.end(),
                     [](const Cell& c) { return c.text == "depends_on" || fact_of(c.text).has_value(); });
}

Result<Observations> read_sheet(ByteSource& source, std::string_view file, const ReportOptions& options) {
  const std::string all = read_all(source);
  const std::string_view text = without_mark(all);
  if (auto issue = text_fault(text, file)) return *std::move(issue);
  return SheetReader(file, options).read(text);
}

}  // namespace

const ReportFormat kInventoryCsv{"csv", "CSV with a row a service: an inventory, or the CSV of score after edits",
                                 is_sheet, read_sheet};

}  // namespace migplan
