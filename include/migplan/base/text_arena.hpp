#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

#include "migplan/base/block_arena.hpp"
#include "migplan/base/short_text.hpp"

namespace migplan {

// Keeps texts for as long as it lives; the views it hands out stay valid when it is moved.
class TextArena {
 public:
  [[nodiscard]] std::string_view keep(std::string_view text);
  // Like `keep`, for texts that recur (a domain, a team): mostly returns the copy that it has already. O(1) in
  // text count.
  [[nodiscard]] std::string_view keep_shared(std::string_view text);

 private:
  struct Recent {
    TextWords words;
    std::string_view kept;
  };
  static constexpr std::size_t kRecent = 512;
  BlockArena<char> texts_;
  std::unique_ptr<std::array<Recent, kRecent>> recent_;
};

}  // namespace migplan
