#include "placed_text.hpp"

#include <algorithm>

namespace migplan {
namespace {

constexpr std::string_view kTag = "{{";

}  // namespace

std::size_t PlacedTexts::offset_of(Position at) const {
  std::size_t offset = 0;
  for (std::uint32_t line = 1; line < at.line; ++line) {
    const std::size_t end = document_.find('\n', offset);
    if (end == std::string_view::npos) return document_.size();
    offset = end + 1;
  }
  return std::min(offset + (at.column == 0 ? 0 : at.column - 1), document_.size());
}

Position PlacedTexts::of_tag(const PlacedText& text, std::size_t at) const {
  std::size_t found = document_.find(kTag, offset_of(text.at));
  for (std::size_t tag = text.text.find(kTag); tag < at && found != std::string_view::npos;
       tag = text.text.find(kTag, tag + kTag.size())) {
    found = document_.find(kTag, found + kTag.size());
  }
  if (found == std::string_view::npos) return text.at;
  const std::string_view before = document_.substr(0, found);
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1),
          static_cast<std::uint32_t>(found - line_start + 1)};
}

Position PlacedTexts::of_byte(const PlacedText& text, std::size_t at) const {
  std::string_view rest = document_.substr(offset_of(text.at));
  std::uint32_t quote = 0;
  if (rest.starts_with('"') || rest.starts_with('\'')) {
    rest.remove_prefix(1);
    quote = 1;
  }
  if (!rest.starts_with(text.text)) return text.at;
  return {text.at.line, text.at.column + quote + static_cast<std::uint32_t>(at)};
}

}  // namespace migplan
