#pragma once

#include <csv.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"

namespace migplan {

struct Cell {
  std::string text;
  Position at;
};

// Rows of a CSV text, by libcsv; finds out where each cell begins. The separator is the one of comma, semicolon and tab
// that the first line has most of.
class CsvRows {
 public:
  explicit CsvRows(std::string_view text);
  // Further rows of a text that was cut between two of them.
  CsvRows(std::string_view text, char delimiter, std::uint32_t first_line);
  CsvRows(const CsvRows&) = delete;
  CsvRows& operator=(const CsvRows&) = delete;
  ~CsvRows();

  // The cells of the next row; false at the end or at a fault.
  bool next(std::vector<Cell>& row);
  [[nodiscard]] char delimiter() const noexcept { return delimiter_; }
  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }
  [[nodiscard]] Position fault_position() const noexcept { return cell_at_; }

 private:
  static void on_cell(void* data, std::size_t length, void* self);
  static void on_row(int, void* self);
  void feed_piece();
  void finish();

  csv_parser parser_{};
  char delimiter_ = ',';
  std::string_view text_;
  std::size_t used_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
  Position cell_at_{1, 1};
  std::vector<Cell>* row_ = nullptr;
  bool is_cell_done_ = false, is_row_done_ = false, is_finished_ = false;
  std::string fault_;
};

// Without the byte-order mark that spreadsheets write in front.
[[nodiscard]] std::string_view without_mark(std::string_view text) noexcept;
// What is no clean UTF-8, with its place.
[[nodiscard]] std::optional<Issue> text_fault(std::string_view text, std::string_view name);

}  // namespace migplan
