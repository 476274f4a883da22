#include "csv_stream.hpp"

#include <algorithm>

namespace migplan {

CsvStream::CsvStream(ByteSource& source, char delimiter) : lines_(source), delimiter_(delimiter) {
  csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
  csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
}

CsvStream::~CsvStream() { csv_free(&parser_); }

bool CsvStream::next() {
  size_ = 0;
  row_.clear();
  is_row_done_ = false;
  while (!is_row_done_ && fault_.empty() && !is_finished_) {
    if (lines_.next()) {
      feed_line();
    } else if (!finish()) {
      break;
    }
  }
  return fault_.empty() && is_row_done_;
}

void CsvStream::feed_line() {
  if (row_.empty()) first_line_ = lines_.at(1).line;
  const std::string_view line = lines_.line_with_end();
  row_ += line;
  if (csv_parse(&parser_, line.data(), line.size(), on_cell, on_row, this) != line.size()) {
    fault_ = "not CSV: a quote stands inside a cell that is not quoted, or text stands behind a closing quote";
  } else if (!is_row_done_ && row_ == line && line.find_first_not_of("\r\n") == std::string_view::npos) {
    row_.clear();  // an empty line between rows
  } else if (row_.size() > LineStream::kLongest) {
    fault_ = "not CSV: a row longer than 16 MiB, a closing quote may be missing";
  }
}

bool CsvStream::finish() {
  is_finished_ = true;
  if (lines_.is_too_long()) {
    fault_ = "not CSV: a line longer than 16 MiB";
  } else if (csv_fini(&parser_, on_cell, on_row, this) != 0) {
    fault_ = "not CSV: a quoted cell has no closing quote";
  }
  return fault_.empty() && is_row_done_;
}

void CsvStream::on_cell(void* data, std::size_t length, void* self) {
  auto& rows = *static_cast<CsvStream*>(self);
  if (rows.size_ == rows.cells_.size()) rows.cells_.emplace_back();
  rows.cells_[rows.size_++].assign(static_cast<const char*>(data), length);
}

void CsvStream::on_row(int, void* self) { static_cast<CsvStream*>(self)->is_row_done_ = true; }

// Cells end at delimiters and at the end of the row that stand outside quotes; a quote inside quotes is doubled, so
// that an even number of them stands before such a place.
Position CsvStream::at(std::size_t cell) const {
  Position place{first_line_, 1};
  bool is_quoted = false;
  for (const char c : row_) {
    if (cell == 0) break;
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted && (c == delimiter_ || c == '\n')) --cell;
    if (c == '\n' && cell == 0) break;
    if (c == '\n' && first_line_ != 0) ++place.line;
    place.column = c == '\n' ? 1 : place.column + 1;
  }
  return place;
}

}  // namespace migplan
