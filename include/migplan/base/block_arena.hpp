#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

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
    std::vector<T>& block = block_for(items.size());
    const std::size_t from = block.size();
    block.insert(block.end(), items.begin(), items.end());
    return {block.data() + from, items.size()};
  }
  template <class... Arguments>
  T& emplace(Arguments&&... arguments) {
    return block_for(1).emplace_back(std::forward<Arguments>(arguments)...);
  }

  [[nodiscard]] bool is_empty() const noexcept { return blocks_.empty(); }
  // Calls visit(item) for `count` items in order, from the one with that number on.
  template <class Visit>
  void visit(std::size_t first, std::size_t count, const Visit& visit) const {
    for (const std::vector<T>& block : blocks_) {
      for (; first < block.size() && count != 0; ++first, --count) visit(block[first]);
      first -= std::min(first, block.size());
    }
  }
  // Everything kept, a block at a time, in order.
  [[nodiscard]] std::span<std::vector<T>> blocks() noexcept { return blocks_; }

 private:
  static constexpr std::size_t kFirst = std::max<std::size_t>(4096 / sizeof(T), 1);
  static constexpr std::size_t kMost = std::max<std::size_t>((std::size_t{8} << 20) / sizeof(T), 1);

  std::vector<T>& block_for(std::size_t count) {
    if (!blocks_.empty() && blocks_.back().capacity() - blocks_.back().size() >= count) return blocks_.back();
    const std::size_t usual = blocks_.empty() ? kFirst : std::min(4 * blocks_.back().capacity(), kMost);
    blocks_.emplace_back().reserve(std::max(usual, count));
    return blocks_.back();
  }

  std::vector<std::vector<T>> blocks_;
};

}  // namespace migplan
