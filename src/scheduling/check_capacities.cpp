#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "plan_check.hpp"

namespace migplan {
namespace {

// So much of a resource, from one day to another, both included.
struct Holding {
  Date from, to;
  std::int64_t amount = 0;
  const ServiceDuty* duty = nullptr;
  const PhaseDuty* phase = nullptr;
};

// What one team has of a resource, or all of them together.
struct Pool {
  const std::string* name = nullptr;
  const ResourceRule* rule = nullptr;
  std::string_view team;  // empty = shared
  std::vector<Holding> holdings;
};

// Days in a row on which more is held than there is.
struct Excess {
  Date from, to;
  std::int64_t peak = 0, capacity = 0;
  std::int32_t days = 0;            // working days
  std::vector<std::size_t> held{};  // holdings on the first day, the last to begin first
  std::size_t others = 0;           // beside those
};

std::int64_t usual_capacity(const Inventory& inventory, const Pool& pool) {
  const auto teams = inventory.teams();
  const auto team = std::find_if(teams.begin(), teams.end(), [&pool](const Team& t) { return t.name == pool.team; });
  const bool has_own = pool.rule->pooling == Pooling::Team && team != teams.end();
  return (has_own ? team->squads.value_or(pool.rule->capacity) : pool.rule->capacity).steps();
}

// Goes through the days of one pool from one change to the next.
class PoolSweep {
 public:
  PoolSweep(const PlanCheck& check, Pool& pool)
      : check_(check), pool_(pool), usual_(usual_capacity(check.card.inventory(), pool)) {
    std::sort(pool.holdings.begin(), pool.holdings.end(), [&check](const Holding& a, const Holding& b) {
      return std::tuple(a.from, check.name_of(*a.duty), a.phase->name) <
             std::tuple(b.from, check.name_of(*b.duty), b.phase->name);
    });
  }

  std::vector<Excess> run() {
    const std::vector<Date> changes = days_of_change();
    for (std::size_t i = 0; i + 1 < changes.size(); ++i) {
      const Date last = *changes[i + 1].plus(-1);
      update(changes[i]);
      look_at(changes[i], last);
    }
    return std::move(excesses_);
  }

 private:
  static Date behind(Date day) { return day.plus(1).value_or(day); }

  [[nodiscard]] std::vector<Date> days_of_change() {
    std::set<Date> days;
    for (std::size_t h = 0; h < pool_.holdings.size(); ++h) {
      Holding& holding = pool_.holdings[h];
      days.insert({holding.from, behind(holding.to)});
      ends_.emplace(behind(holding.to), h);
    }
    if (days.empty()) return {};
    const Date first = *days.begin(), last = *days.rbegin();
    for (const CapacityPeriod& period : pool_.rule->periods) {
      for (const Date day : {period.from, behind(period.to)}) {
        if (first < day && day < last) days.insert(day);
      }
    }
    if (check_.as_of && first < *check_.as_of && *check_.as_of < last) days.insert(*check_.as_of);
    return {days.begin(), days.end()};
  }

  void update(Date day) {
    for (; !ends_.empty() && ends_.begin()->first <= day; ends_.erase(ends_.begin())) {
      const std::size_t h = ends_.begin()->second;
      if (active_.erase(h) != 0) count(pool_.holdings[h], -1);
    }
    for (; next_ < pool_.holdings.size() && pool_.holdings[next_].from <= day; ++next_) {
      count(pool_.holdings[next_], 1);
      active_.insert(next_);
    }
  }

  void count(const Holding& holding, int sign) {
    held_ += sign * holding.amount;
    if (holding.phase->progress == nullptr) planned_ += sign;
  }

  [[nodiscard]] std::int64_t capacity_on(Date day) const {
    const auto& periods = pool_.rule->periods;
    const auto period = std::find_if(periods.rbegin(), periods.rend(),
                                     [day](const CapacityPeriod& p) { return p.from <= day && day <= p.to; });
    return period == periods.rend() ? usual_ : period->capacity.steps();
  }

  // Nobody can plan away what has been, nor what has begun.
  [[nodiscard]] bool is_fact(Date day) const { return planned_ == 0 || (check_.as_of && day < *check_.as_of); }

