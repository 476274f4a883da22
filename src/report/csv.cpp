#include "csv_text.hpp"
#include "gathered_text.hpp"
#include "migplan/report/report.hpp"

namespace migplan {
namespace {

void append_value(std::string& out, const Value& value) {
  if (value.is_null()) return;
  std::string plain;
  if (const Number* const number = value.number()) {
    append_trimmed(plain, number->steps, number->decimals);
    append_csv_cell(out, plain, false);
    return;
  }
  if (const bool* const flag = std::get_if<bool>(&value.variant())) {
    out += *flag ? "true" : "false";
    return;
  }
  if (const List* const list = value.list()) {
    plain = listed(*list);
  } else {
    append_plain(plain, value);
  }
  append_csv_cell(out, plain, true);
}

}  // namespace

std::string listed(const List& list) {
  std::string text;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i != 0) text += "; ";
    append_plain(text, list[i]);
  }
  return text;
}

void append_csv_cell(std::string& out, std::string_view text, bool is_text) {
  constexpr std::string_view kFormulaStarts = "=+-@\t\r";
  const bool is_formula = is_text && !text.empty() && kFormulaStarts.find(text.front()) != std::string_view::npos;
  const bool needs_quotes = is_formula || text.find_first_of(",\"\r\n") != std::string_view::npos ||
                            text.starts_with(' ') || text.ends_with(' ');
  if (!needs_quotes) {
    out += text;
    return;
  }
  out += '"';
  if (is_formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void write_csv(const Report& report, const FormatOptions& options, ByteSink& sink) {
  if (report.tables.empty()) return;
  const Table& table = *report.tables.front();
  const auto columns = table.columns_for_data();
  std::string out = options.has_byte_order_mark ? "\xEF\xBB\xBF" : "";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i != 0) out += ',';
    append_csv_cell(out, table.columns()[columns[i]].key, true);
  }
  out += "\r\n";
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i != 0) out += ',';
      append_value(out, table.flat_cell(row, columns[i]));
    }
    out += "\r\n";
    hand_on(out, sink);
  }
  sink.write(out);
}

}  // namespace migplan
