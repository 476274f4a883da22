#include "migplan/base/text_arena.hpp"

#include <cstring>
#include <functional>

namespace migplan {

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > kBlockSize / 4) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(text.size()));
    std::memcpy(blocks_.back().get(), text.data(), text.size());
    return {blocks_.back().get(), text.size()};
  }
  if (text.size() > left_) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlockSize));
    next_ = blocks_.back().get();
    left_ = kBlockSize;
  }
  char* const place = next_;
  std::memcpy(place, text.data(), text.size());
  next_ += text.size();
  left_ -= text.size();
  return {place, text.size()};
}

std::string_view TextArena::keep_shared(std::string_view text) {
  if (!recent_) recent_ = std::make_unique<std::array<std::string_view, kRecent>>();
  std::string_view& slot = (*recent_)[std::hash<std::string_view>{}(text) % kRecent];
  if (slot != text) slot = keep(text);
  return slot;
}

}  // namespace migplan