  void look_at(Date from, Date to) {
    const std::int32_t days = check_.working.count(from, to);
    if (days == 0) return;
    const std::int64_t capacity = capacity_on(from);
    if (held_ <= capacity || is_fact(from)) {
      is_open_ = false;
      return;
    }
    while (!check_.working.has(from)) from = behind(from);
    while (!check_.working.has(to)) to = *to.plus(-1);
    if (!is_open_ || excesses_.back().capacity != capacity) {
      begin(from, capacity);
    }
    Excess& excess = excesses_.back();
    excess.to = to;
    excess.days += days;
    excess.peak = std::max(excess.peak, held_);
    is_open_ = true;
  }

  void begin(Date from, std::int64_t capacity) {
    constexpr std::size_t kNamed = 5;
    Excess& excess = excesses_.emplace_back();
    excess.from = from;
    excess.capacity = capacity;
    for (auto h = active_.rbegin(); h != active_.rend() && excess.held.size() < kNamed; ++h) excess.held.push_back(*h);
    excess.others = active_.size() - excess.held.size();
  }

  const PlanCheck& check_;
  Pool& pool_;
  std::int64_t usual_;
  std::multimap<Date, std::size_t> ends_;  // the day behind each holding
  std::set<std::size_t> active_;
  std::size_t next_ = 0;
  std::int64_t held_ = 0;
  std::int32_t planned_ = 0;  // of `active_`, what has not begun
  bool is_open_ = false;      // the last excess goes on
  std::vector<Excess> excesses_;
};

class Holdings {
 public:
  explicit Holdings(const PlanCheck& check) : check_(check) {}

  std::vector<Pool> pools() {
    for (const ServiceDuty& duty : check_.duties.services) {
      for (const PhaseDuty& phase : duty.phases) {
        if (holds(phase) && is_counted(duty, phase)) hold(duty, phase);
      }
    }
    return std::move(pools_);
  }

 private:
  static bool holds(const PhaseDuty& phase) {
    if (phase.dates == nullptr || phase.rule->resource.empty() || phase.is_over) return false;
    const bool is_past = phase.progress != nullptr && phase.progress->finished;
    return !is_past && phase.dates->start <= phase.dates->finish;
  }

  // Members of a group share their cutover: of the same days the first one by name holds what it needs.
  bool is_counted(const ServiceDuty& duty, const PhaseDuty& phase) {
    const bool is_shared = phase.name == kCutover && check_.duties.groups[duty.group].members.size() > 1;
    return !is_shared || shared_.emplace(duty.group, phase.dates->start, phase.dates->finish).second;
  }

  void hold(const ServiceDuty& duty, const PhaseDuty& phase) {
    const auto resource = check_.policy().resources.find(phase.rule->resource);
    if (resource == check_.policy().resources.end()) return;
    const bool is_per_team = resource->second.pooling == Pooling::Team;
    const std::string_view team = is_per_team ? check_.card.inventory()[duty.service].team : std::string_view{};
    const auto [known, is_new] = numbers_.try_emplace({resource->first, team}, pools_.size());
    if (is_new) pools_.push_back({&resource->first, &resource->second, team, {}});
    pools_[known->second].holdings.push_back(
        {phase.dates->start, phase.dates->finish, phase.rule->amount.steps(), &duty, &phase});
  }

  const PlanCheck& check_;
  std::vector<Pool> pools_;
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> numbers_;
  std::set<std::tuple<std::uint32_t, Date, Date>> shared_;
};

Text message_of(const PlanCheck& check, const Pool& pool, const Excess& excess) {
  std::vector<Text> holders;
  for (const std::size_t h : excess.held) {
    const Holding& holding = pool.holdings[h];
    holders.push_back(say("{} ({})", check.name_of(*holding.duty), Text::perhaps(holding.phase->name)));
  }
  if (excess.others != 0) holders.push_back(say("{} more", excess.others));
  Text name = pool.team.empty() ? Text::verbatim(*pool.name) : say("{} of {}", *pool.name, pool.team);
  Text span = excess.from == excess.to
                  ? Text::verbatim(excess.from.to_string())
                  : say("{} to {}, {} working days", excess.from.to_string(), excess.to.to_string(), excess.days);
  return say("{}: {} held, {} there ({}); {}", std::move(name), excess.peak, excess.capacity, std::move(span),
             Text::joined(std::move(holders), ", "));
}

}  // namespace

void check_capacities(const PlanCheck& check) {
  for (Pool& pool : Holdings(check).pools()) {
    for (const Excess& excess : PoolSweep(check, pool).run()) {
      const Holding& last = pool.holdings[excess.held.front()];
      check.add(Rule::Capacity, *last.duty, *last.phase, excess.from, message_of(check, pool, excess));
    }
  }
}

}  // namespace migplan
