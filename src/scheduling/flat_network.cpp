#include "flat_network.hpp"

#include <algorithm>

#include "lanes.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kLongest = 1 << 24;  // days whose profile is kept in memory

bool is_flat(const Project& project) {
  std::int64_t days = 0;
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    const Activity& activity = project[i];
    if (activity.release != 0 || activity.fixed || activity.closure != 0) return false;
    days += activity.duration;
  }
  if (!project.timeline().is_every_day() || project.timeline().days() == 0 || days > kLongest) return false;
  for (ResourceIndex r = 0; r < project.resource_count(); ++r) {
    const auto capacity = project.capacity(r);
    if (!std::all_of(capacity.begin(), capacity.end(), [&](std::int32_t c) { return c == capacity[0]; })) return false;
  }
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    for (const auto& [resource, amount] : project.demands(i)) {
      if (amount > project.capacity(resource)[0]) return false;
    }
  }
  return true;
}

void copy_side(const Project& project, bool is_forward, std::vector<FlatNetwork::Node>& nodes,
               std::vector<ActivityIndex>& befores) {
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    const auto begin = static_cast<std::uint32_t>(befores.size());
    const auto side = is_forward ? project.predecessors(i) : project.successors(i);
    befores.insert(befores.end(), side.begin(), side.end());
    nodes.push_back({project[i].duration, begin, static_cast<std::uint32_t>(befores.size())});
  }
}

}  // namespace

std::optional<FlatNetwork> FlatNetwork::of(const Project& project) {
  if (!is_flat(project)) return std::nullopt;
  FlatNetwork network;
  copy_side(project, true, network.forward_, network.forward_befores_);
  copy_side(project, false, network.backward_, network.backward_befores_);
  const std::size_t banks = std::max<std::size_t>((project.resource_count() + lanes::kCount - 1) / lanes::kCount, 1);
  network.capacity_.assign(banks, lanes::kGuards);
  for (ResourceIndex r = 0; r < project.resource_count(); ++r) {
    network.capacity_[r / lanes::kCount] += lanes::of(r % lanes::kCount, project.capacity(r)[0]);
  }
  network.needs_.assign(banks * project.size(), 0);
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    network.longest_ += project[i].duration;
    if (project[i].duration == 0) continue;
    for (const auto& [resource, amount] : project.demands(i)) {
      network.needs_[i * banks + resource / lanes::kCount] += lanes::of(resource % lanes::kCount, amount);
    }
  }
  return network;
}

FlatDecoder::FlatDecoder(const FlatNetwork& network)
    : network_(network),
      free_(network.banks() * static_cast<std::size_t>(network.longest())),
      used_to_(network.longest()),
      starts_(network.size()),
      finishes_(network.size()),
      free_now_(network.banks()),
      open_(network.size()),
      rank_(network.size()),
      next_finishing_(network.size()),
      first_finishing_(static_cast<std::size_t>(network.longest()) + 1, none()) {
  ready_.reserve(network.size());
}

std::int32_t FlatDecoder::place(Direction direction, Scheme scheme, const ActivityIndex* order) noexcept {
  if (scheme == Scheme::Parallel) return place_in_parallel(direction, order);
  const std::size_t banks = network_.banks();
  if (banks == 1) {
    std::fill_n(free_.begin(), used_to_, network_.capacity()[0]);
    used_to_ = place_serially(direction, order);
    return used_to_;
  }
  for (std::size_t day = 0; day < static_cast<std::size_t>(used_to_); ++day) {
    std::copy_n(network_.capacity(), banks, free_.data() + day * banks);
  }
  used_to_ = place_in_banks(direction, order);
  return used_to_;
}

// No placement is longer than `longest`, so that no search for room runs off the end.
std::int32_t FlatDecoder::place_serially(Direction direction, const ActivityIndex* order) noexcept {
  const FlatNetwork::Node* const nodes = network_.nodes(direction);
  const ActivityIndex* const befores = network_.befores(direction);
  const std::uint64_t* const needs = network_.needs();
  std::uint64_t* const free = free_.data();
  std::int32_t* const finishes = finishes_.data();
  std::int32_t makespan = 0;
  for (const ActivityIndex* next = order; next != order + network_.size(); ++next) {
    const FlatNetwork::Node node = nodes[*next];
    const std::uint64_t need = needs[*next];
    std::int32_t start = 0;
    for (std::uint32_t b = node.befores_begin; b < node.befores_end; ++b) {
      start = std::max(start, finishes[befores[b]]);
    }
    // Looked at from its end, a window that has no room is left behind at once; what was seen of it is not looked at
    // again.
    std::int32_t finish = start + node.duration;
    for (std::int32_t unseen = start, day = finish - 1; day >= unseen; --day) {
      if (lanes::has_room(free[day], need)) continue;
      unseen = finish;
      start = day + 1;
      finish = start + node.duration;
      day = finish;
    }
    for (std::int32_t day = start; day < finish; ++day) free[day] -= need;
    starts_[*next] = start;
    finishes[*next] = finish;
    makespan = std::max(makespan, finish);
  }
  return makespan;
}

