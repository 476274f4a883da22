#include "json_canonical.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migplan/base/decimal_text.hpp"

namespace migplan {

std::string CanonicalJson::quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void CanonicalJson::scalar(const Scalar& found) {
  switch (found.kind) {
    case ScalarKind::Null: return put("null");
    case ScalarKind::Boolean: return put(std::string(found.text));
    case ScalarKind::Number: return put(canonical_number(found.text).value_or(std::string(found.text)));
    case ScalarKind::Text:
    case ScalarKind::Untyped: return put(quoted(found.text));
  }
}

void CanonicalJson::put(std::string text) {
  Level& level = open_.back();
  level.items.push_back(level.is_map ? level.key + ":" + text : std::move(text));
}

bool CanonicalJson::end() {
  Level level = std::move(open_.back());
  open_.pop_back();
  if (level.is_map || (open_.empty() && !is_ordered_)) std::sort(level.items.begin(), level.items.end());
  const std::string_view brackets = level.is_map ? "{}" : "[]";
  std::string text = fmt::format("{}{}{}", brackets[0], fmt::join(level.items, ","), brackets[1]);
  if (open_.empty()) {
    text_ = std::move(text);
  } else {
    put(std::move(text));
  }
  return open_.empty();
}

}  // namespace migplan
