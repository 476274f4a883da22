#include "migplan/base/wildcard.hpp"

#include <algorithm>

namespace migplan {

// Each piece between stars is found at its first place behind the one before; the last one stands at the end. Where any
// match exists, this one does.
std::optional<std::vector<std::string_view>> wildcard_parts(std::string_view pattern, std::string_view text) {
  const std::size_t first = pattern.find('*');
  if (first == std::string_view::npos) {
    return pattern == text ? std::optional(std::vector<std::string_view>{}) : std::nullopt;
  }
  if (!text.starts_with(pattern.substr(0, first))) return std::nullopt;
  std::vector<std::string_view> parts;
  text.remove_prefix(first);
  pattern.remove_prefix(first + 1);
  for (std::size_t star = pattern.find('*'); star != std::string_view::npos; star = pattern.find('*')) {
    const std::size_t at = text.find(pattern.substr(0, star));
    if (at == std::string_view::npos) return std::nullopt;
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + star);
    pattern.remove_prefix(star + 1);
  }
  if (!text.ends_with(pattern)) return std::nullopt;
  parts.push_back(text.substr(0, text.size() - pattern.size()));
  return parts;
}

bool matches_wildcard(std::string_view pattern, std::string_view text) noexcept {
  std::size_t star = std::string_view::npos, mark = 0, p = 0, t = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::size_t wildcard_stars(std::string_view pattern) noexcept {
  return static_cast<std::size_t>(std::count(pattern.begin(), pattern.end(), '*'));
}

std::string fill_in(std::string_view made, const std::vector<std::string_view>& parts) {
  std::string filled;
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made[i] != '$' || i + 1 == made.size()) {
      filled += made[i];
      continue;
    }
    const char next = made[++i];
    const auto number = static_cast<std::size_t>(next - '1');
    if (next == '$') {
      filled += '$';
    } else if (number < parts.size()) {
      filled += parts[number];
    }
  }
  return filled;
}

std::optional<std::size_t> greatest_reference(std::string_view made) noexcept {
  std::size_t greatest = 0;
  for (std::size_t i = made.find('$'); i != std::string_view::npos; i = made.find('$', i + 2)) {
    if (i + 1 == made.size()) return std::nullopt;
    if (made[i + 1] == '$') continue;
    if (made[i + 1] < '1' || made[i + 1] > '9') return std::nullopt;
    greatest = std::max(greatest, static_cast<std::size_t>(made[i + 1] - '0'));
  }
  return greatest;
}

}  // namespace migplan
