#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

#include "migplan/base/block_arena.hpp"

namespace migplan {

// Keeps texts for as long as it lives; the views it hands out stay valid when it is moved.
class TextArena {
 public:
  [[nodiscard]] std::string_view keep(std::string_view text);
  // Like `keep`, for texts that recur (a domain, a team): mostly returns the copy that it has already. O(1) in text
  // count.
  [[nodiscard]] std::string_view keep_shared(std::string_view text);

 private:
  static constexpr std::size_t kRecent = 512;
  BlockArena<char> texts_;
  std::unique_ptr<std::array<std::string_view, kRecent>> recent_;
};

}  // namespace migplan
