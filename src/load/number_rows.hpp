#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"

namespace migplan {

// Lines of a text that is laid out in rows of whole numbers, with their places. Both ends of line are understood.
class NumberRows {
 public:
  struct Word {
    std::string_view text;
    std::uint32_t column = 0;
  };
  struct Range {
    std::int64_t least = 0, greatest = std::numeric_limits<std::int32_t>::max();
  };

  NumberRows(std::string_view text, std::string_view file, Issues& issues)
      : rest_(text), file_(file), issues_(issues) {}

  // The next line; false at the end of the text.
  bool next();
  [[nodiscard]] std::string_view line() const noexcept { return line_; }
  [[nodiscard]] std::uint32_t line_number() const noexcept { return number_; }
  [[nodiscard]] const std::vector<Word>& words() const noexcept { return words_; }

  // Adds an error at the current line.
  void report(std::uint32_t column, std::string message, std::string hint = {});
  void report_at(Position at, std::string message, std::string hint = {});
  void report_end(std::string_view expected);

  // Takes the next line, which must begin so; a text that ends or reads otherwise is an error.
  [[nodiscard]] bool expect(std::string_view beginning);
  // The k-th word as a number of that range; an error and null where it is none.
  [[nodiscard]] std::optional<std::int32_t> number(std::size_t k, std::string_view what, Range range);
  // The first number behind the colon of the current line.
  [[nodiscard]] std::optional<std::int32_t> number_behind_colon(std::string_view what, Range range);

 private:
  void split();

  std::string_view rest_, line_, file_;
  Issues& issues_;
  std::uint32_t number_ = 0;
  std::vector<Word> words_;
};

}  // namespace migplan
