#include "critical_path.hpp"

#include <algorithm>

namespace migplan {
namespace {

struct Span {
  Day start = 0, finish = 0;
};

Span earliest_span(const Site& site, ActivityIndex i, Day earliest) {
  const Project& project = site.project();
  const Timeline& time = project.timeline();
  const Day never = time.days() + 1;
  const Activity& activity = project[i];
  if (earliest > time.days()) return {never, never};
  for (Day start = earliest;;) {
    if (activity.duration > 0 && !activity.is_elapsed) start = time.day_of(time.slot_from(start));
    const Day finish = project.finish_of(i, start);
    if (finish == never) return {never, never};
    const Day open = site.open_from(activity.closure, start, finish);
    if (open == start) return {start, finish};
    start = open;
  }
}

}  // namespace

Heads heads_of(const Site& site) {
  const Project& project = site.project();
  Heads heads{std::vector<Day>(project.size()), std::vector<Day>(project.size())};
  for (const ActivityIndex i : project.topological_order()) {
    const Activity& activity = project[i];
    if (activity.fixed) {
      heads.starts[i] = *activity.fixed;
      heads.finishes[i] = project.finish_of(i, *activity.fixed);
      continue;
    }
    Day earliest = activity.release;
    for (const ActivityIndex before : project.predecessors(i)) earliest = std::max(earliest, heads.finishes[before]);
    const Span span = earliest_span(site, i, earliest);
    heads.starts[i] = span.start;
    heads.finishes[i] = span.finish;
  }
  return heads;
}

Tails tails_of(const Project& project) {
  Tails tails{std::vector<std::int32_t>(project.size()), std::vector<std::int32_t>(project.size())};
  const auto order = project.topological_order();
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    for (const ActivityIndex after : project.successors(*i)) {
      const Activity& next = project[after];
      if (next.fixed) continue;  // it does not wait for anyone
      tails.days[*i] = std::max(tails.days[*i], tails.days[after] + next.duration);
      tails.slots[*i] = std::max(tails.slots[*i], tails.slots[after] + (next.is_elapsed ? 0 : next.duration));
    }
  }
  return tails;
}

}  // namespace migplan
