#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "memory_disk.hpp"

namespace migplan::test {

using Arguments = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

struct ProgramOptions {
  std::map<std::string, std::string> variables;  // of the environment
  bool is_out_terminal = false;
  bool is_err_terminal = false;
  std::size_t terminal_width = 80;
  unsigned processors = 1;
  std::optional<std::size_t> full_after, closed_after;  // bytes of standard output
};

struct Outcome {
  int code = 0;
  std::string out, err;
  Files files;  // afterwards
};

// The whole program, in this process.
[[nodiscard]] Outcome run_program(const Arguments& arguments, MemoryDisk& disk, const std::string& in = {},
                                  const ProgramOptions& options = {});
[[nodiscard]] Outcome run_program(const Arguments& arguments, const Files& files = {}, const std::string& in = {},
                                  const ProgramOptions& options = {});
// On the real disk. `files` of the outcome is empty.
[[nodiscard]] Outcome run_on_real_disk(const Arguments& arguments);

// A file below the source folder, whole.
[[nodiscard]] std::string source_file(const std::string& path);
// A file of tests/golden/inputs.
[[nodiscard]] std::string input_file(const std::string& name);

}  // namespace migplan::test
