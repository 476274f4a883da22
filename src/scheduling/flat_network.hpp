#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "migplan/scheduling/project.hpp"

namespace migplan {

// A project without calendar, releases, fixed activities and closures, and with the same capacity on every day: time
// may run through it backward as well. Laid out for the decoder below.
class FlatNetwork {
 public:
  struct Node {
    std::int32_t duration = 0;
    std::uint32_t befores_begin = 0, befores_end = 0;
  };
  enum class Direction : std::uint8_t { Forward, Backward };

  // Null where the project has what this form has no place for.
  [[nodiscard]] static std::optional<FlatNetwork> of(const Project& project);

  [[nodiscard]] std::size_t size() const noexcept { return forward_.size(); }
  [[nodiscard]] std::size_t banks() const noexcept { return capacity_.size(); }
  // No placement takes longer.
  [[nodiscard]] std::int32_t longest() const noexcept { return longest_; }
  [[nodiscard]] const std::uint64_t* capacity() const noexcept { return capacity_.data(); }
  // By activity, then by bank.
  [[nodiscard]] const std::uint64_t* needs() const noexcept { return needs_.data(); }
  [[nodiscard]] const Node* nodes(Direction direction) const noexcept {
    return direction == Direction::Forward ? forward_.data() : backward_.data();
  }
  [[nodiscard]] const ActivityIndex* befores(Direction direction) const noexcept {
    return direction == Direction::Forward ? forward_befores_.data() : backward_befores_.data();
  }

 private:
  FlatNetwork() = default;
  std::vector<Node> forward_, backward_;
  std::vector<ActivityIndex> forward_befores_, backward_befores_;
  std::vector<std::uint64_t> capacity_, needs_;
  std::int32_t longest_ = 0;
};

// Schedule generation over a flat network, in either direction: backward, time is counted from the end.
class FlatDecoder {
 public:
  using Direction = FlatNetwork::Direction;
  // Serial: one activity after the other, each as early as it may. Parallel (Kelley 1963): one day after the other, on
  // each the first of the order that may begin and have room; it leaves no resource idle for the sake of the order,
  // which suits scarce ones (Kolisch 1996), but does not reach every placement.
  enum class Scheme : std::uint8_t { Serial, Parallel };

  explicit FlatDecoder(const FlatNetwork& network);

  // Places all activities, of which each comes behind its predecessors (backward: behind its successors), and returns
  // the makespan.
  std::int32_t place(Direction direction, Scheme scheme, const ActivityIndex* order) noexcept;
  // By activity, of the last call.
  [[nodiscard]] const std::vector<std::int32_t>& starts() const noexcept { return starts_; }
  [[nodiscard]] const std::vector<std::int32_t>& finishes() const noexcept { return finishes_; }

 private:
  std::int32_t place_serially(Direction direction, const ActivityIndex* order) noexcept;
  std::int32_t place_in_banks(Direction direction, const ActivityIndex* order) noexcept;
  std::int32_t place_in_parallel(Direction direction, const ActivityIndex* order) noexcept;
  template <bool kOneBank>
  std::int32_t run_days(Direction direction) noexcept;
  void make_ready(ActivityIndex i) noexcept;
  template <bool kOneBank>
  void begin_ready(Direction direction, std::int32_t day) noexcept;
  template <bool kOneBank>
  void finish_one(Direction direction, ActivityIndex i) noexcept;
  [[nodiscard]] ActivityIndex none() const noexcept { return static_cast<ActivityIndex>(network_.size()); }

  const FlatNetwork& network_;
  std::vector<std::uint64_t> free_;  // by day, then by bank
  std::int32_t used_to_ = 0;
  std::vector<std::int32_t> starts_, finishes_;

  // Of the parallel scheme.
  std::int32_t last_finish_ = 0;
  std::vector<std::uint64_t> free_now_;                // by bank
  std::vector<std::uint32_t> open_, rank_;             // predecessors to finish; place in the order
  std::vector<ActivityIndex> ready_, next_finishing_;  // ready by rank, the first one last
  std::vector<ActivityIndex> first_finishing_;         // by day
};

}  // namespace migplan
