#include <algorithm>

#include "secret_text.hpp"

namespace migplan {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string found_in(std::string_view key, std::string_view value) {
  return is_secret_key(key) && is_secret_value(value) ? described(key, value) : std::string();
}

// Behind the quote that closes the text which begins at `at`, or the end; a backslash takes the next character along.
std::size_t behind_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

// The pairs of JSON in a line: `"key": "value"` or `"key": value`.
struct JsonPairs {
  bool has_any = false;
  std::string found;  // the first secret
};
JsonPairs in_json(std::string_view line) {
  JsonPairs pairs;
  for (std::size_t at = line.find('"'); at < line.size(); at = line.find('"', at)) {
    const std::size_t end = behind_quoted(line, at);
    const std::string_view key = unquoted(line.substr(at, end - at));
    const std::size_t colon = line.find_first_not_of(kBlanks, end);
    at = end;
    if (colon == std::string_view::npos || line[colon] != ':') continue;
    pairs.has_any = true;
    const std::size_t begin = line.find_first_not_of(kBlanks, colon + 1);
    if (begin == std::string_view::npos || std::string_view("[{|>").find(line[begin]) != std::string_view::npos) {
      continue;
    }
    const bool is_quoted = line[begin] == '"';
    const std::size_t behind =
        is_quoted ? behind_quoted(line, begin) : std::min(line.find_first_of(",} \t", begin), line.size());
    const std::string_view value = line.substr(begin, behind - begin);
    const bool is_code = !is_quoted && value.find('(') != std::string_view::npos;
    if (pairs.found.empty() && !is_code) pairs.found = found_in(key, value);
    at = behind;
  }
  return pairs;
}

// The name of an attribute that ends in front of `sign`.
std::string_view attribute_in_front(std::string_view tag, std::size_t sign) {
  const std::size_t begin = tag.substr(0, sign).find_last_of(" \t\r\n<\"'") + 1;  // npos + 1 = 0
  return tag.substr(begin, sign - begin);
}

// <x password="…">, <property name="password" value="…">
std::string in_tag(std::string_view tag) {
  std::string_view named, stated;
  for (std::size_t sign = tag.find('='); sign < tag.size(); sign = tag.find('=', sign)) {
    const std::string_view name = attribute_in_front(tag, sign);
    const std::size_t begin = ++sign;
    if (begin >= tag.size() || (tag[begin] != '"' && tag[begin] != '\'')) continue;
    sign = std::min(tag.find(tag[begin], begin + 1), tag.size());
    const std::string_view value = tag.substr(begin + 1, sign - begin - 1);
    if (std::string found = found_in(name, value); !found.empty()) return found;
    if (name == "name" || name == "key") named = value;
    if (name == "value") stated = value;
  }
  return found_in(named, stated);
}

// Elements of XML in a line, their attributes and texts.
std::string in_xml(std::string_view line) {
  for (std::size_t at = line.find('<'); at < line.size(); at = line.find('<', at + 1)) {
    const std::size_t end = std::min(line.find('>', at), line.size());
    const std::string_view tag = line.substr(at, end - at);
    if (tag.starts_with("</") || tag.starts_with("<!") || tag.starts_with("<?")) continue;
    if (std::string found = in_tag(tag); !found.empty()) return found;
    const std::size_t next = line.find('<', end);
    if (next == std::string_view::npos || !line.substr(next).starts_with("</")) continue;
    const std::string_view name = tag.substr(1, std::min(tag.find_first_of(kBlanks), tag.size()) - 1);
    if (std::string found = found_in(name, line.substr(end + 1, next - end - 1)); !found.empty()) return found;
  }
  return {};
}

// key = value, key: value
std::string in_pair(std::string_view text) {
  const std::size_t sign = text.find_first_of("=:");
  if (sign == std::string_view::npos) return {};
  const std::string_view key = unquoted(text.substr(0, sign));
  std::string_view value = without_blanks(text.substr(sign + 1));
  if (!value.empty() && value.front() == '=') return {};
  // In JSON something may follow, in YAML a comment.
  while (!value.empty() && (value.back() == ',' || value.back() == '}' || value.back() == ';')) {
    value = without_blanks(value.substr(0, value.size() - 1));
  }
  if (const std::size_t comment = value.find(" #"); comment != std::string_view::npos) {
    value = without_blanks(value.substr(0, comment));
  }
  const bool is_key = !key.empty() && key.find_first_of(" \t$(){}<>\"'`|&") == std::string_view::npos;
  const bool is_text = !value.empty() && std::string_view("|>{[(").find(value.front()) == std::string_view::npos;
  if (!is_key || !is_text) return {};
  // Prose and code: a secret is one word, unless it stands in quotes.
  const bool is_quoted = value.front() == '"' || value.front() == '\'';
  if (!is_quoted && value.find_first_of(" \t(") != std::string_view::npos) return {};
  return found_in(key, value);
}

// Up to the blank, or the sign of a shell, that no quote holds.
std::string_view first_word(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && std::string_view(" \t\r\n;|&").find(text[at]) == std::string_view::npos) {
    const bool is_quote = text[at] == '"' || text[at] == '\'';
    // One that closes what the word began within ends it.
    if (is_quote && text.find(text[at], at + 1) == std::string_view::npos) break;
    at = is_quote ? behind_quoted(text, at) : at + 1;
  }
  return text.substr(0, at);
}

