#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "migplan/report/table.hpp"

namespace migplan {

// Columns over rows that the table keeps.
template <class Row>
class RowColumns {
 public:
  explicit RowColumns(std::vector<Row> rows) : rows_(std::make_shared<const std::vector<Row>>(std::move(rows))) {}
  template <class Get>
  Column& text(const char* key, Text heading, Shown shown, Get get) {
    return add(key, std::move(heading), shown, false, get);
  }
  template <class Get>
  Column& number(const char* key, Text heading, Shown shown, Get get) {
    return add(key, std::move(heading), shown, true, get);
  }
  // Of a row, for the tone or the words of a column.
  template <class Get>
  [[nodiscard]] auto of(Get get) const {
    return [rows = rows_, get](std::size_t i) { return get((*rows)[i]); };
  }
  [[nodiscard]] std::shared_ptr<Table> table(std::string key, Text title) {
    return std::make_shared<Table>(std::move(key), std::move(title), rows_->size(), std::move(columns_));
  }

 private:
  template <class Get>
  Column& add(const char* key, Text heading, Shown shown, bool is_numeric, Get get) {
    columns_.push_back({key, std::move(heading), shown, is_numeric,
                        [rows = rows_, get](std::size_t i) -> Value { return get((*rows)[i]); }});
    return columns_.back();
  }
  std::shared_ptr<const std::vector<Row>> rows_;
  std::vector<Column> columns_;
};

}  // namespace migplan
