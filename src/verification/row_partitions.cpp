#include "row_partitions.hpp"

#include <algorithm>
#include <utility>

#include "migplan/base/assert.hpp"

namespace migplan {

RowPartitions::RowPartitions(std::size_t memory, unsigned level, SpillStore& store)
    : memory_(memory), shift_(64 - kBits * (level + 1)), store_(&store) {
  MIGPLAN_ASSERT(level < kDeepest);
}

RowPartitions::Block& RowPartitions::new_block(Partition& partition, std::size_t least) {
  const std::size_t size = std::max(least, kBlock);
  if (used_ + size > memory_ && used_ != 0) spill();
  if (size == kBlock && !spare_.empty()) {
    partition.blocks.push_back(std::move(spare_.back()));
    spare_.pop_back();
  } else {
    partition.blocks.push_back({std::make_unique_for_overwrite<char[]>(size), 0, size});
  }
  used_ += size;
  return partition.blocks.back();
}

// Everything goes: large pieces are written in one go, and what comes next has room for long.
void RowPartitions::spill() {
  std::vector<char> together;
  for (Partition& partition : partitions_) {
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

RowPartitions::Size RowPartitions::size(std::size_t partition) const noexcept { return partitions_[partition].size; }

bool RowPartitions::gather(std::size_t number, std::vector<std::string_view>& pieces,
                           std::vector<std::vector<char>>& loaded) {
  const Partition& partition = partitions_[number];
  for (const Extent& extent : partition.extents) {
    std::vector<char>& bytes = loaded.emplace_back(extent.size);
    if (!store_->read(extent.from, bytes)) return false;
    pieces.emplace_back(bytes.data(), bytes.size());
  }
  for (const Block& block : partition.blocks) pieces.emplace_back(block.bytes.get(), block.used);
  return true;
}

void RowPartitions::drop(std::size_t partition) noexcept { partitions_[partition] = Partition{}; }

}  // namespace migplan
