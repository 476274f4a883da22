#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace migplan {

// How often each of many whole numbers from 0 on occurred, in memory that does not grow with how many there are: pages
// of counters, made on demand. Where values are spread over more pages than are kept, the last decimal digit of all is
// dropped, as often as needed; what comes out depends on the values alone, not on their order or on who counted them.
class ValueCounts {
 public:
  void add(std::uint64_t value, std::uint64_t times = 1) {
    const std::uint64_t step = resolution_ == 1 ? value : value / resolution_;  // a division takes longer than the rest
    const std::size_t page = step / kPageSize;
    if (page < pages_.size() && pages_[page] != nullptr) {
      (*pages_[page])[step % kPageSize] += times;
      count_ += times;
    } else {
      add_to_new_page(value, times);
    }
  }
  // Has the counter of a value fetched that is going to be added soon: with many values it is far from the processor.
  void expect(std::uint64_t value) const noexcept {
    const std::uint64_t step = resolution_ == 1 ? value : value / resolution_;
    const std::size_t page = step / kPageSize;
    if (page < pages_.size() && pages_[page] != nullptr) __builtin_prefetch(&(*pages_[page])[step % kPageSize], 1);
  }
  void merge(const ValueCounts& other);

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  // Values are known to this step: 1, 10, 100, …; below it they are cut off.
  [[nodiscard]] std::uint64_t resolution() const noexcept { return resolution_; }
  // The k-th smallest value, k in 1..count().
  [[nodiscard]] std::uint64_t kth(std::uint64_t k) const;
  // The same for many ranks, which must not fall.
  [[nodiscard]] std::vector<std::uint64_t> kth(std::span<const std::uint64_t> ranks) const;

 private:
  static constexpr std::size_t kPageSize = 512;
  static constexpr std::size_t kMostPages = 2048;  // 8 MiB of counters
  static constexpr std::size_t kDirect = std::size_t{1} << 16;
  using Page = std::array<std::uint64_t, kPageSize>;

  void add_to_new_page(std::uint64_t value, std::uint64_t times);
  void coarsen();
  [[nodiscard]] Page& page_at(std::uint64_t number);
  // Calls visit(value, times) for each value that occurred, rising.
  template <class Visit>
  void for_each(const Visit& visit) const;

  std::vector<std::unique_ptr<Page>> pages_;                  // by number, up to kDirect
  std::map<std::uint64_t, std::unique_ptr<Page>> far_pages_;  // the others
  std::size_t made_ = 0;
  std::uint64_t resolution_ = 1;
  std::uint64_t count_ = 0;
};

}  // namespace migplan
