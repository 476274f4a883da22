#pragma once

#include <csv.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "line_stream.hpp"

namespace migplan {

// Rows of a CSV source of any size, by libcsv, in memory of the longest of them. Unlike CsvRows it knows the place of a
// cell only when it is asked.
class CsvStream {
 public:
  CsvStream(ByteSource& source, char delimiter);
  CsvStream(const CsvStream&) = delete;
  CsvStream& operator=(const CsvStream&) = delete;
  ~CsvStream();

  // False at the end or at a fault. Lines without any cell are passed over.
  bool next();
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  // The cells of this row, valid until the next one.
  [[nodiscard]] const std::string& operator[](std::size_t cell) const noexcept { return cells_[cell]; }
  // Where a cell of this row begins; behind the last one, where the row ends.
  [[nodiscard]] Position at(std::size_t cell) const;
  // Whether the source ended within this row.
  [[nodiscard]] bool is_unfinished() const noexcept { return lines_.is_unfinished(); }

  [[nodiscard]] const std::string& fault() const noexcept { return fault_; }
  [[nodiscard]] Position fault_position() const { return {first_line_, 1}; }

 private:
  static void on_cell(void* data, std::size_t length, void* self);
  static void on_row(int, void* self);
  void feed_line();
  bool finish();

  LineStream lines_;
  csv_parser parser_{};
  char delimiter_;
  std::vector<std::string> cells_;  // the memory of rows before is used again
  std::size_t size_ = 0;
  std::string row_;  // as it is written
  std::uint32_t first_line_ = 0;
  bool is_row_done_ = false, is_finished_ = false;
  std::string fault_;
};

}  // namespace migplan
