#include "migplan/scheduling/risk.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <thread>

#include "migplan/base/distribution.hpp"
#include "migplan/base/random_stream.hpp"

namespace migplan {
namespace {

double days_of(Ratio days) { return static_cast<double>(days.steps()) / static_cast<double>(Ratio::scale()); }

// Inverse of the distribution function; only steps that IEEE 754 rounds the same everywhere.
double triangular_draw(double low, double likely, double high, RandomStream& random) {
  const double u = random.uniform();
  const double width = high - low;
  if (width <= 0) return likely;
  return u * width < likely - low ? low + std::sqrt(u * width * (likely - low))
                                  : high - std::sqrt((1 - u) * width * (high - likely));
}

// Beta over [low, high] with the shape of PERT (Malcolm, Roseboom, Clark, Fazar 1959): mean (low + 4 likely + high)
// / 6.
double pert_draw(double low, double likely, double high, RandomStream& random) {
  const double width = high - low;
  if (width <= 0) return likely;
  const double first = gamma_draw(1 + 4 * (likely - low) / width, random);
  const double second = gamma_draw(1 + 4 * (high - likely) / width, random);
  return first + second > 0 ? low + width * first / (first + second) : likely;
}

struct ActivityRisk {
  ActivityIndex activity = 0;
  double low = 0, likely = 0, high = 0;
};

// One plan with its order, to be placed anew with other durations.
class Replay {
 public:
  explicit Replay(const Plan& plan)
      : programme_(plan.programme()), order_(order_of(plan.programme().project(), plan.placement())) {
    for (ActivityIndex i = 0; i < order_.size(); ++i) durations_.push_back(programme_.project()[i].duration);
    add_risks();
  }

  [[nodiscard]] std::vector<std::int32_t> drawn(std::uint64_t seed, std::uint64_t draw) const {
    RandomStream random(seed, draw);
    std::vector<std::int32_t> durations = durations_;
    const bool is_pert = programme_.policy().risk.shape == DurationShape::Pert;
    for (const ActivityRisk& risk : risks_) {
      const double days = is_pert ? pert_draw(risk.low, risk.likely, risk.high, random)
                                  : triangular_draw(risk.low, risk.likely, risk.high, random);
      durations[risk.activity] = std::max(static_cast<std::int32_t>(std::floor(days + 0.5)), 1);
    }
    return durations;
  }

  [[nodiscard]] std::optional<Placement> placed(const std::vector<std::int32_t>& durations) const {
    return place_in_order(programme_.project().with_durations(durations), order_);
  }

  [[nodiscard]] Day last_due(const Placement& placement) const {
    Day last = 0;
    for (const ActivityIndex i : programme_.objective().due_activities) last = std::max(last, placement.finishes[i]);
    return last - 1;
  }

  // The durations of the plan with the service's longest phase that has not begun so many working days longer.
  [[nodiscard]] std::vector<std::int32_t> slipped(const Migration& migration) const {
    std::vector<std::int32_t> durations = durations_;
    std::optional<ActivityIndex> longest;
    for (const RoutePhase& phase : programme_.phases(migration)) {
      if (phase.has_begun || phase.is_over_undated || programme_.project()[phase.activity].is_elapsed) continue;
      if (!longest || durations[phase.activity] > durations[*longest]) longest = phase.activity;
    }
    if (longest) durations[*longest] += kSlip;
    return durations;
  }

  // Activities on the chain that ends with the last due one, each beginning when the one before is over.
  [[nodiscard]] std::vector<ActivityIndex> chain(const Placement& placement) const {
    std::vector<ActivityIndex> chain;
    std::optional<ActivityIndex> at;
    for (const ActivityIndex i : programme_.objective().due_activities) {
      if (!at || placement.finishes[i] > placement.finishes[*at]) at = i;
    }
    while (at && chain.size() < order_.size()) {
      chain.push_back(*at);
      at = before(placement, *at);
    }
    return chain;
  }

 private:
  void add_risks() {
    for (ActivityIndex i = 0; i < order_.size(); ++i) {
      const auto owner = programme_.owner_of(i);
      const RoutePhase& phase = programme_.phases(programme_.migrations()[owner.migration])[owner.phase];
      if (phase.has_begun || phase.is_over_undated || durations_[i] == 0) continue;
      risks_.push_back({i, days_of(phase.days.low), days_of(phase.days.likely), days_of(phase.days.high)});
    }
  }

