#pragma once

#include <cstddef>

namespace migplan {

// Has the system make the pages of new memory at once rather than one by one at the first touch, which takes twice as
// long. Where the system has no such call, nothing happens. O(bytes).
void populate_pages(void* first, std::size_t bytes) noexcept;

}  // namespace migplan
