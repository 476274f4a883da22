#include "decoder.hpp"

#include <algorithm>
#include <cstring>

#include "lanes.hpp"

namespace migplan {

Decoder::Decoder(const Site& site)
    : site_(site),
      project_(site.project()),
      free_(site.capacity().begin(), site.capacity().end()),
      used_to_(site.banks(), 0),
      full_to_(site.kind_count(), 0),
      times_{std::vector<Day>(project_.size()), std::vector<Day>(project_.size())} {
  for (ActivityIndex i = 0; i < project_.size(); ++i) {
    if (!project_[i].fixed) continue;
    times_.starts[i] = *project_[i].fixed;
    times_.finishes[i] = project_.finish_of(i, times_.starts[i]);
  }
}

void Decoder::clear() noexcept {
  for (std::size_t bank = 0; bank < used_to_.size(); ++bank) {
    const std::size_t begin = bank * site_.slots();
    std::copy_n(site_.capacity().data() + begin, used_to_[bank], free_.data() + begin);
    used_to_[bank] = 0;
  }
  std::fill(full_to_.begin(), full_to_.end(), 0);
}

std::optional<ActivityIndex> Decoder::place_all(std::span<const ActivityIndex> order) noexcept {
  clear();
  for (const ActivityIndex i : order) {
    if (!place(i)) return i;
  }
  return std::nullopt;
}

bool Decoder::place(ActivityIndex i) noexcept {
  const Activity& activity = project_[i];
  const Day days = project_.timeline().days();
  if (activity.fixed) return times_.finishes[i] <= days;
  Day earliest = activity.release;
  for (const ActivityIndex before : project_.predecessors(i)) earliest = std::max(earliest, times_.finishes[before]);
  if (earliest > days) return false;  // behind a fixed activity that has no place
  if (activity.duration == 0) {
    times_.starts[i] = times_.finishes[i] = earliest;
    return true;
  }
  return activity.is_elapsed ? place_elapsed(i, earliest) : place_in_slots(i, earliest);
}

bool Decoder::place_in_slots(ActivityIndex i, Day earliest) noexcept {
  const Activity& activity = project_[i];
  const Timeline& time = project_.timeline();
  std::int32_t& full_to = full_to_[site_.kind(i)];
  std::int32_t slot = time.slot_from(earliest);
  for (;;) {
    const bool is_frontier = slot <= full_to;
    slot = first_room(i, std::max(slot, full_to), activity.duration);
    if (is_frontier) full_to = slot;
    if (slot + activity.duration > time.slots()) return false;
    const Day start = time.day_of(slot);
    const Day finish = time.day_of(slot + activity.duration - 1) + 1;
    const Day open = site_.open_from(activity.closure, start, finish);
    if (open == start) {
      times_.starts[i] = start;
      times_.finishes[i] = finish;
      hold(i, {slot, slot + activity.duration});
      return true;
    }
    slot = time.slot_from(open);
  }
}

bool Decoder::place_elapsed(ActivityIndex i, Day earliest) noexcept {
  const Activity& activity = project_[i];
  const Timeline& time = project_.timeline();
  for (Day start = earliest; start + activity.duration <= time.days();) {
    const Day finish = start + activity.duration;
    const Day open = site_.open_from(activity.closure, start, finish);
    if (open != start) {
      start = open;
      continue;
    }
    const SlotRange held{time.slot_from(start), time.slot_from(finish)};
    const std::int32_t conflict = last_conflict(i, held);
    if (conflict < held.first) {
      times_.starts[i] = start;
      times_.finishes[i] = finish;
      hold(i, held);
      return true;
    }
    start = time.day_of(conflict) + 1;
  }
  return false;
}

// The first slot >= from so that `duration` slots have room; slots() where the timeline has none.
std::int32_t Decoder::first_room(ActivityIndex i, std::int32_t from, std::int32_t duration) const noexcept {
  const auto slots = static_cast<std::int32_t>(site_.slots());
  const auto needs = site_.needs(i);
  std::size_t agreed = 0;  // banks that have room at `from`, in a circle
  for (std::size_t k = 0; agreed < needs.size() && from + duration <= slots; k = k + 1 == needs.size() ? 0 : k + 1) {
    const std::uint64_t* const free = free_.data() + needs[k].bank * site_.slots();
    const std::uint64_t need = needs[k].need;
    const std::int32_t asked = from;
    for (std::int32_t slot = from; slot < from + duration; ++slot) {
      if (lanes::has_room(free[slot], need)) continue;
      from = slot + 1;
      if (from + duration > slots) return slots;
    }
    agreed = from == asked ? agreed + 1 : 1;
  }
  return from + duration <= slots ? from : slots;
}

// range.first - 1 where there is none.
std::int32_t Decoder::last_conflict(ActivityIndex i, SlotRange range) const noexcept {
  std::int32_t last = range.first - 1;
  for (const auto& [bank, need] : site_.needs(i)) {
    const std::uint64_t* const free = free_.data() + bank * site_.slots();
    for (std::int32_t slot = range.last - 1; slot > last; --slot) {
      if (!lanes::has_room(free[slot], need)) last = slot;
    }
  }
  return last;
}

void Decoder::hold(ActivityIndex i, SlotRange range) noexcept {
  for (const auto& [bank, need] : site_.needs(i)) {
    std::uint64_t* const free = free_.data() + bank * site_.slots();
    for (std::int32_t slot = range.first; slot < range.last; ++slot) free[slot] -= need;
    used_to_[bank] = std::max(used_to_[bank], range.last);
  }
}

}  // namespace migplan
