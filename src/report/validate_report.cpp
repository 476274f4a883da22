#include "migplan/report/views.hpp"
#include "table_choice.hpp"

namespace migplan {

Result<Report> validate_report(const Issues& issues, std::size_t files, std::size_t services,
                               const TableChoice& choice) {
  auto rows = std::make_shared<std::vector<Issue>>(issues.kept());
  const auto of = [rows](auto get) { return [rows, get](std::size_t i) -> Value { return get((*rows)[i]); }; };
  std::vector<Column> columns;
  columns.push_back(
      {"severity", "severity", Shown::Always, false,
       of([](const Issue& i) -> Value { return word_value(name_of(i.severity)); }),
       [rows](std::size_t i) { return (*rows)[i].severity == Severity::Error ? Tone::Alert : Tone::Caution; }});
  columns.push_back({"file", "file", Shown::Always, false,
                     of([](const Issue& i) { return text_or_null(std::string_view(i.file)); })});
  columns.push_back({"line", "line", Shown::Always, true,
                     of([](const Issue& i) { return i.at.line != 0 ? count_value(i.at.line) : Value{}; })});
  columns.push_back({"column", "column", Shown::Always, true,
                     of([](const Issue& i) { return i.at.column != 0 ? count_value(i.at.column) : Value{}; })});
  columns.push_back({"path", "path", Shown::Always, false,
                     of([](const Issue& i) { return text_or_null(std::string_view(i.path)); })});
  columns.push_back({"message", "message", Shown::Always, false,
                     of([](const Issue& i) -> Value { return std::string_view(i.message); })});
  columns.push_back({"hint", "hint", Shown::Always, false,
                     of([](const Issue& i) { return text_or_null(std::string_view(i.hint)); })});
  auto table = std::make_shared<Table>("issues", "", rows->size(), std::move(columns));
  Issues wrong = apply(choice, *table);
  if (wrong.has_errors()) return wrong;
  Report report;
  report.document = {{"schema", "migplan/validate/v1"},
                     {"files", count_value(files)},
                     {"services", count_value(services)},
                     {"errors", count_value(issues.errors())},
                     {"warnings", count_value(issues.warnings())},
                     {"unlisted", count_value(issues.dropped())},
                     {"issues", Value(std::shared_ptr<const Table>(table))}};
  report.tables.push_back(table);
  if (issues.dropped() != 0) report.notes.push_back(say("… and {} more", issues.dropped()));
  report.notes.push_back(
      say("{}, {}: {}, {}", counted(files, "{} file", "{} files"), counted(services, "{} service", "{} services"),
          counted(issues.errors(), "{} error", "{} errors"), counted(issues.warnings(), "{} warning", "{} warnings")));
  return report;
}

}  // namespace migplan
