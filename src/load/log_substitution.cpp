#include "log_element.hpp"

namespace migplan {
namespace {

constexpr int kMostDepth = 16;             // of properties that name others
constexpr std::size_t kMostSize = 65'536;  // they may double each time

// Behind the brace that closes the one which stands in front of `at`; npos = none does.
std::size_t behind_brace(std::string_view text, std::size_t at) {
  for (int open = 1; at < text.size(); ++at) {
    if (text[at] == '{') ++open;
    if (text[at] == '}' && --open == 0) return at + 1;
  }
  return std::string_view::npos;
}

std::string resolved(std::string_view text, const LogProperties& properties, int depth) {
  std::string out;
  while (out.size() < kMostSize) {
    const std::size_t begin = text.find("${");
    const std::size_t end = begin == std::string_view::npos ? begin : behind_brace(text, begin + 2);
    if (end == std::string_view::npos) break;
    const std::string_view inside = text.substr(begin + 2, end - begin - 3);
    const std::size_t sign = inside.find(":-");
    const auto found = properties.find(inside.substr(0, sign));
    // "$${" is left to the time when a line is written.
    const bool is_later = begin > 0 && text[begin - 1] == '$';
    const bool is_known =
        !is_later && depth < kMostDepth && (found != properties.end() || sign != std::string_view::npos);
    out += text.substr(0, begin);
    out += is_known ? resolved(found != properties.end() ? std::string_view(found->second) : inside.substr(sign + 2),
                               properties, depth + 1)
                    : std::string(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return out += text;
}

}  // namespace

std::string resolved(std::string_view text, const LogProperties& properties) { return resolved(text, properties, 0); }

LogElement resolved(LogElement element, const LogProperties& properties) {
  element.text = resolved(element.text, properties, 0);
  for (auto& [key, value] : element.attributes) value = resolved(value, properties, 0);
  for (LogElement& child : element.children) child = resolved(std::move(child), properties);
  return element;
}

}  // namespace migplan
