#include "breeder.hpp"

#include <algorithm>

namespace migplan {
namespace {

// Shares that did best over the benchmark sets, none of them sharp.
constexpr double kWindowAtLeast = 0.2, kWindowAtMost = 0.6;  // of the order, taken from the father
constexpr double kParallel = 0.25;                           // of the passes
constexpr std::uint32_t kMoves = 2;
constexpr double kSwaps = 0.02;                  // of the order
constexpr std::size_t kGreatestParallel = 2000;  // activities: the parallel scheme looks at all ready ones every day

}  // namespace

Breeder::Breeder(const FlatNetwork& network, const Order& by_latest, const Order& by_earliest)
    : network_(network),
      decoder_(network),
      child_(network.size() + 1),
      by_latest_(by_latest),
      by_earliest_(by_earliest),
      latest_rank_(network.size()),
      open_(network.size()) {
  for (std::uint32_t k = 0; k < by_latest.size(); ++k) latest_rank_[by_latest[k]] = k;
}

void Breeder::take(const Order& order) noexcept { std::copy(order.begin(), order.end(), child_.begin()); }

// A window of the mother's order is put into the father's order; both keep predecessors first, and so does the child.
void Breeder::cross(const Individual& mother, const Individual& father) noexcept {
  const auto size = static_cast<std::uint32_t>(network_.size());
  const double share = kWindowAtLeast + (kWindowAtMost - kWindowAtLeast) * random_.uniform();
  const auto length = std::max(static_cast<std::uint32_t>(share * size), 1U);
  const std::uint32_t begin = below(size - length + 1);
  std::uint32_t next = begin;
  for (const ActivityIndex i : father.order) {
    child_[next] = i;  // overwritten where it is not of the window
    next += mother.place[i] - begin < length ? 1U : 0U;
  }
  std::copy_n(mother.order.begin(), begin, child_.begin());
  std::copy(mother.order.begin() + begin + length, mother.order.end(), child_.begin() + begin + length);
}

inline bool Breeder::waits_for(Direction direction, ActivityIndex after, ActivityIndex before) const noexcept {
  const FlatNetwork::Node node = network_.nodes(direction)[after];
  const ActivityIndex* const befores = network_.befores(direction);
  for (std::uint32_t b = node.befores_begin; b < node.befores_end; ++b) {
    if (befores[b] == before) return true;
  }
  return false;
}

void Breeder::swap_neighbours(Direction direction, std::uint32_t k) noexcept {
  if (!waits_for(direction, child_[k + 1], child_[k])) std::swap(child_[k], child_[k + 1]);
}

// To any place between the last one before it that it waits for and the first one behind it that waits for it.
void Breeder::move_one(Direction direction, std::uint32_t from) noexcept {
  const auto size = static_cast<std::uint32_t>(network_.size());
  const ActivityIndex i = child_[from];
  std::uint32_t first = from, last = from;
  while (first > 0 && !waits_for(direction, i, child_[first - 1])) --first;
  const Direction other = direction == Direction::Forward ? Direction::Backward : Direction::Forward;
  while (last + 1 < size && !waits_for(other, i, child_[last + 1])) ++last;
  const std::uint32_t to = first + below(last - first + 1);
  const auto at = child_.begin();
  if (to < from) std::rotate(at + to, at + from, at + from + 1);
  if (to > from) std::rotate(at + from, at + from + 1, at + to + 1);
}

void Breeder::mutate(Direction direction) noexcept {
  const auto size = static_cast<std::uint32_t>(network_.size());
  if (size < 2) return;
  const auto swaps = static_cast<std::uint32_t>(kSwaps * size + random_.uniform());
  for (std::uint32_t k = 0; k < swaps; ++k) swap_neighbours(direction, below(size - 1));
  for (std::uint32_t k = 0; k < kMoves; ++k) move_one(direction, below(size));
}

// Regret-based biased random sampling (Drexl 1991) by latest finish: weight (worst rank - rank + 1)^2.
std::size_t Breeder::pick_by_regret() noexcept {
  std::uint32_t worst = 0;
  for (const ActivityIndex i : ready_) worst = std::max(worst, latest_rank_[i]);
  const auto weight = [&](ActivityIndex i) {
    const double regret = worst - latest_rank_[i] + 1;
    return regret * regret;
  };
  double total = 0;
  for (const ActivityIndex i : ready_) total += weight(i);
  double left = total * random_.uniform();
  std::size_t pick = 0;
  for (; pick + 1 < ready_.size() && left >= weight(ready_[pick]); ++pick) left -= weight(ready_[pick]);
  return pick;
}

void Breeder::sample() {
  const FlatNetwork::Node* const nodes = network_.nodes(Direction::Forward);
  const FlatNetwork::Node* const afters = network_.nodes(Direction::Backward);
  ready_.clear();
  for (ActivityIndex i = 0; i < network_.size(); ++i) {
    open_[i] = nodes[i].befores_end - nodes[i].befores_begin;
    if (open_[i] == 0) ready_.push_back(i);
  }
  for (std::size_t k = 0; !ready_.empty(); ++k) {
    const std::size_t pick = pick_by_regret();
    const ActivityIndex i = ready_[pick];
    ready_[pick] = ready_.back();
    ready_.pop_back();
    child_[k] = i;
    for (std::uint32_t b = afters[i].befores_begin; b < afters[i].befores_end; ++b) {
      const ActivityIndex after = network_.befores(Direction::Backward)[b];
      if (--open_[after] == 0) ready_.push_back(after);
    }
  }
}

FlatDecoder::Scheme Breeder::some_scheme() noexcept {
  const bool is_parallel = network_.size() <= kGreatestParallel && random_.uniform() < kParallel;
  return is_parallel ? FlatDecoder::Scheme::Parallel : FlatDecoder::Scheme::Serial;
}

void Breeder::place(Direction direction, FlatDecoder::Scheme scheme, Individual& made) {
  const std::size_t size = network_.size();
  made.makespan = decoder_.place(direction, scheme, child_.data());
  made.starts = decoder_.starts();
  made.order.resize(size);
  made.place.resize(size);
  // A counting sort by finish, the latest first. Of those that finish together the one that the other direction's rule
  // takes first comes first; the orders by rule are in line with the precedences, too.
  const std::vector<std::int32_t>& finishes = decoder_.finishes();
  begins_.assign(static_cast<std::size_t>(made.makespan) + 2, 0);
  std::uint32_t* const begins = begins_.data() + 1;
  for (const std::int32_t finish : finishes) ++begins[made.makespan - finish];
  for (std::int32_t day = 0; day <= made.makespan; ++day) begins[day] += begins[day - 1];
  const auto put = [&](ActivityIndex i) {
    const std::uint32_t place = begins[made.makespan - finishes[i] - 1]++;
    made.order[place] = i;
    made.place[i] = place;
  };
  if (direction == Direction::Forward) {
    std::for_each(by_latest_.rbegin(), by_latest_.rend(), put);
  } else {
    std::for_each(by_earliest_.begin(), by_earliest_.end(), put);
  }
}

}  // namespace migplan
