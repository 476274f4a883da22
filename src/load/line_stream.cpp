#include "line_stream.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <span>

#include "utf8_stream.hpp"

namespace migplan {

bool LineStream::next() {
  if (is_too_long_) return false;
  begin_ = at_;
  if (number_ == 0) pass_mark();
  std::size_t length = 0;  // so much of the line is known to have no end
  for (;;) {
    const std::string_view rest(text_.data() + begin_, used_ - begin_);
    const std::size_t end = rest.find('\n', length);
    if (end != std::string_view::npos) {
      take(end, 1);
      return true;
    }
    length = rest.size();
    if (!fill()) break;
  }
  if (is_too_long_ || length == 0) return false;
  is_unfinished_ = true;
  take(length, 0);
  return true;
}

void LineStream::take(std::size_t length, std::size_t end) noexcept {
  line_ = {text_.data() + begin_, length};
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  at_ = begin_ + length + end;
  ++number_;
}

// Reads more behind the current line, which moves to the front; false at the end.
bool LineStream::fill() {
  constexpr std::size_t kStep = std::size_t{1} << 17;
  const std::size_t kept = used_ - begin_;
  if (kept > kLongest) {
    is_too_long_ = true;
    return false;
  }
  if (kept != 0 && begin_ != 0) std::memmove(text_.data(), text_.data() + begin_, kept);
  begin_ = 0;
  used_ = kept;
  if (text_.size() - used_ < kStep) text_.resize(std::max(2 * text_.size(), 2 * kStep));
  const std::size_t got = source_->read(std::span<char>(text_).subspan(used_));
  used_ += got;
  return got != 0;
}

void LineStream::pass_mark() {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  while (used_ < kMark.size() && fill()) {
  }
  if (std::string_view(text_.data(), used_).starts_with(kMark)) begin_ = kMark.size();
}

Position LineStream::place_of(std::uint64_t line, std::size_t column) noexcept {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  if (line > kMost) return {};
  return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(std::min<std::uint64_t>(column, kMost))};
}

std::string quoted_bytes(std::string_view text) { return in_quotes(text.substr(0, well_formed_prefix(text))); }

}  // namespace migplan
