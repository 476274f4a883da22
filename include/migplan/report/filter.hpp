#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "migplan/base/result.hpp"

namespace migplan {

class Table;

// A condition on the rows of a table, such as: domain==risk && (score>=65 || tier!=B)
//   or   := and  { "||" and }
//   and  := not  { "&&" not }
//   not  := "!" not | "(" or ")" | test
//   test := column ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" ) literal
// A literal is a number, null, a word of letters, digits and . _ -, or a text in quotes. "~" asks whether the column's
// text contains the literal. Any column of the table may be named, shown or not. Null is only equal to null; every
// other comparison with null is false.
class Filter {
 public:
  // Refers to the table's columns: the table must outlive the filter.
  [[nodiscard]] static Result<Filter> parse(std::string_view expression, const Table& table);
  // `row` of the table's source.
  [[nodiscard]] bool accepts(std::size_t row) const;

  struct Node;

 private:
  explicit Filter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;
};

}  // namespace migplan
