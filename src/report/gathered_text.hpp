#pragma once

#include <cstddef>
#include <string>

#include "migplan/report/report.hpp"

namespace migplan {

// Hands what has gathered on to the sink once it is much, so that a large output is never held as a whole.
inline void hand_on(std::string& out, ByteSink& sink) {
  constexpr std::size_t kMuch = std::size_t{1} << 16;
  if (out.size() < kMuch) return;
  sink.write(out);
  out.clear();
}

}  // namespace migplan
