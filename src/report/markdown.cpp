#include "markdown_text.hpp"
#include "migplan/report/report.hpp"

namespace migplan {
namespace {

void append_rows(std::string& out, const Table& table, std::size_t from, std::size_t to) {
  const auto columns = table.columns_for_people();
  out += '|';
  for (const std::size_t column : columns) out += ' ' + markdown_text(table.columns()[column].heading) + " |";
  out += "\n|";
  for (const std::size_t column : columns) out += table.columns()[column].is_numeric ? " ---: |" : " --- |";
  out += '\n';
  for (std::size_t row = from; row < to; ++row) {
    out += '|';
    for (const std::size_t column : columns) out += ' ' + markdown_text(table.plain(row, column)) + " |";
    out += '\n';
  }
}

void append_table(std::string& out, const Table& table) {
  const std::size_t fold = table.fold_row(), rows = table.row_count();
  if (fold != 0 || fold == rows) append_rows(out, table, 0, fold);
  if (fold == rows) return;
  if (fold != 0) out += '\n';
  out += "<details>\n<summary>" + markdown_text(table.fold_summary()) + "</summary>\n\n";
  append_rows(out, table, fold, rows);
  out += "\n</details>\n";
}

}  // namespace

void write_markdown(const Report& report, const FormatOptions&, ByteSink& sink) {
  if (report.markdown) return report.markdown(sink);
  std::string out;
  for (const std::string& headline : report.headlines) out += "- " + markdown_text(headline) + "\n";
  for (const auto& table : report.tables) {
    if (table->row_count() == 0 && !report.headlines.empty()) continue;
    if (!out.empty()) out += '\n';
    if (!table->title().empty()) out += "### " + markdown_text(table->title()) + "\n\n";
    append_table(out, *table);
  }
  for (const std::string& note : report.notes) out += "\n" + markdown_text(note) + "\n";
  sink.write(out);
}

}  // namespace migplan
