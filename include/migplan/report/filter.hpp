#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "migplan/base/result.hpp"
#include "migplan/model/condition.hpp"

namespace migplan {

class Table;
struct Column;

// A condition on the rows of a table, in the grammar of Condition. "~" asks whether the column's plain text contains
// the literal. Any column of the table may be named, shown or not.
class Filter {
 public:
  // Refers to the table's columns: the table must outlive the filter.
  [[nodiscard]] static Result<Filter> parse(std::string_view expression, const Table& table);
  // `row` of the table's source.
  [[nodiscard]] bool accepts(std::size_t row) const;

 private:
  Filter(Condition condition, std::span<const Column> columns) : condition_(std::move(condition)), columns_(columns) {}
  Condition condition_;
  std::span<const Column> columns_;
};

}  // namespace migplan
