#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "disk.hpp"
#include "migplan/base/date.hpp"

namespace migplan::cli {

// Standard output: written to directly; remembers the first failure.
class Output : public ByteSink {
 public:
  // Empty while all is well.
  [[nodiscard]] virtual std::string error() const = 0;
  // The reader has gone away: not a failure of ours.
  [[nodiscard]] virtual bool is_closed() const = 0;
};

// Everything outside the program that it may touch.
struct Env {
  Disk& disk;
  ByteSource& in;
  Output& out;
  std::ostream& err;
  std::function<std::optional<std::string>(const std::string&)> variable;
  std::function<Date()> today;      // the only calendar clock; the day in UTC
  std::function<double()> elapsed;  // seconds since the program began: for time limits, and --timing
  // From now on an interrupt does not end the program; the function that is returned tells whether there was one.
  std::function<std::function<bool()>()> catch_interrupts;
  bool is_out_terminal = false;
  bool is_err_terminal = false;
  std::size_t terminal_width = 80;
  unsigned processors = 1;
};

enum ExitCode : int {
  kDone = 0,
  kNo = 1,
  kRejected = 2,
  kAccess = 3,
  kOurBug = 70,
};

// The whole program.
[[nodiscard]] int run(const std::vector<std::string>& arguments, Env& env);

}  // namespace migplan::cli
