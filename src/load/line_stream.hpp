#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

// The lines of a source of any size, one at a time, in memory of the longest of them. A byte-order mark in front is
// passed over. Their bytes are not looked at: they need not be UTF-8.
class LineStream {
 public:
  static constexpr std::size_t kLongest = std::size_t{1} << 24;

  explicit LineStream(ByteSource& source) : source_(&source) {}

  // False at the end, and at a line longer than kLongest.
  bool next();
  // Without its end, LF or CR LF; valid until the next one.
  [[nodiscard]] std::string_view line() const noexcept { return line_; }
  // With its end, where it has one.
  [[nodiscard]] std::string_view line_with_end() const noexcept { return {text_.data() + begin_, at_ - begin_}; }
  // Whether the source ended within this line: its writer may have been cut off.
  [[nodiscard]] bool is_unfinished() const noexcept { return is_unfinished_; }
  [[nodiscard]] bool is_too_long() const noexcept { return is_too_long_; }
  // Of this line, from 1.
  [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
  [[nodiscard]] Position at(std::size_t column) const noexcept { return place_of(number_, column); }
  // Not known beyond 2^32 - 1 lines, which is what a Position holds.
  [[nodiscard]] static Position place_of(std::uint64_t line, std::size_t column) noexcept;

 private:
  [[nodiscard]] bool fill();
  void pass_mark();
  void take(std::size_t length, std::size_t end) noexcept;

  ByteSource* source_;
  std::vector<char> text_;
  std::size_t begin_ = 0, at_ = 0, used_ = 0;  // this line, the one behind it, the end of what was read
  std::string_view line_;
  std::uint64_t number_ = 0;
  bool is_unfinished_ = false, is_too_long_ = false;
};

// What a message shows of text that may be no UTF-8: the part that is.
[[nodiscard]] std::string quoted_bytes(std::string_view text);

}  // namespace migplan
