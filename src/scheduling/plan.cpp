#include "migplan/scheduling/plan.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace migplan {

std::string_view name_of(BindingKind kind) noexcept {
  switch (kind) {
    case BindingKind::ProgrammeStart: return "programme start";
    case BindingKind::TierGate: return "tier gate";
    case BindingKind::AsOf: return "as of";
    case BindingKind::Pin: return "pin";
    case BindingKind::Progress: return "progress";
    case BindingKind::Predecessor: return "predecessor";
    case BindingKind::Resource: return "resource";
    case BindingKind::Freeze: return "freeze";
    case BindingKind::Previous: return "previous plan";
  }
  return "";
}

Plan::Plan(const Programme& programme, Placement placement) : programme_(&programme), placement_(std::move(placement)) {
  for (const Day finish : placement_.finishes) makespan_ = std::max(makespan_, finish);
  add_loads();
}

void Plan::add_loads() {
  const Project& project = programme_->project();
  const Timeline& time = project.timeline();
  loads_.resize(project.resource_count());
  for (Load& load : loads_) load.used.resize(static_cast<std::size_t>(time.slots()));
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    for (const Demand& demand : project.demands(i)) {
      Load& load = loads_[demand.resource];
      const std::int32_t from = time.slot_from(start(i)), behind = time.slot_from(finish(i));
      for (std::int32_t slot = from; slot < behind; ++slot) load.used[static_cast<std::size_t>(slot)] += demand.amount;
      load.work += std::int64_t{behind - from} * demand.amount;
      load.last_slot = std::max(load.last_slot, behind);
      holds_.push_back({demand.resource, finish(i), i});
    }
  }
  std::sort(holds_.begin(), holds_.end());
  for (ResourceIndex r = 0; r < loads_.size(); ++r) {
    Load& load = loads_[r];
    const auto capacity = project.capacity(r);
    for (std::size_t slot = 0; slot < static_cast<std::size_t>(load.last_slot); ++slot) {
      load.peak = std::max(load.peak, load.used[slot]);
      load.available += capacity[slot];
      if (load.used[slot] >= capacity[slot] && load.used[slot] > 0) ++load.full_slots;
    }
  }
}

std::optional<ActivityIndex> Plan::holder(ResourceIndex resource, Day before) const {
  auto hold = std::lower_bound(holds_.begin(), holds_.end(), Hold{resource, before, 0});
  for (; hold != holds_.end() && hold->resource == resource; ++hold) {
    if (start(hold->activity) < before) return hold->activity;
  }
  return std::nullopt;
}

const Freeze* Plan::freeze_on(std::string_view phase, Day from, Day behind) const {
  for (const Freeze& freeze : programme_->policy().calendar.freezes) {
    if (programme_->day_of(freeze.to) < from || programme_->day_of(freeze.from) >= behind) continue;
    if (std::find(freeze.forbids.begin(), freeze.forbids.end(), phase) != freeze.forbids.end()) return &freeze;
  }
  return nullptr;
}

// What stands in the way on the working day before the start.
Binding Plan::obstacle(const RoutePhase& phase) const {
  const Project& project = programme_->project();
  const Timeline& time = project.timeline();
  const Activity& activity = project[phase.activity];
  const Day begin = start(phase.activity);
  const std::int32_t slot = activity.is_elapsed ? time.slot_from(begin) : time.slot_from(begin) - 1;
  const Day earlier = activity.is_elapsed ? begin - 1 : time.day_of(slot);
  if (const Freeze* const freeze = freeze_on(phase.name, earlier, project.finish_of(phase.activity, earlier))) {
    return {.kind = BindingKind::Freeze, .freeze = freeze};
  }
  for (const Demand& demand : project.demands(phase.activity)) {
    const auto at = static_cast<std::size_t>(time.slot_from(earlier));
    if (loads_[demand.resource].used[at] + demand.amount <= project.capacity(demand.resource)[at]) continue;
    return {.kind = BindingKind::Resource, .activity = holder(demand.resource, begin), .resource = demand.resource};
  }
  return {.kind = BindingKind::Previous};
}

Binding Plan::binding(const RoutePhase& phase) const {
  const Project& project = programme_->project();
  const Activity& activity = project[phase.activity];
  if (phase.has_begun) return {.kind = BindingKind::Progress};
  if (activity.fixed) return {.kind = BindingKind::Pin};
  Day earliest = activity.release;
  std::optional<ActivityIndex> last;
  for (const ActivityIndex before : project.predecessors(phase.activity)) {
    if (finish(before) <= earliest) continue;
    earliest = finish(before);
    last = before;
  }
  const Timeline& time = project.timeline();
  if (!activity.is_elapsed) earliest = time.day_of(time.slot_from(earliest));
  if (start(phase.activity) > earliest) return obstacle(phase);
  if (last) return {.kind = BindingKind::Predecessor, .activity = last};
  switch (phase.reason) {
    case ReleaseReason::TierGate: return {.kind = BindingKind::TierGate};
    case ReleaseReason::AsOf: return {.kind = BindingKind::AsOf};
    case ReleaseReason::Previous: return {.kind = BindingKind::Previous};
    case ReleaseReason::ProgrammeStart: break;
  }
  return {.kind = BindingKind::ProgrammeStart};
}

