#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "migplan/load/byte_source.hpp"

namespace migplan::cli {

// A source that, once reading has taken a second, keeps a line on a terminal about how far it is.
[[nodiscard]] std::unique_ptr<ByteSource> with_progress(std::unique_ptr<ByteSource> source, std::ostream& err,
                                                        std::string name, std::optional<std::uint64_t> size);

// The same about work of unknown length: `tick` may be called from any thread, the more often the better.
class WorkProgress {
 public:
  WorkProgress(std::ostream& err, bool is_shown, std::string name);
  WorkProgress(const WorkProgress&) = delete;
  WorkProgress& operator=(const WorkProgress&) = delete;
  ~WorkProgress();
  void tick();

 private:
  std::mutex mutex_;
  std::ostream& err_;
  bool is_shown_, has_line_ = false;
  std::string name_;
  std::chrono::steady_clock::time_point begin_, next_;
};

}  // namespace migplan::cli
