#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lanes.hpp"
#include "migplan/scheduling/project.hpp"

namespace migplan {

// What an activity needs of a bank of resources: see lanes.hpp.
struct BankNeed {
  std::uint32_t bank = 0;
  std::uint64_t need = 0;
};

// What decoders read of a project, laid out for them and shared by all: resources in banks, capacities left by the
// fixed activities, activities that look alike, and the next open day of closures.
class Site {
 public:
  explicit Site(const Project& project);

  [[nodiscard]] const Project& project() const noexcept { return *project_; }
  [[nodiscard]] std::size_t slots() const noexcept { return slots_; }
  [[nodiscard]] std::size_t banks() const noexcept { return banks_; }
  // What fixed activities leave; bank by bank, slot by slot.
  [[nodiscard]] std::span<const std::uint64_t> capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::int32_t capacity(ResourceIndex r, std::size_t slot) const noexcept {
    return lanes::amount(capacity_[r / lanes_ * slots_ + slot], r % lanes_);
  }
  [[nodiscard]] std::span<const BankNeed> needs(ActivityIndex i) const noexcept {
    return {needs_.data() + need_begins_[i], needs_.data() + need_begins_[i + 1]};
  }
  // Activities of one kind have the same duration and needs: where one finds no place, none does.
  [[nodiscard]] std::uint32_t kind(ActivityIndex i) const noexcept { return kinds_[i]; }
  [[nodiscard]] std::uint32_t kind_count() const noexcept { return kind_count_; }

  // The first day >= start on which an activity of that closure may begin as far as a run up to `finish` from `start`
  // goes: start itself if no day of [start, finish) is closed, else the day behind the closed run that is met.
  [[nodiscard]] Day open_from(std::uint32_t closure, Day start, Day finish) const noexcept {
    if (closure == 0) return start;
    const Closure& days = closures_[closure];
    const Day closed = days.next_closed[static_cast<std::size_t>(start)];
    return closed < finish ? days.next_open[static_cast<std::size_t>(closed)] : start;
  }

 private:
  struct Closure {
    std::vector<Day> next_closed,
        next_open;  // on that day or later; days() + 1 closed, days() open where there is none
  };

  void pack_resources();
  void find_needs();
  void find_kinds();
  void take_fixed();
  void find_closures();

  const Project* project_;
  std::size_t slots_ = 0, banks_ = 0;
  unsigned lanes_ = 1;  // resources a bank
  std::vector<std::uint64_t> capacity_;
  std::vector<std::uint32_t> need_begins_, kinds_;
  std::uint32_t kind_count_ = 0;
  std::vector<BankNeed> needs_;
  std::vector<Closure> closures_;
};

// The slots on which an activity that begins and finishes so holds its resources: [first, last).
struct SlotRange {
  std::int32_t first = 0, last = 0;
};
[[nodiscard]] SlotRange slots_held(const Project& project, ActivityIndex i, Day start, Day finish) noexcept;

}  // namespace migplan
