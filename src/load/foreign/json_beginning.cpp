#include "json_beginning.hpp"

#include <cstddef>

#include "csv_rows.hpp"

namespace migplan {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Behind the text that begins at the quote `at`, or npos.
std::size_t behind_text(std::string_view text, std::size_t at) noexcept {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

bool has_top_key(std::string_view beginning, std::string_view key) noexcept {
  const std::string_view text = without_mark(beginning);
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos || text[first] != '{') return false;
  int depth = 0;
  for (std::size_t at = first; at != std::string_view::npos; at = text.find_first_of("\"{}[]", at)) {
    if (text[at] != '"') {
      depth += text[at] == '{' || text[at] == '[' ? 1 : -1;
      if (depth == 0) return false;
      ++at;
      continue;
    }
    const std::size_t end = behind_text(text, at);
    if (end == std::string_view::npos) return false;
    const std::size_t behind = text.find_first_not_of(kBlanks, end);
    const bool is_key = depth == 1 && behind != std::string_view::npos && text[behind] == ':';
    if (is_key && text.substr(at + 1, end - at - 2) == key) return true;
    at = end;
  }
  return false;
}

std::size_t first_value_size(std::string_view text) noexcept {
  int depth = 0;
  for (std::size_t at = text.find_first_of("\"{}[]"); at != std::string_view::npos;
       at = text.find_first_of("\"{}[]", at)) {
    if (text[at] == '"') {
      at = behind_text(text, at);
      continue;
    }
    depth += text[at] == '{' || text[at] == '[' ? 1 : -1;
    ++at;
    if (depth <= 0) return at;
  }
  return std::string_view::npos;
}

}  // namespace migplan
