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

std::string read_all(ByteSource& source) {
  constexpr std::size_t kStep = std::size_t{1} << 16;
  std::string text;
  std::size_t used = 0;
  for (;;) {
    if (text.size() - used < kStep) text.resize(std::max(2 * text.size(), 2 * kStep));
    const std::size_t count = source.read(std::span<char>(text).subspan(used));
    if (count == 0) break;
    used += count;
  }
  text.resize(used);
  return text;
}

}  // namespace migplan
