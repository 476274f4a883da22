#pragma once

#include "migplan/base/decimal.hpp"
#include "migplan/base/text.hpp"
#include "migplan/model/evidence.hpp"

namespace migplan {

// "ends 2.5 s before that begins", "begins 60 s after that ends"; empty where the two touch.
[[nodiscard]] inline Text time_apart(const TimeWindow& window, const TimeWindow& that) {
  constexpr int kMilliseconds = 3;  // decimals of a second
  if (window.ended_ms < that.began_ms) {
    return say("ends {} s before that begins", trimmed(that.began_ms - window.ended_ms, kMilliseconds));
  }
  if (window.began_ms > that.ended_ms) {
    return say("begins {} s after that ends", trimmed(window.began_ms - that.ended_ms, kMilliseconds));
  }
  return {};
}

}  // namespace migplan
