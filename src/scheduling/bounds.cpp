#include "migplan/scheduling/bounds.hpp"

#include <algorithm>
#include <numeric>

#include "critical_path.hpp"
#include "destructive_bound.hpp"
#include "flat_network.hpp"

namespace migplan {
namespace {

// Energy of one resource. Fixed activities are taken out, with what they hold.
class EnergyBound {
 public:
  EnergyBound(const Site& site, const Tails& tails) : site_(site), time_(site.project().timeline()), tails_(tails) {}

  struct Work {
    Day head = 0;
    ActivityIndex activity = 0;
    std::int64_t amount = 0;  // of slots times demand
  };

  // works: of the activities that need the resource. Each set of those that begin on a head or later is tested.
  [[nodiscard]] Day of(ResourceIndex r, std::vector<Work> works) const {
    std::sort(works.begin(), works.end(), [](const Work& a, const Work& b) { return a.head > b.head; });
    std::vector<std::int64_t> given(site_.slots() + 1);  // capacity of all slots before
    for (std::size_t slot = 0; slot < site_.slots(); ++slot) given[slot + 1] = given[slot] + site_.capacity(r, slot);
    Day bound = 0;
    std::int64_t work = 0;
    std::int32_t tail_days = INT32_MAX, tail_slots = INT32_MAX;
    for (const Work& next : works) {
      work += next.amount;
      tail_days = std::min(tail_days, tails_.days[next.activity]);
      tail_slots = std::min(tail_slots, tails_.slots[next.activity]);
      bound = std::max(bound, earliest_end(given, next.head, work, tail_days, tail_slots));
    }
    return bound;
  }

 private:
  [[nodiscard]] Day earliest_end(const std::vector<std::int64_t>& given, Day head, std::int64_t work,
                                 std::int32_t tail_days, std::int32_t tail_slots) const {
    const Day never = time_.days() + 1;
    if (head > time_.days()) return never;
    const std::int64_t needed = given[static_cast<std::size_t>(time_.slot_from(head))] + work;
    const auto end = std::lower_bound(given.begin(), given.end(), needed) - given.begin();
    if (end >= static_cast<std::ptrdiff_t>(given.size())) return never;
    const auto slots = static_cast<std::int32_t>(end);
    const Day by_slots = slots + tail_slots > time_.slots() ? never : behind(slots + tail_slots);
    return std::min(never, std::max(by_slots, behind(slots) + tail_days));
  }
  [[nodiscard]] Day behind(std::int32_t slots) const { return slots == 0 ? 0 : time_.day_of(slots - 1) + 1; }

  const Site& site_;
  const Timeline& time_;
  const Tails& tails_;
};

// An activity that elapses holds resources at least on as many slots as any run of so many days has.
std::int64_t fewest_slots(const Timeline& time, std::int32_t days) {
  std::int32_t fewest = days;
  for (Day start = 0; start + days <= time.days(); ++start) {
    fewest = std::min(fewest, time.slot_from(start + days) - time.slot_from(start));
  }
  return fewest;
}

std::vector<Day> energy_bounds(const Site& site, const Heads& heads) {
  const Project& project = site.project();
  const Tails tails = tails_of(project);
  std::vector<std::vector<EnergyBound::Work>> works(project.resource_count());
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    const Activity& activity = project[i];
    if (activity.fixed || activity.duration == 0 || project.demands(i).empty()) continue;
    const std::int64_t slots =
        activity.is_elapsed ? fewest_slots(project.timeline(), activity.duration) : activity.duration;
    for (const auto& [resource, amount] : project.demands(i)) {
      if (amount > 0) works[resource].push_back({heads.starts[i], i, slots * amount});
    }
  }
  const EnergyBound energy(site, tails);
  std::vector<Day> bounds;
  for (ResourceIndex r = 0; r < works.size(); ++r) bounds.push_back(energy.of(r, std::move(works[r])));
  return bounds;
}

}  // namespace

Day LowerBounds::best() const noexcept {
  Day greatest = std::max(critical_path, destructive);
  for (const Day day : energy) greatest = std::max(greatest, day);
  return greatest;
}

LowerBounds lower_bounds(const Project& project, bool destructive) {
  const Site site(project);
  const Heads heads = heads_of(site);
  LowerBounds bounds;
  for (const Day finish : heads.finishes) bounds.critical_path = std::max(bounds.critical_path, finish);
  bounds.energy = energy_bounds(site, heads);
  bounds.destructive = bounds.best();
  if (destructive && FlatNetwork::of(project)) {
    bounds.destructive = destructive_bound(project, heads, tails_of(project), bounds.destructive);
  }
  return bounds;
}

}  // namespace migplan
