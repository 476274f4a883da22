#include "markdown_text.hpp"
#include "migplan/report/report.hpp"

namespace migplan {
namespace {

std::string markdown_of(const Text& text, const Catalogue* language) { return markdown_text(text.in(language)); }

void append_rows(std::string& out, const Table& table, std::size_t from, std::size_t to, const Catalogue* language) {
  const auto columns = table.columns_for_people();
  out += '|';
  for (const std::size_t column : columns) out += ' ' + markdown_of(table.columns()[column].heading, language) + " |";
  out += "\n|";
  for (const std::size_t column : columns) out += table.columns()[column].is_numeric ? " ---: |" : " --- |";
  out += '\n';
  for (std::size_t row = from; row < to; ++row) {
    out += '|';
    for (const std::size_t column : columns) out += ' ' + markdown_text(table.plain(row, column, language)) + " |";
    out += '\n';
  }
}

void append_table(std::string& out, const Table& table, const Catalogue* language) {
  const std::size_t fold = table.fold_row(), rows = table.row_count();
  if (fold != 0 || fold == rows) append_rows(out, table, 0, fold, language);
  if (fold == rows) return;
  if (fold != 0) out += '\n';
  out += "<details>\n<summary>" + markdown_of(table.fold_summary(), language) + "</summary>\n\n";
  append_rows(out, table, fold, rows, language);
  out += "\n</details>\n";
}

}  // namespace

void write_markdown(const Report& report, const FormatOptions& options, ByteSink& sink) {
  const Catalogue* const language = options.language;
  if (report.markdown) return report.markdown(sink);
  std::string out;
  for (const Text& headline : report.headlines) out += "- " + markdown_of(headline, language) + "\n";
  for (const auto& table : report.tables) {
    if (table->row_count() == 0 && !report.headlines.empty()) continue;
    if (!out.empty()) out += '\n';
    if (!table->title().empty()) out += "### " + markdown_of(table->title(), language) + "\n\n";
    append_table(out, *table, language);
  }
  for (const Text& note : report.notes) out += "\n" + markdown_of(note, language) + "\n";
  sink.write(out);
}

}  // namespace migplan
