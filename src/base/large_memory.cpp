#include "migplan/base/large_memory.hpp"

#include <sys/mman.h>

namespace migplan {
namespace {

constexpr std::size_t kPage = std::size_t{2} << 20;

constexpr std::size_t rounded_up(std::size_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }

}  // namespace

void* allocate_large(std::size_t bytes) {
  if (bytes < kLargeBlock) return ::operator new(bytes);
  void* const memory = ::operator new (rounded_up(bytes), std::align_val_t{kPage});
  static_cast<void>(::madvise(memory, rounded_up(bytes), MADV_HUGEPAGE));  // a wish: without it all works, slower
  return memory;
}

void free_large(void* memory, std::size_t bytes) noexcept {
  if (bytes < kLargeBlock) {
    ::operator delete(memory);
  } else {
    ::operator delete (memory, std::align_val_t{kPage});
  }
}

}  // namespace migplan
