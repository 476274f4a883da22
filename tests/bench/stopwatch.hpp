#pragma once

#include <ctime>

// Processor time of this process since it was made.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return static_cast<double>(std::clock() - begin_) / static_cast<double>(CLOCKS_PER_SEC);
  }
  [[nodiscard]] double microseconds() const { return 1e6 * seconds(); }

 private:
  std::clock_t begin_ = std::clock();
};
