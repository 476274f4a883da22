#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace migplan {

// Calls work(begin, end) on `threads` consecutive parts of 0..count, one part a thread; what the parts write must not
// overlap. With one thread, or little to do, everything runs in the caller.
template <class Work>
void for_each_range(std::size_t count, unsigned threads, const Work& work) {
  constexpr std::size_t kWorthAThread = 4096;
  const std::size_t parts = std::clamp<std::size_t>(count / kWorthAThread, 1, std::max(threads, 1U));
  std::vector<std::jthread> pool;
  pool.reserve(parts - 1);
  for (std::size_t part = 1; part < parts; ++part) {
    pool.emplace_back([&work, count, part, parts] { work(count * part / parts, count * (part + 1) / parts); });
  }
  work(std::size_t{0}, count / parts);
}

}  // namespace migplan
