#include "priority_rules.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <queue>
#include <utility>

#include "critical_path.hpp"

namespace migplan {
namespace {

constexpr std::size_t kGreatestClosure = 4000;  // activities whose successors of successors are counted: 2 MB

struct Following {
  Keys count, work;
};

// How many activities come behind each one, directly or not, and the work they hold (its own included).
Following following(const Project& project) {
  const std::size_t size = project.size(), words = (size + 63) / 64;
  std::vector<std::uint64_t> reached(size * words);
  Following result{Keys(size), Keys(size)};
  const auto order = project.topological_order();
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    std::uint64_t* const mine = reached.data() + *i * words;
    for (const ActivityIndex after : project.successors(*i)) {
      mine[after / 64] |= std::uint64_t{1} << (after % 64);
      for (std::size_t w = 0; w < words; ++w) mine[w] |= reached[after * words + w];
    }
    result.work[*i] = project[*i].duration;
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t left = mine[w]; left != 0; left &= left - 1) {
        ++result.count[*i];
        result.work[*i] +=
            project[static_cast<ActivityIndex>(w * 64) + static_cast<unsigned>(std::countr_zero(left))].duration;
      }
    }
  }
  return result;
}

Keys negated(Keys keys) {
  for (std::int64_t& key : keys) key = -key;
  return keys;
}

}  // namespace

std::vector<ActivityIndex> order_by(const Project& project, std::span<const std::int64_t> keys) {
  using Entry = std::pair<std::int64_t, ActivityIndex>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> ready;
  std::vector<std::uint32_t> open(project.size());
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    open[i] = static_cast<std::uint32_t>(project.predecessors(i).size());
    if (open[i] == 0) ready.emplace(keys[i], i);
  }
  std::vector<ActivityIndex> order;
  order.reserve(project.size());
  while (!ready.empty()) {
    const ActivityIndex i = ready.top().second;
    ready.pop();
    order.push_back(i);
    for (const ActivityIndex after : project.successors(i)) {
      if (--open[after] == 0) ready.emplace(keys[after], after);
    }
  }
  return order;
}

std::vector<Keys> priority_rules(const Site& site) {
  const Project& project = site.project();
  const Heads heads = heads_of(site);
  const Tails tails = tails_of(project);
  Keys latest_finish(project.size()), latest_start(project.size()), earliest(project.size());
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    latest_finish[i] = -std::int64_t{tails.days[i]};
    latest_start[i] = latest_finish[i] - project[i].duration;
    earliest[i] = heads.starts[i];
  }
  std::vector<Keys> rules{std::move(latest_finish), std::move(latest_start), std::move(earliest)};
  if (project.size() > kGreatestClosure) return rules;
  Following all = following(project);
  rules.push_back(negated(std::move(all.work)));
  rules.push_back(negated(std::move(all.count)));
  return rules;
}

}  // namespace migplan
