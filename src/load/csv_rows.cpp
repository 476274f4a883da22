#include "csv_rows.hpp"

#include <algorithm>

#include "utf8_stream.hpp"

namespace migplan {

namespace {

char likely_delimiter(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n'));
  const auto count = [header](char c) { return std::count(header.begin(), header.end(), c); };
  char likely = ',';
  for (const char candidate : {';', '\t'}) {
    if (count(candidate) > count(likely)) likely = candidate;
  }
  return likely;
}

}  // namespace

CsvRows::CsvRows(std::string_view text) : CsvRows(text, likely_delimiter(text), 1) {}

CsvRows::CsvRows(std::string_view text, char delimiter, std::uint32_t first_line)
    : delimiter_(delimiter), text_(text), line_(first_line), cell_at_{first_line, 1} {
  csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_delim(&parser_, static_cast<unsigned char>(delimiter_));
}

CsvRows::~CsvRows() { csv_free(&parser_); }

bool CsvRows::next(std::vector<Cell>& row) {
  row.clear();
  row_ = &row;
  is_row_done_ = false;
  while (!is_row_done_ && used_ < text_.size() && fault_.empty()) feed_piece();
  if (!is_row_done_ && fault_.empty() && used_ == text_.size() && !is_finished_) finish();
  return fault_.empty() && !row.empty();
}

void CsvRows::on_cell(void* data, std::size_t length, void* self) {
  auto& rows = *static_cast<CsvRows*>(self);
  rows.row_->push_back({std::string(static_cast<const char*>(data), length), rows.cell_at_});
  rows.is_cell_done_ = true;
}

void CsvRows::on_row(int, void* self) { static_cast<CsvRows*>(self)->is_row_done_ = true; }

// Up to and with the next byte that may end a cell: cells only end there, so their places are known.
void CsvRows::feed_piece() {
  constexpr int kRowNotBegun = 0;  // libcsv's name for it is not public
  const std::size_t end = text_.find_first_of(delimiter_ == ';'   ? ";\r\n"
                                              : delimiter_ == ',' ? ",\r\n"
                                                                  : "\t\r\n",
                                              used_);
  const std::size_t count = (end == std::string_view::npos ? text_.size() : end + 1) - used_;
  is_cell_done_ = false;
  if (csv_parse(&parser_, text_.data() + used_, count, on_cell, on_row, this) != count) {
    fault_ = "not CSV: a quote stands inside a cell that is not quoted, or text stands behind a closing quote";
    return;
  }
  const bool is_newline = text_[used_ + count - 1] == '\n';
  used_ += count;
  column_ += static_cast<std::uint32_t>(count);
  if (is_newline) {
    ++line_;
    column_ = 1;
  }
  const bool is_between_rows = is_newline && row_->empty() && parser_.pstate == kRowNotBegun;
  if (is_cell_done_ || is_between_rows) cell_at_ = {line_, column_};
}

void CsvRows::finish() {
  is_finished_ = true;
  if (csv_fini(&parser_, on_cell, on_row, this) != 0) fault_ = "not CSV: a quoted cell has no closing quote";
}

std::string_view without_mark(std::string_view text) noexcept {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

std::optional<Issue> text_fault(std::string_view text, std::string_view name) {
  const std::size_t bad = clean_prefix(text);
  if (bad == text.size()) return std::nullopt;
  const std::string_view good = text.substr(0, bad);
  const auto line = static_cast<std::uint32_t>(std::count(good.begin(), good.end(), '\n')) + 1;
  const auto column = static_cast<std::uint32_t>(bad - (good.rfind('\n') + 1)) + 1;
  return Issue{
      Severity::Error, std::string(name), {line, column}, "", fault_at(text, bad), "save the sheet as CSV UTF-8"};
}

}  // namespace migplan
