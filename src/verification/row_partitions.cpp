#include "row_partitions.hpp"

#include <algorithm>
#include <utility>

#include "migplan/base/assert.hpp"

namespace migplan {

RowPartitions::RowPartitions(std::size_t memory, unsigned level, SpillStore& store)
    : memory_(memory), shift_(64 - kBits * (level + 1)), store_(&store) {
  MIGPLAN_ASSERT(level < kDeepest);
}

void RowPartitions::begin_block(std::size_t number, std::size_t least) {
  const std::size_t size = std::max(least, kBlock);
  if (used_ + size > memory_ && used_ != 0) spill();
  close_block(number);
  std::vector<Block>& blocks = partitions_[number].blocks;
  if (size == kBlock && !spare_.empty()) {
    blocks.push_back(std::move(spare_.back()));
    spare_.pop_back();
  } else {
    blocks.push_back({std::make_unique_for_overwrite<char[]>(size), 0, size});
  }
  used_ += size;
  cursors_[number].at = blocks.back().bytes.get();
  cursors_[number].end = blocks.back().bytes.get() + size;
}

// What the cursor has passed is the block's; the cursor has no room then.
void RowPartitions::close_block(std::size_t number) noexcept {
  Partition& partition = partitions_[number];
  Cursor& cursor = cursors_[number];
  if (cursor.at == nullptr) return;
  Block& block = partition.blocks.back();
  block.used = static_cast<std::size_t>(cursor.at - block.bytes.get());
  partition.closed_bytes += block.used;
  cursor.at = cursor.end = nullptr;
}

// Everything goes: large pieces are written in one go, and what comes next has room for long.
void RowPartitions::spill() {
  std::vector<char> together;
  for (std::size_t number = 0; number < kCount; ++number) {
    close_block(number);
    Partition& partition = partitions_[number];
    together.clear();
    for (Block& block : partition.blocks) {
      together.insert(together.end(), block.bytes.get(), block.bytes.get() + block.used);
      if (block.size == kBlock) spare_.push_back({std::move(block.bytes), 0, kBlock});
    }
    partition.blocks.clear();
    if (together.empty()) continue;
    const auto from = store_->write({together.data(), together.size()});
    has_failed_ |= !from;
    if (from) partition.extents.push_back({*from, together.size()});
  }
  used_ = 0;
}

RowPartitions::Size RowPartitions::size(std::size_t number) const noexcept {
  const Cursor& cursor = cursors_[number];
  const Partition& partition = partitions_[number];
  const char* const open = cursor.at == nullptr ? nullptr : partition.blocks.back().bytes.get();
  return {cursor.rows, partition.closed_bytes + static_cast<std::size_t>(cursor.at - open)};
}

bool RowPartitions::gather(std::size_t number, std::vector<std::string_view>& pieces,
                           std::vector<std::vector<char>>& loaded) {
  close_block(number);
  const Partition& partition = partitions_[number];
  for (const Extent& extent : partition.extents) {
    std::vector<char>& bytes = loaded.emplace_back(extent.size);
    if (!store_->read(extent.from, bytes)) return false;
    pieces.emplace_back(bytes.data(), bytes.size());
  }
  for (const Block& block : partition.blocks) pieces.emplace_back(block.bytes.get(), block.used);
  return true;
}

void RowPartitions::drop(std::size_t number) noexcept {
  cursors_[number] = {};
  partitions_[number] = {};
}

}  // namespace migplan
