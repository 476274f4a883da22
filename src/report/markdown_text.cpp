#include "markdown_text.hpp"

#include <algorithm>

#include "migplan/base/issue.hpp"

namespace migplan {
namespace {

constexpr std::string_view kSpace = " \t";

std::size_t run_of(std::string_view text, std::size_t at, char c) {
  std::size_t length = 0;
  while (at + length < text.size() && text[at + length] == c) ++length;
  return length;
}

std::size_t longest_run(std::string_view text, char c) {
  std::size_t longest = 0;
  for (std::size_t at = text.find(c); at != std::string_view::npos; at = text.find(c, at)) {
    const std::size_t length = run_of(text, at, c);
    longest = std::max(longest, length);
    at += length;
  }
  return longest;
}

// Text that begins a line must not begin a list, a heading's underline or a block of code.
std::string at_line_start(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  std::string out = markdown_text(text);
  const bool is_number = digits != 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')') &&
                         (digits + 1 == text.size() || text[digits + 1] == ' ');
  if (is_number) out.insert(digits, 1, '\\');
  if (!text.empty() && std::string_view("-+=").find(text.front()) != std::string_view::npos) out.insert(0, 1, '\\');
  return out;
}

// Follows code spans and fences through Markdown whose values are marked (CommonMark 0.30, 4.5 and 6.1).
class ValuePlacer {
 public:
  explicit ValuePlacer(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (is_line_start_) begin_line();
      if (at_ < text_.size()) step();
    }
    return std::move(out_);
  }

 private:
  void take(std::size_t count) {
    out_ += text_.substr(at_, count);
    at_ += count;
  }

  void begin_line() {
    is_line_start_ = false;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view line = text_.substr(at_, end - at_);
    const std::size_t indent = std::min(line.find_first_not_of(kSpace), line.size());
    is_row_ = indent < line.size() && line[indent] == '|';
    if (indent == line.size()) span_ = 0;  // a blank line ends every span
    only_markers_ = true;
    if (indent == line.size() || (line[indent] != '`' && line[indent] != '~')) return;
    const char mark = line[indent];
    const std::size_t length = run_of(line, indent, mark);
    if (length < 3 || span_ != 0) return;
    if (fence_ == 0) {
      if (mark == '`' && line.find('`', indent + length) != std::string_view::npos) return;
      fence_ = length;
      fence_mark_ = mark;
    } else if (mark == fence_mark_ && length >= fence_ &&
               line.find_first_not_of(kSpace, indent + length) == std::string_view::npos) {
      fence_ = 0;
    } else {
      return;
    }
    take(line.size());
  }

  void step() {
    const char c = text_[at_];
    if (c == kValueBegin) return put_value();
    if (c == '\n') is_line_start_ = true;
    if (c == '`' && fence_ == 0) return take_backticks();
    if (c == '\\' && fence_ == 0 && span_ == 0 && at_ + 1 < text_.size() && text_[at_ + 1] != kValueBegin &&
        text_[at_ + 1] != '\n') {
      only_markers_ = false;
      return take(2);
    }
    if (std::string_view(" \t>-*+").find(c) == std::string_view::npos) only_markers_ = false;
    // Behind the markers nothing is looked at up to the next character that means something.
    constexpr std::string_view kMeaning = "\x01\n`\\";
    take(only_markers_ ? 1
                       : std::max<std::size_t>(std::min(text_.find_first_of(kMeaning, at_), text_.size()) - at_, 1));
  }

  void take_backticks() {
    only_markers_ = false;
    const std::size_t length = run_of(text_, at_, '`');
    if (span_ == length) {
      span_ = 0;
    } else if (span_ == 0 && is_closed_later(at_ + length, length)) {
      span_ = length;
    }
    take(length);
  }

  // Whether a run of as many backticks follows in the same paragraph; values hold none where it matters.
  [[nodiscard]] bool is_closed_later(std::size_t from, std::size_t length) const {
    for (std::size_t at = from; at < text_.size();) {
      if (text_[at] == kValueBegin) {
        at = std::min(text_.find(kValueEnd, at), text_.size() - 1) + 1;
      } else if (text_[at] == '`') {
        const std::size_t found = run_of(text_, at, '`');
        if (found == length) return true;
        at += found;
      } else if (text_[at] == '\n' && at + 1 < text_.size() && text_[at + 1] == '\n') {
        return false;
      } else {
        ++at;
      }
    }
    return false;
  }

  void put_value() {
    const std::size_t end = std::min(text_.find(kValueEnd, at_), text_.size());
    const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = std::min(end + 1, text_.size());
    if (fence_ != 0 || span_ != 0) {
      for (const char c : value) {
        if (c == '|' && is_row_) out_ += '\\';
        out_ += c == '`' ? '\'' : c;
      }
    } else {
      out_ += only_markers_ ? at_line_start(value) : markdown_text(value);
    }
    if (!value.empty()) only_markers_ = false;
  }

  std::string_view text_;
  std::string out_;
  std::size_t at_ = 0;
  std::size_t span_ = 0, fence_ = 0;  // backticks that opened them; 0 = none is open
  char fence_mark_ = '`';
  bool is_line_start_ = true, is_row_ = false;
  bool only_markers_ = true;  // of lists and quotes since the line began
};

}  // namespace

std::string markdown_text(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_[]|~#!";
  std::string out;
  for (const char c : printable(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '@') {
      out += "@<!-- -->";  // no mention: nobody is called by a table
    } else if (kMarkup.find(c) != std::string_view::npos) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string marked(std::string_view value) { return kValueBegin + printable(value) + kValueEnd; }

std::string with_values_in_markdown(std::string_view rendered) {
  const bool has_values = rendered.find(kValueBegin) != std::string_view::npos;
  return has_values ? ValuePlacer(rendered).run() : std::string(rendered);
}

std::string without_marks(std::string_view rendered) {
  std::string out(rendered);
  std::erase_if(out, [](char c) { return c == kValueBegin || c == kValueEnd; });
  return out;
}

std::string fenced(std::string_view language, std::string_view code) {
  const std::string fence(std::max<std::size_t>(longest_run(code, '`') + 1, 3), '`');
  std::string out = fence + std::string(language) + "\n" + std::string(code);
  if (!code.ends_with('\n')) out += '\n';
  return out + fence + "\n";
}

std::string code_span(std::string_view code) {
  const std::string fence(longest_run(code, '`') + 1, '`');
  const bool is_padded = code.empty() || code.front() == '`' || code.back() == '`';
  const std::string padding = is_padded ? " " : "";
  return fence + padding + printable(code) + padding + fence;
}

}  // namespace migplan
