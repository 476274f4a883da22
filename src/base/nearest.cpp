#include "migplan/base/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace migplan {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replaced});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

}  // namespace

std::string_view nearest_name(std::string_view text, std::span<const std::string_view> known) {
  constexpr std::size_t kLongestName = 64;
  if (text.size() > kLongestName) return {};
  std::string_view best;
  std::size_t best_distance = text.size() / 3 + 1;
  for (const std::string_view name : known) {
    const std::size_t found = distance(text, name);
    if (found < best_distance) {
      best = name;
      best_distance = found;
    }
  }
  return best;
}

}  // namespace migplan
