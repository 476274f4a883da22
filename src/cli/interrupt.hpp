#pragma once

#include <string>

namespace migplan::cli {

// Ctrl-C and a polite kill end the program at once with exit code 130 or 143, after removing half-written files.
void handle_interrupts();
// From now on the first Ctrl-C is remembered and ends nothing; the next one ends the program as before.
void catch_interrupt();
[[nodiscard]] bool was_interrupted() noexcept;
// Holds those signals back while a file comes to be and is registered, so that none is left over.
class InterruptPause {
 public:
  InterruptPause();
  InterruptPause(const InterruptPause&) = delete;
  InterruptPause& operator=(const InterruptPause&) = delete;
  ~InterruptPause();
};

// Temporary files that are being written; what has its name, or is gone, is kept.
void remove_when_interrupted(const std::string& path);
void keep_when_interrupted(const std::string& path);

}  // namespace migplan::cli
