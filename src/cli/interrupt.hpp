#pragma once

#include <string>

namespace migplan::cli {

// Ctrl-C and a polite kill end the program at once with exit code 130 or 143, after removing the half-written file.
void handle_interrupts();
// The temporary file that is being written; empty = none. One at a time.
void remove_when_interrupted(const std::string& path);

}  // namespace migplan::cli
