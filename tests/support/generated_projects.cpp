#include "generated_projects.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "migplan/base/random_stream.hpp"

namespace migplan::testing {
namespace {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed, 0) {}
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((random_.next() >> 32U) * limit) >> 32U);
  }
  std::int32_t between(std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(high - low + 1)));
  }
  bool with(double odds) { return random_.uniform() < odds; }

 private:
  RandomStream random_;
};

// Arcs from lower to higher indices, none of which follows from the others, about `wanted` of them. Arcs reach as far
// as a few ranks, so that the network is about as wide as it is long.
std::vector<Precedence> arcs(std::uint32_t size, std::size_t wanted, Draw& draw) {
  std::vector<std::vector<bool>> reaches(size, std::vector<bool>(size));  // [before][after]
  std::vector<Precedence> result;
  const std::uint32_t span = std::max(4U, static_cast<std::uint32_t>(2 * std::sqrt(size)));
  const auto add = [&](std::uint32_t before, std::uint32_t after) {
    if (reaches[before][after]) return;
    for (const auto& [b, a] : result) {
      const bool is_over = (b == before || reaches[b][before]) && (a == after || reaches[after][a]);
      if (is_over) return;
    }
    result.push_back({before, after});
    for (std::uint32_t i = 0; i <= before; ++i) {
      if (i != before && !reaches[i][before]) continue;
      reaches[i][after] = true;
      for (std::uint32_t j = after; j < size; ++j) {
        if (reaches[after][j]) reaches[i][j] = true;
      }
    }
  };
  const auto before_of = [&](std::uint32_t after) { return after - 1 - draw.below(std::min(after, span)); };
  for (std::uint32_t after = 3; after < size; ++after) add(before_of(after), after);
  for (std::size_t tries = 0; result.size() < wanted && tries < 20 * wanted; ++tries) {
    const std::uint32_t after = 1 + draw.below(size - 1);
    add(before_of(after), after);
  }
  return result;
}

// The greatest use of each resource when every activity begins as early as precedences let it.
std::vector<std::int32_t> peaks(const ProjectParts& parts, std::uint32_t resources, std::int32_t days) {
  std::vector<std::int32_t> starts(parts.activities.size());
  for (std::uint32_t after = 0; after < starts.size(); ++after) {
    for (const auto& [b, a] : parts.precedences) {
      if (a == after) starts[a] = std::max(starts[a], starts[b] + parts.activities[b].duration);
    }
  }
  std::vector<std::vector<std::int32_t>> use(resources, std::vector<std::int32_t>(static_cast<std::size_t>(days)));
  for (std::uint32_t i = 0; i < starts.size(); ++i) {
    for (const auto& [resource, amount] : parts.demands[i]) {
      for (std::int32_t d = 0; d < parts.activities[i].duration; ++d) {
        use[resource][static_cast<std::size_t>(starts[i]) + static_cast<std::size_t>(d)] += amount;
      }
    }
  }
  std::vector<std::int32_t> result;
  for (const auto& days_used : use) result.push_back(*std::max_element(days_used.begin(), days_used.end()));
  return result;
}

}  // namespace

ProjectParts generated_network(const NetworkKind& kind, std::uint64_t seed) {
  Draw draw(seed);
  ProjectParts parts;
  std::vector<std::int32_t> greatest(kind.resources);
  std::int32_t days = 0;
  for (std::uint32_t i = 0; i < kind.activities; ++i) {
    parts.activities.push_back({draw.between(1, 10)});
    days += parts.activities.back().duration;
    parts.demands.emplace_back();
    for (ResourceIndex r = 0; r < kind.resources; ++r) {
      if (!draw.with(kind.resource_factor)) continue;
      const std::int32_t amount = draw.between(1, 10);
      parts.demands.back().push_back({r, amount});
      greatest[r] = std::max(greatest[r], amount);
    }
  }
  parts.precedences = arcs(kind.activities, static_cast<std::size_t>(kind.complexity * kind.activities), draw);
  parts.timeline = Timeline::every_day(days);
  const std::vector<std::int32_t> peak = peaks(parts, kind.resources, days);
  for (ResourceIndex r = 0; r < kind.resources; ++r) {
    const double room = kind.resource_strength * (std::max(peak[r], greatest[r]) - greatest[r]);
    parts.capacities.emplace_back(static_cast<std::size_t>(days),
                                  greatest[r] + static_cast<std::int32_t>(std::lround(room)));
  }
  return parts;
}

NetworkKind swept_kind(std::uint32_t activities, std::uint64_t seed) {
  constexpr std::array kComplexities{1.5, 1.8, 2.1};
  constexpr std::array kFactors{0.25, 0.5, 0.75, 1.0};
  constexpr std::array kStrengths{0.2, 0.5, 0.7, 1.0};
  return {activities, 4, kComplexities[seed % 3], kFactors[seed / 3 % 4], kStrengths[seed / 12 % 4]};
}

GeneratedMigration generated_migration(std::uint32_t services, std::int32_t days, std::uint64_t seed) {
  Draw draw(seed);
  GeneratedMigration made;
  ProjectParts& parts = made.parts;
  std::vector<bool> is_working, is_closed;
  for (std::int32_t day = 0; day < days; ++day) {
    is_working.push_back(day % 7 < 5 && day % 61 != 30);
    is_closed.push_back(day % 91 > 80);
  }
  parts.timeline = Timeline::of(is_working);
  parts.closures.push_back(is_closed);
  const auto slots = static_cast<std::size_t>(parts.timeline.slots());
  const std::uint32_t squads = std::max(1U, services / 14);
  for (std::uint32_t squad = 0; squad < squads; ++squad) parts.capacities.emplace_back(slots, 1);
  const std::int32_t pools = static_cast<std::int32_t>(1 + services / 280);
  for (const std::int32_t pool : {3, 6, 2}) parts.capacities.emplace_back(slots, pool * pools);
  made.objective.stages.resize(3);
  for (std::uint32_t s = 0; s < services; ++s) {
    const ActivityIndex first = 5 * s;
    const ResourceIndex squad = draw.below(squads);
    const std::array<ResourceIndex, 5> holds{squad, squads, squads + 1, squads, squads + 2};
    for (std::uint32_t step = 0; step < 5; ++step) {
      Activity activity{step == 3 ? 14 : draw.between(1, step == 1 ? 12 : 4)};
      activity.is_elapsed = step == 3;
      activity.closure = step == 4 ? 1 : 0;
      parts.activities.push_back(activity);
      parts.demands.emplace_back();
      if (step != 3) parts.demands.back().push_back({holds[step], 1});
      if (step > 0) parts.precedences.push_back({first + step - 1, first + step});
    }
    for (std::uint32_t k = 0; s > 0 && k < 2; ++k) {
      if (draw.with(0.5)) parts.precedences.push_back({5 * draw.below(s) + 4, first + 4});
    }
    made.objective.stages[draw.below(3)].push_back({first + 4, draw.between(1, 100)});
  }
  return made;
}

}  // namespace migplan::testing
