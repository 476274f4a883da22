#include "migplan/scheduling/instance_check.hpp"

#include <algorithm>
#include <map>

namespace migplan {
namespace {

void check_precedences(const Project& project, std::span<const Day> starts, std::vector<Text>& broken) {
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    if (starts[i] < 0) broken.push_back(say("job {} starts on {}, before 0", i + 1, starts[i]));
    const Day finish = starts[i] + project[i].duration;
    for (const ActivityIndex after : project.successors(i)) {
      if (starts[after] >= finish) continue;
      broken.push_back(
          say("job {} starts on {}, its predecessor {} is over on {}", after + 1, starts[after], i + 1, finish));
    }
  }
}

void check_capacities(const Project& project, std::span<const Day> starts, std::vector<Text>& broken) {
  for (ResourceIndex r = 0; r < project.resource_count(); ++r) {
    std::map<Day, std::int64_t> change;  // of what is held, by day
    for (ActivityIndex i = 0; i < project.size(); ++i) {
      for (const Demand& demand : project.demands(i)) {
        if (demand.resource != r) continue;
        change[starts[i]] += demand.amount;
        change[starts[i] + project[i].duration] -= demand.amount;
      }
    }
    const auto capacity = project.capacity(r);
    const std::int64_t there = capacity.empty() ? 0 : capacity.front();
    std::int64_t held = 0;
    for (const auto& [day, amount] : change) {
      held += amount;
      if (held > there) {
        broken.push_back(say("{} of resource {} are held on {}, there are {}", held, r + 1, day, there));
      }
    }
  }
}

}  // namespace

std::vector<Text> broken_by(const Project& project, std::span<const Day> starts, Day makespan) {
  if (starts.size() != project.size()) {
    return {say("{} starts for {} jobs", starts.size(), project.size())};
  }
  std::vector<Text> broken;
  check_precedences(project, starts, broken);
  check_capacities(project, starts, broken);
  Day greatest = 0;
  for (ActivityIndex i = 0; i < project.size(); ++i) greatest = std::max(greatest, starts[i] + project[i].duration);
  if (greatest != makespan) broken.push_back(say("the makespan is {}, not {}", greatest, makespan));
  return broken;
}

}  // namespace migplan
