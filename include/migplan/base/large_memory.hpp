#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace migplan {

// Memory for data that grows with the inventory. From kLargeBlock on, the system is asked to back it with large pages:
// a million services touch hundreds of megabytes, and a page fault for each 4 KiB of them costs more than reading them.
inline constexpr std::size_t kLargeBlock = std::size_t{1} << 20;
[[nodiscard]] void* allocate_large(std::size_t bytes);
void free_large(void* memory, std::size_t bytes) noexcept;

template <class T>
struct LargeAllocator {
  using value_type = T;
  LargeAllocator() = default;
  template <class U>
  explicit LargeAllocator(const LargeAllocator<U>&) noexcept {}

  [[nodiscard]] T* allocate(std::size_t count) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
    return static_cast<T*>(allocate_large(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept { free_large(memory, count * sizeof(T)); }
  template <class U>
  bool operator==(const LargeAllocator<U>&) const noexcept {
    return true;
  }
};

template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

}  // namespace migplan
