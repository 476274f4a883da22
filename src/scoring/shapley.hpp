#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "migplan/base/decimal.hpp"

namespace migplan {

inline constexpr std::size_t kMostPlayers = 5;
// 5! is a multiple of every m! that occurs: Shapley weights times kShapleyUnit are whole.
inline constexpr std::int64_t kShapleyUnit = 120;

// The Shapley value of each player x kShapleyUnit. `worth` is what each coalition is worth, a bit a player: 2^players
// of them, at most kMostPlayers players.
[[nodiscard]] std::vector<Int128> shapley_values(std::span<const Int128> worth);

}  // namespace migplan