  // A predecessor, or one that held the same resource, that was over on the day on which `i` began, or on days off
  // before it.
  [[nodiscard]] std::optional<ActivityIndex> before(const Placement& placement, ActivityIndex i) const {
    const Project& project = programme_.project();
    const Timeline& time = project.timeline();
    const Day start = placement.starts[i];
    const auto touches = [&](ActivityIndex other) {
      const Day finish = placement.finishes[other];
      return finish <= start && time.slot_from(finish) == time.slot_from(start) && placement.starts[other] < start;
    };
    for (const ActivityIndex other : project.predecessors(i)) {
      if (touches(other)) return other;
    }
    for (const ActivityIndex other : order_) {
      if (placement.starts[other] >= start) continue;
      if (touches(other) && is_rival(other, i)) return other;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_rival(ActivityIndex a, ActivityIndex b) const {
    for (const Demand& left : programme_.project().demands(a)) {
      for (const Demand& right : programme_.project().demands(b)) {
        if (left.resource == right.resource) return true;
      }
    }
    return false;
  }

  const Programme& programme_;
  std::vector<ActivityIndex> order_;
  std::vector<std::int32_t> durations_;
  std::vector<ActivityRisk> risks_;
};

struct Draw {
  bool is_made = false;
  Day finish = 0;
  std::vector<Day> cutovers;            // by migration
  std::vector<std::uint32_t> critical;  // migrations, rising
  std::vector<bool> is_on_time;         // by migration
};

Day quantile(const std::vector<Day>& rising, std::uint32_t percent) {
  const std::size_t rank = (rising.size() * percent + 99) / 100;
  return rising[std::max<std::size_t>(rank, 1) - 1];
}

Quantiles quantiles(std::vector<Day>& days) {
  std::sort(days.begin(), days.end());
  return {quantile(days, 50), quantile(days, 80), quantile(days, 95)};
}

class MonteCarlo {
 public:
  MonteCarlo(const Plan& plan, const RiskOptions& options)
      : programme_(plan.programme()), options_(options), replay_(plan), draws_(options.draws) {}

  Risk run() {
    std::atomic<std::uint32_t> next{0};
    const auto work = [this, &next] {
      for (std::uint32_t d = next++; d < options_.draws; d = next++) {
        if (options_.should_stop && options_.should_stop()) return;
        make(d);
      }
    };
    {
      std::vector<std::jthread> pool;
      for (unsigned i = 1; i < options_.threads; ++i) pool.emplace_back(work);
      work();
    }
    return summary();
  }

 private:
  void make(std::uint32_t d) {
    const auto placement = replay_.placed(replay_.drawn(options_.seed, d));
    Draw& draw = draws_[d];
    draw.is_made = true;
    if (!placement) {  // longer than the calendar
      draw.finish = programme_.project().timeline().days();
      draw.cutovers.assign(programme_.migrations().size(), draw.finish);
      draw.is_on_time.assign(programme_.migrations().size(), false);
      return;
    }
    draw.finish = replay_.last_due(*placement);
    const bool is_for_cutover = programme_.policy().deadline_applies_to == DeadlineFor::Cutover;
    for (const Migration& migration : programme_.migrations()) {
      const ActivityIndex cutover = programme_.groups()[migration.group].cutover;
      const ActivityIndex judged = is_for_cutover ? cutover : programme_.phases(migration).back().activity;
      draw.cutovers.push_back(placement->starts[cutover]);
      draw.is_on_time.push_back(placement->finishes[judged] <= *programme_.objective().due);
    }
    for (const ActivityIndex i : replay_.chain(*placement)) {
      const auto owner = programme_.owner_of(i);
      const Migration& migration = programme_.migrations()[owner.migration];
      const bool is_shared = programme_.phases(migration)[owner.phase].name == kCutover;
      if (!is_shared) draw.critical.push_back(owner.migration);
      const auto& members = programme_.groups()[migration.group].members;
      if (is_shared) draw.critical.insert(draw.critical.end(), members.begin(), members.end());
    }
    std::sort(draw.critical.begin(), draw.critical.end());
    draw.critical.erase(std::unique(draw.critical.begin(), draw.critical.end()), draw.critical.end());
  }

  Risk summary() {
    Risk risk;
    std::erase_if(draws_, [](const Draw& draw) { return !draw.is_made; });
    risk.draws = static_cast<std::uint32_t>(draws_.size());
    if (risk.draws == 0) return risk;
    risk.services.resize(programme_.migrations().size());
    for (const Draw& draw : draws_) {
      risk.finishes.push_back(draw.finish);
      if (draw.finish < *programme_.objective().due) ++risk.on_time;
      for (const std::uint32_t m : draw.critical) ++risk.services[m].critical;
    }
    risk.finish = quantiles(risk.finishes);
    std::vector<Day> cutovers(draws_.size());
    for (std::uint32_t m = 0; m < risk.services.size(); ++m) {
      risk.services[m].migration = m;
      for (std::size_t d = 0; d < draws_.size(); ++d) {
        cutovers[d] = draws_[d].cutovers[m];
        if (draws_[d].is_on_time[m]) ++risk.services[m].on_time;
      }
      risk.services[m].cutover = quantiles(cutovers);
    }
    add_slips(risk);
    return risk;
  }

  void add_slips(Risk& risk) const {
    constexpr std::size_t kMost = 500;
    std::vector<std::uint32_t> by_criticality(risk.services.size());
    std::iota(by_criticality.begin(), by_criticality.end(), 0U);
    std::stable_sort(by_criticality.begin(), by_criticality.end(), [&risk](std::uint32_t a, std::uint32_t b) {
      return risk.services[a].critical > risk.services[b].critical;
    });
    by_criticality.resize(std::min(by_criticality.size(), kMost));
    std::vector<std::int32_t> planned;
    for (ActivityIndex i = 0; i < programme_.project().size(); ++i) planned.push_back(programme_.project()[i].duration);
    const auto before = replay_.placed(planned);
    if (!before) return;
    for (const std::uint32_t m : by_criticality) {
      const auto after = replay_.placed(replay_.slipped(programme_.migrations()[m]));
      if (!after) continue;
      risk.services[m].slip_of_end = replay_.last_due(*after) - replay_.last_due(*before);
      std::int32_t others = 0;
      for (const MoveGroup& group : programme_.groups()) {
        if (&group == &programme_.groups()[programme_.migrations()[m].group]) continue;
        const Day moved = after->starts[group.cutover] - before->starts[group.cutover];
        others += std::max(moved, 0) * static_cast<std::int32_t>(group.members.size());
      }
      risk.services[m].slip_of_others = others;
    }
  }

  const Programme& programme_;
  const RiskOptions& options_;
  Replay replay_;
  std::vector<Draw> draws_;
};

}  // namespace

Risk risk_of(const Plan& plan, const RiskOptions& options) { return MonteCarlo(plan, options).run(); }

}  // namespace migplan
