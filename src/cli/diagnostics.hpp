#pragma once

#include <iosfwd>
#include <memory>
#include <string_view>

#include "migplan/base/issue.hpp"

namespace spdlog {
class logger;
}

namespace migplan::cli {

enum class LogFormat { Text, Json };
enum class Verbosity { Quiet, Normal, Verbose };

// What the program says on standard error: problems of the input, and with -v what it is doing.
class Diagnostics {
 public:
  Diagnostics(std::ostream& err, LogFormat format, Verbosity verbosity);

  void report(const Issues& issues);
  void error(std::string_view message);
  void note(std::string_view message);   // not when quiet
  void debug(std::string_view message);  // with -v

 private:
  void log(Severity severity, std::string_view message);
  void log(const Issue& issue);

  std::shared_ptr<spdlog::logger> logger_;
  LogFormat format_;
  Verbosity verbosity_;
};

}  // namespace migplan::cli
