#pragma once

namespace migplan {

// Ends the program with a message on standard error: a broken promise of ours, never the user's doing.
[[noreturn]] void fail_assertion(const char* condition, const char* file, int line) noexcept;

}  // namespace migplan

// On in release as well: the conditions used with it are cheap.
#define MIGPLAN_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::migplan::fail_assertion(#condition, __FILE__, __LINE__))
