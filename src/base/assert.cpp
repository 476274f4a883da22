#include "migplan/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace migplan {

void fail_assertion(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "migplan: internal error: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace migplan
