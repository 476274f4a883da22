#include "source_lines.hpp"

#include <utility>

namespace migplan {

bool SourceLines::next() {
  if (next_end_ == chunk_.line_ends.size()) {
    if (!chunks_.next(chunk_)) return false;
    next_end_ = used_ = 0;
  }
  const std::size_t end = chunk_.line_ends[next_end_++];
  is_whole_ = end != chunk_.size;
  line_ = chunk_.text().substr(used_, end - used_);
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  used_ = end + 1;
  ++number_;
  return true;
}

Position SourceLines::at(std::size_t offset) const noexcept {
  return {LineChunk::line_for_people(number_), static_cast<std::uint32_t>(offset) + 1};
}

Issue SourceLines::issue(std::size_t offset, std::string message, std::string hint, Cause cause) const {
  return {Severity::Error, file_, at(offset), "", std::move(message), std::move(hint), cause};
}

std::string_view trimmed_text(std::string_view text) noexcept {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace migplan
