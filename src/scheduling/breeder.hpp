#pragma once

#include <cstdint>
#include <vector>

#include "flat_network.hpp"
#include "migplan/base/random_stream.hpp"

namespace migplan {

// A placement that was made in one direction, kept as the order in which the other direction is to place it next.
struct Individual {
  std::vector<ActivityIndex> order;  // late finishes first
  std::vector<std::uint32_t> place;  // by activity: where it stands in the order
  std::vector<std::int32_t> starts;  // by activity, in the direction in which it was made
  std::int32_t makespan = 0;
};

// What a new pass places, and how it is made from what there is. One a thread; it keeps its memory.
class Breeder {
 public:
  using Direction = FlatNetwork::Direction;
  using Order = std::vector<ActivityIndex>;

  // by_latest: an order by latest finish, by_earliest: one by earliest start, each with predecessors first.
  Breeder(const FlatNetwork& network, const Order& by_latest, const Order& by_earliest);

  // The next pass draws from its own stream, so that it does not matter who makes it.
  void begin(const RandomStream& random) noexcept { random_ = random; }
  [[nodiscard]] std::uint32_t below(std::uint32_t limit) noexcept {
    return static_cast<std::uint32_t>(((random_.next() >> 32U) * limit) >> 32U);
  }

  // Each makes the next child.
  void take(const Order& order) noexcept;
  void sample();
  void cross(const Individual& mother, const Individual& father) noexcept;
  // Moves some activities of the child, which is to be placed in that direction, between their neighbours.
  void mutate(Direction direction) noexcept;

  // Places the child.
  void place(Direction direction, FlatDecoder::Scheme scheme, Individual& made);
  [[nodiscard]] FlatDecoder::Scheme some_scheme() noexcept;

 private:
  [[nodiscard]] bool waits_for(Direction direction, ActivityIndex after, ActivityIndex before) const noexcept;
  void swap_neighbours(Direction direction, std::uint32_t k) noexcept;
  void move_one(Direction direction, std::uint32_t from) noexcept;
  [[nodiscard]] std::size_t pick_by_regret() noexcept;

  const FlatNetwork& network_;
  FlatDecoder decoder_;
  RandomStream random_{0, 0};
  Order child_;  // one longer than it needs to be: see cross
  Order by_latest_, by_earliest_;
  std::vector<std::uint32_t> latest_rank_, open_;
  Order ready_;
  std::vector<std::uint32_t> begins_;  // of the counting sort
};

}  // namespace migplan
