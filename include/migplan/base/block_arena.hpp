#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "migplan/base/large_memory.hpp"

namespace migplan {

// Arrays that grow together in large blocks and never move: what points into them stays valid when the arena is moved.
// Memory goes back as a whole, when the arena ends.
template <class T>
class BlockArena {
 public:
  BlockArena() = default;
  BlockArena(BlockArena&&) noexcept = default;
  BlockArena& operator=(BlockArena&&) noexcept = default;
  BlockArena(const BlockArena&) = delete;
  BlockArena& operator=(const BlockArena&) = delete;
  ~BlockArena() = default;

  // A copy of `items`, one behind the other.
  std::span<T> keep(std::span<const T> items) {
    if (items.empty()) return {};
    LargeVector<T>& block = block_for(items.size());
    const std::size_t from = block.size();
    block.insert(block.end(), items.begin(), items.end());
    return {block.data() + from, items.size()};
  }
  T& keep(T&& item) {
    LargeVector<T>& block = block_for(1);
    block.push_back(std::move(item));
    return block.back();
  }

  // Everything kept, a block at a time, in order.
  [[nodiscard]] std::span<LargeVector<T>> blocks() noexcept { return blocks_; }

 private:
  static constexpr std::size_t kFirst = std::max<std::size_t>(4096 / sizeof(T), 1);
  static constexpr std::size_t kMost = std::max<std::size_t>((std::size_t{8} << 20) / sizeof(T), 1);

  LargeVector<T>& block_for(std::size_t count) {
    if (!blocks_.empty() && blocks_.back().capacity() - blocks_.back().size() >= count) return blocks_.back();
    const std::size_t usual = blocks_.empty() ? kFirst : std::min(4 * blocks_.back().capacity(), kMost);
    blocks_.emplace_back().reserve(std::max(usual, count));
    return blocks_.back();
  }

  std::vector<LargeVector<T>> blocks_;
};

}  // namespace migplan
