#include "shapley.hpp"

#include <array>
#include <bit>
#include <cstddef>

#include "migplan/base/assert.hpp"

namespace migplan {

std::vector<Int128> shapley_values(std::span<const Int128> worth) {
  static constexpr std::array<std::int64_t, kMostPlayers + 1> kFactorial{1, 1, 2, 6, 24, kShapleyUnit};
  const auto players = static_cast<std::size_t>(std::countr_zero(worth.size()));
  MIGPLAN_ASSERT(std::has_single_bit(worth.size()) && players <= kMostPlayers);
  std::vector<Int128> values(players, 0);
  for (std::size_t player = 0; player < players; ++player) {
    const std::size_t own = std::size_t{1} << player;
    for (std::size_t others = 0; others < worth.size(); ++others) {
      if ((others & own) != 0) continue;
      const auto before = static_cast<std::size_t>(std::popcount(others));
      const std::int64_t orders =
          kFactorial[before] * kFactorial[players - before - 1] * (kShapleyUnit / kFactorial[players]);
      values[player] += orders * (worth[others | own] - worth[others]);
    }
  }
  return values;
}

}  // namespace migplan
