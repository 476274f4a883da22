#include "latency_counts.hpp"

#include "migplan/base/percentile.hpp"

namespace migplan {

std::optional<std::int64_t> LatencyCounts::at_rank(std::uint64_t rank) const {
  std::uint64_t below = 0;
  for (std::size_t page = 0; page < pages_.size(); ++page) {
    if (!pages_[page]) continue;
    for (std::size_t i = 0; i < kPage; ++i) {
      below += (*pages_[page])[i];
      if (below >= rank) return static_cast<std::int64_t>(page * kPage + i);
    }
  }
  return std::nullopt;
}

std::optional<Milliseconds> LatencyCounts::percentile(unsigned percent, PercentileRule rule) const {
  constexpr std::int64_t kStepsAHundredth = Milliseconds::scale() / 100;
  if (size() == 0) return std::nullopt;
  const RankPosition place = rule == PercentileRule::NearestRank ? RankPosition{nearest_rank(size(), percent), 0}
                                                                 : legacy_position(size(), percent);
  const auto value = at_rank(place.rank);
  const auto behind = place.hundredths == 0 ? value : at_rank(place.rank + 1);
  if (!value || !behind) return std::nullopt;
  return Milliseconds::from_steps(kStepsAHundredth * hundredfold(place, *value, *behind));
}

}  // namespace migplan
