#include "line_chunks.hpp"

#include <algorithm>
#include <cstring>

namespace migplan {
namespace {

void find_lines(LineChunk& chunk) {
  chunk.line_ends.clear();
  const char* const text = chunk.bytes.data();
  for (std::size_t at = 0; at < chunk.size; at = chunk.line_ends.back() + 1) {
    const auto* const newline = static_cast<const char*>(std::memchr(text + at, '\n', chunk.size - at));
    chunk.line_ends.push_back(newline != nullptr ? static_cast<std::size_t>(newline - text) : chunk.size);
  }
}

}  // namespace

bool LineChunks::next(LineChunk& chunk) {
  const std::lock_guard lock(mutex_);
  chunk.bytes.resize(std::max(kChunk, 2 * rest_.size()) + LineChunk::kPadding);
  std::memcpy(chunk.bytes.data(), rest_.data(), rest_.size());
  fill(chunk, rest_.size());
  if (chunk.size == 0) return false;
  chunk.number = count_++;
  chunk.first_line = next_line_;
  find_lines(chunk);
  next_line_ += chunk.line_ends.size();
  return true;
}

// Reads on until a piece has ended, however long it is.
void LineChunks::fill(LineChunk& chunk, std::size_t used) {
  for (;;) {
    const std::size_t room = chunk.bytes.size() - LineChunk::kPadding - used;
    const std::size_t got = source_->read({chunk.bytes.data() + used, room});
    used += got;
    const std::string_view text(chunk.bytes.data(), used);
    const bool is_full = used + LineChunk::kPadding == chunk.bytes.size();
    if (got != 0 && !is_full) continue;
    const std::size_t cut = got == 0 ? used : last_cut(text);
    if (cut != 0 || got == 0) {
      rest_.assign(text.substr(cut));
      chunk.size = cut;
      return;
    }
    chunk.bytes.resize(2 * chunk.bytes.size());
  }
}

// Behind the last newline at which the text may be cut; 0 = nowhere. Every piece begins outside quotes, so that a
// newline with an even count of quotes before it is a row's end.
std::size_t LineChunks::last_cut(std::string_view text) const noexcept {
  if (cut_ == CutAt::Lines) return text.rfind('\n') + 1;
  std::size_t cut = 0;
  bool is_quoted = false;
  for (std::size_t at = text.find_first_of("\"\n"); at != std::string_view::npos;
       at = text.find_first_of("\"\n", at + 1)) {
    if (text[at] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted) {
      cut = at + 1;
    }
  }
  return cut;
}

}  // namespace migplan
