#pragma once

#include <cstdint>
#include <vector>

#include "decoder.hpp"
#include "priority_rules.hpp"

namespace migplan {

// The activities that an objective weighs, and how an order of them becomes a placement: for each milestone in turn all
// that comes before it and is not placed yet, then itself; what no milestone waits for comes last. Any order will do.
class Milestones {
 public:
  Milestones(const Site& site, const Objective& objective, std::span<const ActivityIndex> by_latest);

  using Order = std::vector<std::uint32_t>;  // of milestones, by index

  [[nodiscard]] std::size_t size() const noexcept { return activities_.size(); }
  // Orders by stage and weight over work, by stage and weight, by stage and length of the chain …
  [[nodiscard]] std::vector<Order> rule_orders() const;
  // In the order in which the activities stand there.
  [[nodiscard]] Order order_in(std::span<const ActivityIndex> activities) const;

  // Places all; false where one finds no place. stack and seen are the caller's scratch memory.
  struct Scratch {
    struct Frame {
      ActivityIndex activity;
      std::uint32_t next;
    };
    std::vector<Frame> stack;
    std::vector<bool> is_seen;
  };
  [[nodiscard]] bool place(const Order& order, Decoder& decoder, Scratch& scratch) const;

 private:
  void find_stages(const Objective& objective);
  void find_works();
  void find_rest(std::span<const ActivityIndex> by_latest);
  [[nodiscard]] bool place_with_befores(ActivityIndex milestone, Decoder& decoder, Scratch& scratch) const;
  [[nodiscard]] Order sorted_by(const std::vector<double>& key, bool by_stage) const;

  const Site& site_;
  std::vector<ActivityIndex> activities_, rest_;
  std::vector<std::uint32_t> stages_;         // by milestone: the first that weighs it
  std::vector<double> weights_, works_;       // by milestone
  std::vector<std::uint32_t> before_begins_;  // by activity
  std::vector<ActivityIndex> befores_;        // by latest finish
};

}  // namespace migplan
