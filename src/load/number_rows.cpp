#include "number_rows.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace migplan {

bool NumberRows::next() {
  if (rest_.empty()) return false;
  const std::size_t end = rest_.find('\n');
  line_ = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  ++number_;
  split();
  return true;
}

void NumberRows::split() {
  constexpr std::string_view kSpace = " \t";
  words_.clear();
  for (std::size_t begin = line_.find_first_not_of(kSpace); begin != std::string_view::npos;) {
    const std::size_t end = std::min(line_.find_first_of(kSpace, begin), line_.size());
    words_.push_back({line_.substr(begin, end - begin), static_cast<std::uint32_t>(begin + 1)});
    begin = line_.find_first_not_of(kSpace, end);
  }
}

void NumberRows::report(std::uint32_t column, std::string message, std::string hint) {
  report_at({number_, column}, std::move(message), std::move(hint));
}

void NumberRows::report_at(Position at, std::string message, std::string hint) {
  issues_.add({Severity::Error, std::string(file_), at, "", std::move(message), std::move(hint)});
}

void NumberRows::report_end(std::string_view expected) {
  issues_.add({Severity::Error,
               std::string(file_),
               {number_ + 1, 1},
               "",
               fmt::format("the text ends, expected {}", expected),
               "the file may have been cut short",
               Cause::Syntax});
}

bool NumberRows::expect(std::string_view beginning) {
  if (!next()) {
    report_end(in_quotes(beginning));
    return false;
  }
  if (line_.starts_with(beginning)) return true;
  report(1, fmt::format("found {}, expected {}", in_quotes(line_), in_quotes(beginning)));
  return false;
}

std::optional<std::int32_t> NumberRows::number(std::size_t k, std::string_view what, Range range) {
  if (k >= words_.size()) {
    report(static_cast<std::uint32_t>(line_.size() + 1), fmt::format("{} is missing", what));
    return std::nullopt;
  }
  const auto [text, column] = words_[k];
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (is_number && value >= range.least && value <= range.greatest) return static_cast<std::int32_t>(value);
  report(column, fmt::format("{}: found {}, expected a whole number from {} to {}", what, in_quotes(text), range.least,
                             range.greatest));
  return std::nullopt;
}

std::optional<std::int32_t> NumberRows::number_behind_colon(std::string_view what, Range range) {
  for (std::size_t k = 0; k < words_.size(); ++k) {
    if (words_[k].text == ":") return number(k + 1, what, range);
    if (words_[k].text.ends_with(':')) return number(k + 1, what, range);
  }
  report(1, fmt::format("{} is missing: expected a colon and a number", what));
  return std::nullopt;
}

}  // namespace migplan
