#include "program.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace migplan::test {
namespace {

Outcome run_on(cli::Disk& disk, const Arguments& arguments, const std::string& in, const ProgramOptions& options) {
  TextSource source(in);
  MemoryOutput out;
  out.full_after = options.full_after;
  out.closed_after = options.closed_after;
  std::ostringstream err;
  cli::Env env{.disk = disk,
               .in = source,
               .out = out,
               .err = err,
               .variable =
                   [&options](const std::string& name) {
                     const auto found = options.variables.find(name);
                     return found == options.variables.end() ? std::nullopt : std::optional(found->second);
                   },
               .today = [] { return Date::parse("2024-03-15").value(); },
               .elapsed = [] { return 0.0; },
               .catch_interrupts = [] { return [] { return false; }; },
               .is_out_terminal = options.is_out_terminal,
               .is_err_terminal = options.is_err_terminal,
               .terminal_width = options.terminal_width,
               .processors = options.processors};
  const int code = cli::run(arguments, env);
  return {code, out.text(), err.str(), {}};
}

}  // namespace

Outcome run_program(const Arguments& arguments, MemoryDisk& disk, const std::string& in,
                    const ProgramOptions& options) {
  Outcome outcome = run_on(disk, arguments, in, options);
  outcome.files = disk.files();
  return outcome;
}

Outcome run_program(const Arguments& arguments, const Files& files, const std::string& in,
                    const ProgramOptions& options) {
  MemoryDisk disk;
  for (const auto& [path, bytes] : files) disk.add_file(path, bytes);
  return run_program(arguments, disk, in, options);
}

Outcome run_on_real_disk(const Arguments& arguments) {
  const auto disk = cli::real_disk();
  return run_on(*disk, arguments, {}, {});
}

std::string source_file(const std::string& path) {
  std::ifstream in(std::string(MIGPLAN_SOURCE_DIR "/") + path, std::ios::binary);
  if (!in) throw std::runtime_error("no such file: " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string input_file(const std::string& name) { return source_file("tests/golden/inputs/" + name); }

}  // namespace migplan::test