// -Dkey=value, --key=value, -key=value
std::string in_argument(std::string_view word) {
  const std::size_t sign = word.find('=');
  if (sign == std::string_view::npos) return {};
  std::string_view key = word.substr(0, sign);
  key.remove_prefix(key.starts_with("--") || key.starts_with("-D") ? 2 : 1);
  std::string_view value = word.substr(sign + 1);
  // What closes something that the word began within.
  const bool is_quoted = value.starts_with('"') || value.starts_with('\'');
  const std::string_view closing = value.find('(') == std::string_view::npos ? "\"',])" : "\"',]";
  if (!is_quoted) value = value.substr(0, value.find_last_not_of(closing) + 1);  // npos + 1 = 0
  return found_in(key, is_quoted ? value.substr(0, behind_quoted(value, 0)) : value);
}

}  // namespace

std::string secret_in_arguments(std::string_view text) {
  // A quote may hold all of them: JAVA_OPTS="-Da=b -Dc=d".
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at + 1)) {
    const bool is_begin = at == 0 || std::string_view(" \t\r\n\"'=,[").find(text[at - 1]) != std::string_view::npos;
    if (!is_begin) continue;
    const bool is_quoted = at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'');
    const std::size_t end = is_quoted ? text.find(text[at - 1], at) : std::string_view::npos;
    if (std::string found = in_argument(first_word(text.substr(at, end - at))); !found.empty()) return found;
  }
  return {};
}

std::string secret_in_words(std::span<const std::string_view> words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view option = words[i - 1], value = words[i];
    const bool is_option = option.starts_with("--") && option.find('=') == std::string_view::npos;
    // What begins otherwise is the next option, or a sign of the shell.
    if (!is_option || value.empty() || std::string_view("-;|&<>").find(value.front()) != std::string_view::npos)
      continue;
    if (std::string found = found_in(option.substr(2), value); !found.empty()) return found;
  }
  return {};
}

std::string secret_in_line(std::string_view line) {
  std::string_view text = without_blanks(line);
  while (!text.empty() && std::string_view("-,{ \t").find(text.front()) != std::string_view::npos) {
    text.remove_prefix(1);
  }
  if (text.starts_with("export ")) text = without_blanks(text.substr(7));
  if (text.empty() || text.front() == '#' || text.front() == ';' || text.starts_with("//")) return {};
  if (const std::string_view what = secret_within(text); !what.empty()) return std::string(what);
  if (std::string found = secret_in_arguments(text); !found.empty()) return found;
  if (text.front() == '<') return in_xml(text);
  JsonPairs pairs = in_json(text);
  return pairs.has_any ? std::move(pairs.found) : in_pair(text);
}

}  // namespace migplan
