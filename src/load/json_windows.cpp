#include "json_windows.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "csv_rows.hpp"

namespace migplan {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kBetweenTokens = " \t\r\n,:[]{}\"";
constexpr std::size_t kLongestEscape = 12;  // \uD83D\uDE00
constexpr unsigned char kFirstPrintable = 0x20;

bool is_inside_character(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// Bytes of a character that the text ends in the middle of.
std::size_t unfinished_character(std::string_view text) noexcept {
  constexpr std::size_t kLongest = 4;
  for (std::size_t size = 1; size <= std::min(kLongest, text.size()); ++size) {
    const auto byte = static_cast<unsigned char>(text[text.size() - size]);
    if (is_inside_character(text[text.size() - size])) continue;
    const std::size_t whole = byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : byte >= 0xC0U ? 2 : 1;
    return whole > size ? size : 0;
  }
  return 0;
}

// Whether the text between quotes ends before `text` does; tells where. Goes on from one part of it to the next.
class QuoteSearch {
 public:
  [[nodiscard]] std::optional<std::size_t> operator()(std::string_view text, std::size_t from) {
    for (std::size_t i = from; i < text.size(); ++i) {
      const char c = text[i];
      has_control_ = has_control_ || static_cast<unsigned char>(c) < kFirstPrintable;
      if (is_escaped_) {
        is_escaped_ = false;
      } else if (c == '"') {
        return i;
      } else {
        is_escaped_ = c == '\\';
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] bool has_control() const noexcept { return has_control_; }

 private:
  bool is_escaped_ = false, has_control_ = false;
};

}  // namespace

Position JsonWindowLocator::operator()(const char* place) noexcept {
  while (const void* newline = std::memchr(seen_, '\n', static_cast<std::size_t>(std::max(place, seen_) - seen_))) {
    seen_ = line_begin_ = static_cast<const char*>(newline) + 1;
    before_ = 0;
    ++line_;
  }
  seen_ = std::max(place, seen_);
  const auto shown = [](std::uint64_t number) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, std::numeric_limits<std::uint32_t>::max()));
  };
  return {shown(line_), shown(before_ + static_cast<std::uint64_t>(place - line_begin_) + 1)};
}

void JsonWindowLocator::go_on(const char* end, std::uint64_t left_out, const char* next) noexcept {
  if (seen_ != nullptr) {
    (*this)(end);
    before_ += static_cast<std::uint64_t>(end - line_begin_) + left_out;
  }
  seen_ = line_begin_ = next;
}

JsonWindows::JsonWindows(ByteSource& source, std::size_t window)
    : source_(&source), buffer_(window + JsonTokenizer::kPadding), window_(window) {}

bool JsonWindows::operator()(JsonTokens& tokens, const char*& end, JsonWindowLocator& locate) {
  for (;;) {
    locate.go_on(buffer_.data() + used_, std::exchange(left_out_, 0), buffer_.data());
    fill();
    end = buffer_.data();
    if (filled_ == 0) return false;
    const std::size_t space = std::min(text().find_first_not_of(kSpace), filled_);
    used_ = space;
    if (space == filled_) continue;
    tokens = take_tokens();
    end = buffer_.data() + used_;
    return true;
  }
}

// The tokens of as much of the buffer as ends between two of them.
JsonTokens JsonWindows::take_tokens() {
  used_ = is_at_end_ ? filled_ : cut_between_tokens();
  if (used_ == 0) throw JsonSyntaxError{buffer_.data(), "not JSON: a number or word without end"};
  if (const auto tokens = tokenizer_.tokens_of_part(buffer_.data(), used_)) return *tokens;
  if (is_at_end_) throw JsonSyntaxError{buffer_.data() + filled_, "not JSON: a text has no closing quote"};
  used_ = opening_quote(used_);
  if (used_ == 0) used_ = shorten_text();
  return tokenizer_.tokens_of_part(buffer_.data(), used_).value_or(JsonTokens());
}

// Moves what is left to the front of the buffer and fills it.
void JsonWindows::fill() {
  std::memmove(buffer_.data(), buffer_.data() + used_, filled_ - used_);
  filled_ -= std::exchange(used_, 0);
  read_more();
  if (!std::exchange(is_first_, false)) return;
  const std::size_t mark = filled_ - without_mark(text()).size();
  std::memmove(buffer_.data(), buffer_.data() + mark, filled_ - mark);
  filled_ -= mark;
}

void JsonWindows::read_more() {
  while (!is_at_end_ && filled_ < window_) {
    const std::size_t count = source_->read(std::span(buffer_).subspan(filled_, window_ - filled_));
    filled_ += count;
    is_at_end_ = count == 0;
  }
}

// A place that is between two tokens, or inside of a text between quotes; 0 if there is none. No text has an end of
// line in it.
std::size_t JsonWindows::cut_between_tokens() const noexcept {
  if (const std::size_t newline = text().rfind('\n'); newline != std::string_view::npos && newline > filled_ / 2) {
    return newline + 1;
  }
  return text().find_last_of(kBetweenTokens) + 1;
}

// Of the text that is open at `size`: the last quote that is not escaped.
std::size_t JsonWindows::opening_quote(std::size_t size) const noexcept {
  for (std::size_t at = text().rfind('"', size - 1); at != std::string_view::npos && at != 0;
       at = text().rfind('"', at - 1)) {
    std::size_t escapes = 0;
    while (escapes < at && buffer_[at - 1 - escapes] == '\\') ++escapes;
    if (escapes % 2 == 0) return at;
  }
  return 0;
}

// The buffer begins with a text that does not end in it. Leaves its beginning there, and what stands behind it.
std::size_t JsonWindows::shorten_text() {
  const std::size_t kept = end_of_beginning();
  QuoteSearch search;
  std::size_t from = 1, checked = 0;
  std::optional<std::size_t> end;
  while (!(end = search(text(), from)) && !is_at_end_) {
    const std::size_t rest = unfinished_character(text());
    check_utf8(checked, filled_ - rest);
    left_out_ += filled_ - rest - kept;
    std::memmove(buffer_.data() + kept, buffer_.data() + filled_ - rest, rest);
    checked = kept;
    from = filled_ = kept + rest;
    read_more();
  }
  if (!end) throw JsonSyntaxError{buffer_.data(), "not JSON: a text has no closing quote"};
  if (search.has_control()) {
    throw JsonSyntaxError{buffer_.data(), "not JSON: a control character in a text is not escaped"};
  }
  check_utf8(checked, *end);
  left_out_ += *end - kept;
  std::memmove(buffer_.data() + kept, buffer_.data() + *end, filled_ - *end);
  filled_ -= *end - kept;
  return kept + 1;
}

// A quarter of the buffer, or less: no character and no escape is cut.
std::size_t JsonWindows::end_of_beginning() const noexcept {
  std::size_t kept = std::max<std::size_t>(filled_ / 4, 1);
  while (kept > 1) {
    const std::size_t from = kept - std::min(kept - 1, kLongestEscape);
    const std::size_t escape = text().substr(0, kept).find('\\', from);
    if (escape != std::string_view::npos) {
      kept = std::max<std::size_t>(escape, 1);
    } else if (is_inside_character(buffer_[kept])) {
      --kept;
    } else {
      break;
    }
  }
  return kept;
}

void JsonWindows::check_utf8(std::size_t from, std::size_t to) const {
  if (simdjson::validate_utf8(buffer_.data() + from, to - from)) return;
  throw JsonSyntaxError{buffer_.data(), "found bytes that are no UTF-8 in a text, expected UTF-8"};
}

}  // namespace migplan
