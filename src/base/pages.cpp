#include "migplan/base/pages.hpp"

#include <sys/mman.h>

#include <cstdint>

namespace migplan {

void populate_pages(void* first, std::size_t bytes) noexcept {
#ifdef MADV_POPULATE_WRITE  // Linux 5.14
  constexpr std::uintptr_t kPage = 4096;
  const auto begin = reinterpret_cast<std::uintptr_t>(first);
  const std::uintptr_t from = (begin + kPage - 1) & ~(kPage - 1), to = (begin + bytes) & ~(kPage - 1);
  // What the answer is does not matter: pages that are not there come at the first touch.
  if (from < to) madvise(reinterpret_cast<void*>(from), to - from, MADV_POPULATE_WRITE);
#else
  static_cast<void>(first);
  static_cast<void>(bytes);
#endif
}

}  // namespace migplan
