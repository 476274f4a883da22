#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json_walk.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

// Line and column in a text of which only a window is at hand.
class JsonWindowLocator {
 public:
  // Places only move forward, within the window.
  Position operator()(const char* place) noexcept;
  // The next window begins at `next`; between them stand `left_out` bytes without an end of line.
  void go_on(const char* end, std::uint64_t left_out, const char* next) noexcept;

 private:
  const char* line_begin_ = nullptr;  // of the part of the line that is in the window
  const char* seen_ = nullptr;
  std::uint64_t before_ = 0;  // bytes of the line before it
  std::uint64_t line_ = 1;
};

// The tokens of a JSON text of any size as it is read, a window at a time; `operator()` is what JsonWalk asks for. A
// window ends between two tokens, so each token is whole. A text between quotes that is longer than a window is checked
// and handed on cut to its beginning: no name and no number is that long. Memory: some five bytes a byte of a window.
class JsonWindows {
 public:
  static constexpr std::size_t kWindow = std::size_t{1} << 18;
  explicit JsonWindows(ByteSource& source, std::size_t window = kWindow);

  // The tokens of the next window that has any; false at the end. Throws JsonSyntaxError.
  bool operator()(JsonTokens& tokens, const char*& end, JsonWindowLocator& locate);
  [[nodiscard]] JsonUnescaper& unescaper() noexcept { return tokenizer_.unescaper; }

 private:
  void fill();
  void read_more();
  [[nodiscard]] JsonTokens take_tokens();
  [[nodiscard]] std::size_t cut_between_tokens() const noexcept;
  [[nodiscard]] std::size_t opening_quote(std::size_t size) const noexcept;
  [[nodiscard]] std::size_t shorten_text();
  [[nodiscard]] std::size_t end_of_beginning() const noexcept;
  void check_utf8(std::size_t from, std::size_t to) const;
  [[nodiscard]] std::string_view text() const noexcept { return {buffer_.data(), filled_}; }

  ByteSource* source_;
  JsonTokenizer tokenizer_;
  std::vector<char> buffer_;
  std::size_t window_;
  std::size_t used_ = 0, filled_ = 0;  // bytes of the buffer that are handed on, that there are
  bool is_first_ = true, is_at_end_ = false;
  std::uint64_t left_out_ = 0;  // bytes of a text that was cut, behind the window handed on last
};

}  // namespace migplan
