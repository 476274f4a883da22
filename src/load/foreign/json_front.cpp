#include "json_front.hpp"

#include <algorithm>

#include "csv_rows.hpp"

namespace migplan {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// The place behind the closing quote of the text whose opening quote is at `quote`; npos where there is none.
std::size_t end_of_text(std::string_view json, std::size_t quote) noexcept {
  for (std::size_t i = quote + 1; i < json.size(); ++i) {
    if (json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

JsonFront::JsonFront(std::string_view beginning) {
  const std::string_view json = without_mark(beginning);
  const std::size_t first = json.find_first_not_of(kSpace);
  if (first == std::string_view::npos || json[first] != '{') return;
  take_keys(json.substr(first));
}

JsonFront JsonFront::of_items(std::string_view beginning) {
  JsonFront front;
  std::string_view json = without_mark(beginning);
  int lists = 0;
  for (std::size_t first = 0; lists <= 2 && first != std::string_view::npos; ++lists) {
    first = json.find_first_not_of(kSpace);
    if (first == std::string_view::npos || json[first] != '[') break;
    json.remove_prefix(first + 1);
  }
  if (lists == 1 || lists == 2) front.take_keys(json);
  return front;
}

void JsonFront::take_keys(std::string_view json) {
  int depth = 0;
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') {
      ++at;
      continue;
    }
    const std::size_t end = end_of_text(json, at);
    if (end == std::string_view::npos) return;
    const std::size_t next = json.find_first_not_of(kSpace, end);
    if (next != std::string_view::npos && json[next] == ':') take_key(json.substr(at + 1, end - at - 2), depth);
    at = end;
  }
}

void JsonFront::take_key(std::string_view key, int depth) {
  if (depth == 1) keys_.push_back({key, {}});
  if (depth == 2 && !keys_.empty()) keys_.push_back({keys_.back().outer, key});
}

bool JsonFront::has(std::string_view key) const noexcept {
  return std::any_of(keys_.begin(), keys_.end(), [&](const Key& k) { return k.inner.empty() && k.outer == key; });
}

bool JsonFront::has_inner(std::string_view inner) const noexcept {
  return std::any_of(keys_.begin(), keys_.end(), [&](const Key& k) { return k.inner == inner; });
}

bool JsonFront::has(std::string_view key, std::string_view inner) const noexcept {
  return std::any_of(keys_.begin(), keys_.end(), [&](const Key& k) { return k.outer == key && k.inner == inner; });
}

}  // namespace migplan
