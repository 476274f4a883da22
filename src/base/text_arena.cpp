#include "migplan/base/text_arena.hpp"

#include <span>

namespace migplan {

std::string_view TextArena::keep(std::string_view text) {
  const std::span<char> kept = texts_.keep(std::span<const char>(text));
  return {kept.data(), kept.size()};
}

std::string_view TextArena::keep_shared(std::string_view text) {
  constexpr std::size_t kShort = 16;  // texts that their words tell from all others
  if (!recent_) recent_ = std::make_unique<std::array<Recent, kRecent>>();
  const TextWords words = text_words(text.data(), text.size());
  Recent& slot = (*recent_)[text_hash(words, text.size()) % kRecent];
  const bool is_same =
      slot.words == words && slot.kept.size() == text.size() && (text.size() <= kShort || slot.kept == text);
  if (!is_same) slot = {words, keep(text)};
  return slot.kept;
}

}  // namespace migplan