bool Plan::has_room(ActivityIndex i, std::int32_t slot) const {
  const Project& project = programme_->project();
  const Timeline& time = project.timeline();
  for (const Demand& demand : project.demands(i)) {
    for (std::int32_t at = slot; at < slot + project[i].duration; ++at) {
      if (at >= time.slots()) return false;
      const Day day = time.day_of(at);
      const bool is_own = day >= start(i) && day < finish(i);
      const std::int32_t others =
          loads_[demand.resource].used[static_cast<std::size_t>(at)] - (is_own ? demand.amount : 0);
      if (others + demand.amount > project.capacity(demand.resource)[static_cast<std::size_t>(at)]) return false;
    }
  }
  return true;
}

std::int32_t Plan::slack(const Migration& migration) const {
  const Project& project = programme_->project();
  const Timeline& time = project.timeline();
  const ActivityIndex cutover = programme_->groups()[migration.group].cutover;
  const Day due = *programme_->objective().due;
  Day limit = due;  // the cutover has to be over by then
  for (const std::uint32_t member : programme_->groups()[migration.group].members) {
    const Migration& other = programme_->migrations()[member];
    if (programme_->policy().deadline_applies_to == DeadlineFor::Cutover) break;
    const auto phases = programme_->phases(other);
    limit = std::min(limit, due - (finish(phases.back().activity) - finish(cutover)));
  }
  for (const ActivityIndex after : project.successors(cutover)) {
    const auto owner = programme_->owner_of(after);
    const bool is_own = programme_->migrations()[owner.migration].group == migration.group;
    if (!is_own) limit = std::min(limit, start(after));
  }
  const std::int32_t from = time.slot_from(start(cutover));
  if (finish(cutover) > limit) return std::min(time.slot_from(std::max(limit, 0)) - time.slot_from(finish(cutover)), 0);
  if (project[cutover].fixed) return 0;
  const auto& closed = project.closures()[project[cutover].closure];
  std::int32_t furthest = from;
  for (std::int32_t slot = from + 1; slot < time.slots(); ++slot) {
    const Day day = time.day_of(slot), behind = project.finish_of(cutover, day);
    if (behind > limit) break;
    const auto at = [&closed](Day d) { return closed.begin() + d; };
    const bool is_closed = !closed.empty() && std::find(at(day), at(behind), true) != at(behind);
    if (!is_closed && has_room(cutover, slot)) furthest = slot;
  }
  return furthest - from;
}

std::vector<ActivityIndex> Plan::critical_chain() const {
  std::vector<ActivityIndex> chain;
  const auto& finishes = placement_.finishes;
  std::optional<ActivityIndex> at;
  if (!finishes.empty()) {
    at = static_cast<ActivityIndex>(std::max_element(finishes.begin(), finishes.end()) - finishes.begin());
  }
  while (at && chain.size() < finishes.size()) {
    chain.push_back(*at);
    const auto owner = programme_->owner_of(*at);
    const RoutePhase& phase = programme_->phases(programme_->migrations()[owner.migration])[owner.phase];
    at = phase.has_begun ? std::nullopt : binding(phase).activity;
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

std::vector<Bridge> Plan::bridges() const {
  std::vector<Bridge> bridges;
  for (const Call& call : programme_->calls()) {
    const Day from = cutover(programme_->migrations()[call.caller]);
    const Day to = cutover(programme_->migrations()[call.callee]);
    if (from < to) bridges.push_back({call.caller, call.callee, from, to});
  }
  std::sort(bridges.begin(), bridges.end(), [](const Bridge& a, const Bridge& b) {
    return std::tuple(a.from, a.caller, a.callee) < std::tuple(b.from, b.caller, b.callee);
  });
  return bridges;
}

std::vector<Wave> Plan::waves() const {
  std::map<Quarter, Wave> waves;
  const auto migrations = programme_->migrations();
  for (std::uint32_t m = 0; m < migrations.size(); ++m) {
    Wave& wave = waves[window(migrations[m])];
    wave.window = window(migrations[m]);
    wave.migrations.push_back(m);
  }
  std::vector<Wave> list;
  for (auto& [quarter, wave] : waves) {
    std::sort(wave.migrations.begin(), wave.migrations.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(cutover(migrations[a]), a) < std::pair(cutover(migrations[b]), b);
    });
    list.push_back(std::move(wave));
  }
  return list;
}

bool Plan::is_late(const Migration& migration) const {
  const bool is_for_cutover = programme_->policy().deadline_applies_to == DeadlineFor::Cutover;
  const ActivityIndex judged =
      is_for_cutover ? programme_->groups()[migration.group].cutover : programme_->phases(migration).back().activity;
  return finish(judged) > *programme_->objective().due;
}

bool Plan::is_end_met() const {
  const auto migrations = programme_->migrations();
  return std::none_of(migrations.begin(), migrations.end(), [this](const Migration& m) { return is_late(m); });
}

PlanDates Plan::dates() const {
  PlanDates dates;
  for (const Migration& migration : programme_->migrations()) {
    DatedService& service = dates.services.emplace_back();
    service.name = programme_->name_of(migration);
    for (const RoutePhase& phase : programme_->phases(migration)) {
      if (phase.is_over_undated) continue;
      service.phases.push_back({std::string(phase.name), programme_->date_of(start(phase.activity)),
                                programme_->date_of(finish(phase.activity) - 1)});
    }
  }
  return dates;
}

const RoutePhase& Plan::root_cause(const Migration& migration) const {
  const auto phases = programme_->phases(migration);
  std::size_t k = 0;
  while (k + 1 < phases.size() && phases[k].name != kCutover) ++k;
  while (k > 0) {
    const Binding why = binding(phases[k]);
    if (why.kind != BindingKind::Predecessor || *why.activity != phases[k - 1].activity) break;
    --k;
  }
  return phases[k];
}

}  // namespace migplan
