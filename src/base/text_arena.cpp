#include "migplan/base/text_arena.hpp"

#include <functional>
#include <span>

namespace migplan {

std::string_view TextArena::keep(std::string_view text) {
  const std::span<char> kept = texts_.keep(std::span<const char>(text));
  return {kept.data(), kept.size()};
}

std::string_view TextArena::keep_shared(std::string_view text) {
  if (!recent_) recent_ = std::make_unique<std::array<std::string_view, kRecent>>();
  std::string_view& slot = (*recent_)[std::hash<std::string_view>{}(text) % kRecent];
  if (slot != text) slot = keep(text);
  return slot;
}

}  // namespace migplan