namespace {

inline bool has_room(const std::uint64_t* free, const std::uint64_t* need, std::size_t banks) noexcept {
  for (std::size_t bank = 0; bank < banks; ++bank) {
    if (!lanes::has_room(free[bank], need[bank])) return false;
  }
  return true;
}

}  // namespace

std::int32_t FlatDecoder::place_in_banks(Direction direction, const ActivityIndex* order) noexcept {
  const FlatNetwork::Node* const nodes = network_.nodes(direction);
  const ActivityIndex* const befores = network_.befores(direction);
  const std::size_t banks = network_.banks();
  std::int32_t makespan = 0;
  for (const ActivityIndex* next = order; next != order + network_.size(); ++next) {
    const FlatNetwork::Node node = nodes[*next];
    const std::uint64_t* const need = network_.needs() + *next * banks;
    std::int32_t start = 0;
    for (std::uint32_t b = node.befores_begin; b < node.befores_end; ++b) {
      start = std::max(start, finishes_[befores[b]]);
    }
    for (std::int32_t day = start; day < start + node.duration; ++day) {
      if (!has_room(free_.data() + static_cast<std::size_t>(day) * banks, need, banks)) start = day + 1;
    }
    for (std::int32_t day = start; day < start + node.duration; ++day) {
      std::uint64_t* const free = free_.data() + static_cast<std::size_t>(day) * banks;
      for (std::size_t bank = 0; bank < banks; ++bank) free[bank] -= need[bank];
    }
    starts_[*next] = start;
    finishes_[*next] = start + node.duration;
    makespan = std::max(makespan, finishes_[*next]);
  }
  return makespan;
}

std::int32_t FlatDecoder::place_in_parallel(Direction direction, const ActivityIndex* order) noexcept {
  const FlatNetwork::Node* const nodes = network_.nodes(direction);
  std::copy_n(network_.capacity(), network_.banks(), free_now_.begin());
  ready_.clear();
  for (auto k = static_cast<std::uint32_t>(network_.size()); k-- > 0;) {
    const ActivityIndex i = order[k];
    rank_[i] = k;
    open_[i] = nodes[i].befores_end - nodes[i].befores_begin;
    if (open_[i] == 0) ready_.push_back(i);
  }
  last_finish_ = 0;
  const bool is_one_bank = network_.banks() == 1;
  return is_one_bank ? run_days<true>(direction) : run_days<false>(direction);
}

template <bool kOneBank>
std::int32_t FlatDecoder::run_days(Direction direction) noexcept {
  begin_ready<kOneBank>(direction, 0);
  for (std::int32_t day = 0; day <= last_finish_; ++day) {
    ActivityIndex i = first_finishing_[static_cast<std::size_t>(day)];
    if (i == none()) continue;
    first_finishing_[static_cast<std::size_t>(day)] = none();
    for (; i != none(); i = next_finishing_[i]) finish_one<kOneBank>(direction, i);
    begin_ready<kOneBank>(direction, day);
  }
  return last_finish_;
}

// Ready activities stand by rank, the first one last.
inline void FlatDecoder::make_ready(ActivityIndex i) noexcept {
  const std::uint32_t rank = rank_[i];
  std::size_t k = ready_.size();
  ready_.push_back(i);
  for (; k > 0 && rank_[ready_[k - 1]] < rank; --k) ready_[k] = ready_[k - 1];
  ready_[k] = i;
}

template <bool kOneBank>
void FlatDecoder::begin_ready(Direction direction, std::int32_t day) noexcept {
  const FlatNetwork::Node* const nodes = network_.nodes(direction);
  const std::uint64_t* const needs = network_.needs();
  const std::size_t banks = kOneBank ? 1 : network_.banks();
  std::uint64_t* const free = free_now_.data();
  for (std::size_t k = ready_.size(); k-- > 0;) {
    const ActivityIndex i = ready_[k];
    const std::uint64_t* const need = needs + i * banks;
    if (!has_room(free, need, banks)) continue;
    ready_.erase(ready_.begin() + static_cast<std::ptrdiff_t>(k));
    const std::int32_t duration = nodes[i].duration;
    starts_[i] = day;
    finishes_[i] = day + duration;
    for (std::size_t bank = 0; bank < banks; ++bank) free[bank] -= need[bank];
    if (duration == 0) {
      finish_one<kOneBank>(direction, i);  // others may have become ready that come first
      k = ready_.size();
      continue;
    }
    ActivityIndex& first = first_finishing_[static_cast<std::size_t>(day + duration)];
    next_finishing_[i] = first;
    first = i;
    last_finish_ = std::max(last_finish_, day + duration);
  }
}

template <bool kOneBank>
void FlatDecoder::finish_one(Direction direction, ActivityIndex i) noexcept {
  const Direction other = direction == Direction::Forward ? Direction::Backward : Direction::Forward;
  const FlatNetwork::Node node = network_.nodes(other)[i];
  const ActivityIndex* const afters = network_.befores(other);
  const std::size_t banks = kOneBank ? 1 : network_.banks();
  for (std::size_t bank = 0; bank < banks; ++bank) free_now_[bank] += network_.needs()[i * banks + bank];
  for (std::uint32_t b = node.befores_begin; b < node.befores_end; ++b) {
    if (--open_[afters[b]] == 0) make_ready(afters[b]);
  }
}

}  // namespace migplan
