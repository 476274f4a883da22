#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "migplan/verification/reconciliation.hpp"

namespace migplan {

// Rows of outcomes, those of one trace in one partition, in memory up to a limit and behind it in the store. Used by
// one thread at a time.
class RowPartitions {
 public:
  static constexpr std::size_t kCount = 128;
  static constexpr unsigned kBits = 7;
  static constexpr unsigned kDeepest = 4;  // partitions of partitions

  // `level` says which bits of a hash choose the partition.
  RowPartitions(std::size_t memory, unsigned level, SpillStore& store);

  // Adds a row of at most `bound` bytes, which `write(at)` writes and returns the end of.
  template <class Write>
  void add(std::uint64_t hash, std::size_t bound, const Write& write) {
    const std::size_t number = hash >> shift_ & (kCount - 1);
    Cursor& cursor = cursors_[number];
    if (static_cast<std::size_t>(cursor.end - cursor.at) < bound) begin_block(number, bound);
    cursor.at = write(cursor.at);
    ++cursor.rows;
  }

  // What one partition holds: pieces in memory, and how much is in the store.
  struct Size {
    std::size_t rows = 0, bytes = 0;
  };
  [[nodiscard]] Size size(std::size_t partition) const noexcept;
  // Appends the partition's pieces, each a sequence of whole rows; what is in the store is read into `loaded`. False
  // where that failed. Different partitions may be gathered and dropped by different threads at once.
  [[nodiscard]] bool gather(std::size_t partition, std::vector<std::string_view>& pieces,
                            std::vector<std::vector<char>>& loaded);
  // Frees a partition's memory.
  void drop(std::size_t partition) noexcept;
  // The store failed: nothing that was added behind that is kept.
  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 14;

  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t used = 0, size = 0;
  };
  struct Extent {
    std::uint64_t from = 0;
    std::size_t size = 0;
  };
  struct Partition {
    std::vector<Block> blocks;  // the last one is used up to the cursor
    std::vector<Extent> extents;
    std::size_t closed_bytes = 0;  // in the store and in all blocks but the last
  };
  // Where the next row of a partition goes; apart from the rest, so that all of them stay near the processor.
  struct Cursor {
    char* at = nullptr;
    char* end = nullptr;
    std::size_t rows = 0;
  };

  void begin_block(std::size_t partition, std::size_t least);
  void close_block(std::size_t partition) noexcept;
  void spill();

  std::array<Cursor, kCount> cursors_;
  std::array<Partition, kCount> partitions_;
  std::vector<Block> spare_;
  std::size_t memory_, used_ = 0;
  unsigned shift_;
  SpillStore* store_;
  bool has_failed_ = false;
};

}  // namespace migplan
