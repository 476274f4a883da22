#include "migplan/load/byte_source.hpp"

#include <algorithm>
#include <cstring>

namespace migplan {

std::size_t TextSource::read(std::span<char> out) {
  const std::size_t count = std::min(out.size(), left_.size());
  if (count != 0) std::memcpy(out.data(), left_.data(), count);
  left_.remove_prefix(count);
  return count;
}

PeekedSource::PeekedSource(ByteSource& rest) : rest_(&rest) {
  constexpr std::size_t kPeeked = std::size_t{1} << 16;
  front_.resize(kPeeked);
  std::size_t used = 0;
  for (std::size_t got = 1; got != 0 && used < kPeeked; used += got) {
    got = rest.read(std::span<char>(front_).subspan(used));
  }
  front_.resize(used);
}

std::size_t PeekedSource::read(std::span<char> out) {
  if (taken_ == front_.size()) return rest_->read(out);
  const std::size_t count = std::min(out.size(), front_.size() - taken_);
  std::memcpy(out.data(), front_.data() + taken_, count);
  taken_ += count;
  return count;
}

std::string read_all(ByteSource& source) {
  // Most files are small, and are many: memory that they do not need is not free.
  constexpr std::size_t kFirst = std::size_t{1} << 14, kLeast = kFirst / 4;
  std::string text;
  std::size_t used = 0;
  for (;;) {
    if (text.size() - used < kLeast) text.resize(std::max(2 * text.size(), kFirst));
    const std::size_t count = source.read(std::span<char>(text).subspan(used));
    if (count == 0) break;
    used += count;
  }
  text.resize(used);
  return text;
}

}  // namespace migplan
