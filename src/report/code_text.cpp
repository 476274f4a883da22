#include "code_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "migplan/base/ascii.hpp"

namespace migplan {
namespace {

constexpr bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

bool is_plain_word(std::string_view word) {
  static constexpr std::string_view kOthers = "_@%+=:,./-";
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return is_alphanumeric(c) || kOthers.find(c) != std::string_view::npos;
  });
}

// POSIX Shell Command Language, 2.2.2: nothing is special within single quotes but the single quote.
std::string in_single_quotes(std::string_view word) {
  std::string out = "'";
  for (const char c : word) c == '\'' ? out += "'\\''" : out += c;
  return out + "'";
}

// Control characters by their numbers, so that the text steers no terminal. Newlines at the end, which $( ) would take
// off, stand behind it as they are.
std::string by_printf(std::string_view word) {
  const std::size_t end = word.find_last_not_of('\n') + 1;
  std::string format;
  for (const char c : word.substr(0, end)) {
    if (is_control(c)) {
      fmt::format_to(std::back_inserter(format), "\\{:03o}", static_cast<unsigned char>(c));
    } else if (c == '\\' || c == '%') {
      format.append(2, c);
    } else {
      format += c;
    }
  }
  std::string out = fmt::format("\"$(printf {})\"", in_single_quotes(format));
  return end == word.size() ? out : out + in_single_quotes(word.substr(end));
}

// The Go Programming Language Specification, String literals; "*/" would end a comment and "`" a raw string.
std::string go_value(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (is_control(c) || c == '`' || (c == '/' && i != 0 && value[i - 1] == '*')) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

std::string quoted_value(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += is_control(c) ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string shell_word(std::string_view word) {
  if (is_plain_word(word)) return std::string(word);
  return std::any_of(word.begin(), word.end(), is_control) ? by_printf(word) : in_single_quotes(word);
}

std::string shell_command(std::span<const std::string> words) {
  constexpr std::size_t kWidest = 100;
  std::string out;
  std::size_t line = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    // With "=" in it the first word would be an assignment.
    const bool is_assignment = i == 0 && words[i].find('=') != std::string::npos;
    const std::string word = is_assignment ? in_single_quotes(words[i]) : shell_word(words[i]);
    const bool begins_option = words[i].starts_with('-');
    if (i != 0) {
      const bool is_broken = begins_option && line + 1 + word.size() > kWidest;
      out += is_broken ? " \\\n  " : " ";
      line = is_broken ? 2 : line + 1;
    }
    out += word;
    line += word.size();
  }
  return out;
}

std::string code_value(std::string_view language, std::string_view value) {
  constexpr std::array<std::string_view, 4> kShells{"sh", "bash", "shell", "console"};
  if (std::find(kShells.begin(), kShells.end(), language) != kShells.end()) return shell_word(value);
  return language == "go" ? go_value(value) : quoted_value(value);
}

std::string mermaid_value(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool is_dash = c == '-' && (i == 0 || value[i - 1] != '-') && (i + 1 == value.size() || value[i + 1] != '-');
    const bool is_kept =
        is_alphanumeric(c) || is_dash || c == '_' || c == '.' || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    if (is_kept) {
      out += c;
    } else if (is_control(c)) {
      out += ' ';
    } else {
      fmt::format_to(std::back_inserter(out), "#{};", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace migplan
