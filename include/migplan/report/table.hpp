#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/report/value.hpp"

namespace migplan {

enum class Shown : std::uint8_t {
  Always,
  InData,     // in json, jsonl and csv; for people only when asked for
  OnRequest,  // only when asked for
};

// How a cell stands out where colour is allowed.
enum class Tone : std::uint8_t { Plain, Strong, Alert, Caution, Calm, Muted };

struct Column {
  std::string key;  // stable name, of the keys of JSON and the header of CSV
  Text heading;     // for people
  Shown shown = Shown::Always;
  bool is_numeric = false;  // aligned to the right
  std::function<Value(std::size_t)> cell;
  std::function<Tone(std::size_t)> tone{};
  std::function<Text(std::size_t)> words{};  // for people, where the value's plain text reads badly
};

// Flat rows over somebody's data: cells are made when they are asked for, so a table of a million rows costs its
// selection and no more. Whoever makes a table keeps the data alive.
class Table {
 public:
  Table(std::string key, Text title, std::size_t rows, std::vector<Column> columns);

  [[nodiscard]] const std::string& key() const noexcept { return key_; }  // the list key of JSON
  [[nodiscard]] const Text& title() const noexcept { return title_; }     // for people
  [[nodiscard]] std::span<const Column> columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t row_count() const noexcept { return is_selected_ ? selection_.size() : rows_; }
  [[nodiscard]] Value cell(std::size_t row, std::size_t column) const { return columns_[column].cell(source_row(row)); }
  [[nodiscard]] Tone tone(std::size_t row, std::size_t column) const;
  // The cell on one line for people: its words, or the plain text of its value. Not escaped. `language`: null =
  // English.
  [[nodiscard]] std::string plain(std::size_t row, std::size_t column, const Catalogue* language = nullptr) const;
  // The same as a text.
  [[nodiscard]] Text text(std::size_t row, std::size_t column) const;

  // The cell where rows are flat: what has an inner structure becomes its plain text; numbers and lists of simple
  // values stay.
  [[nodiscard]] Value flat_cell(std::size_t row, std::size_t column) const;

  // Columns for people, or for programs.
  [[nodiscard]] std::vector<std::size_t> columns_for_people() const { return columns_up_to(Shown::Always); }
  [[nodiscard]] std::vector<std::size_t> columns_for_data() const { return columns_up_to(Shown::InData); }

  // Only these rows of the source, in this order.
  void select(std::vector<std::uint32_t> rows);
  [[nodiscard]] std::vector<std::uint32_t> selection() const;
  // Only these columns, in this order, all of them shown; unknown names are reported with the known ones.
  [[nodiscard]] Issues choose_columns(std::span<const std::string> keys);
  // By keys, "-key" for falling; equal rows keep their order; null comes last.
  [[nodiscard]] Issues sort(std::span<const std::string> keys);
  // Rows for which `expression` holds; see filter.hpp.
  [[nodiscard]] Issues filter(std::string_view expression);
  void keep_first(std::size_t count);
  // Rows from here on matter less: a format that can hides them behind the summary. Say it last of all.
  void fold_from(std::size_t row, Text summary);
  [[nodiscard]] std::size_t fold_row() const noexcept { return std::min(fold_row_, row_count()); }
  [[nodiscard]] const Text& fold_summary() const noexcept { return fold_summary_; }

  [[nodiscard]] std::size_t find_column(std::string_view key) const noexcept;  // columns().size() = none

 private:
  [[nodiscard]] std::size_t source_row(std::size_t row) const noexcept { return is_selected_ ? selection_[row] : row; }
  [[nodiscard]] std::vector<std::size_t> columns_up_to(Shown limit) const;
  [[nodiscard]] Issue unknown_column(std::string_view key, std::string_view option) const;

  std::string key_;
  Text title_;
  std::size_t rows_;
  std::vector<Column> columns_;
  std::vector<std::uint32_t> selection_;
  bool is_selected_ = false;
  std::size_t fold_row_ = SIZE_MAX;
  Text fold_summary_;
};

// Null after everything, numbers by value, then texts by bytes; lists and objects by their plain text.
[[nodiscard]] std::weak_ordering compare(const Value& a, const Value& b);

}  // namespace migplan
