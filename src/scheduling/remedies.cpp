#include <algorithm>
#include <set>
#include <utility>

#include "migplan/scheduling/feasibility.hpp"

namespace migplan {
namespace {

constexpr std::uint64_t kShare = 100, kTrialBudget = 200;  // schedules a trial: a hundredth of the search, 200 at most
constexpr std::size_t kSmall = 1'000;  // services; beyond, single services are not tried one after the other

class RemedySearch {
 public:
  RemedySearch(const Scorecard& card, const ProgrammeOptions& options, const SearchOptions& search,
               const Planning& planning)
      : card_(card), options_(options), search_(search), planning_(planning) {
    search_.budget = std::clamp<std::uint64_t>(search_.budget / kShare, 1, kTrialBudget);
  }

  std::vector<Remedy> run() {
    if (planning_.plan) {
      remedies_.push_back(earliest_end());
      if (!is_stopped()) add_drop();
    }
    const auto& resources = planning_.programme->resources();
    for (ResourceIndex r = 0; r < resources.size() && !is_stopped(); ++r) {
      if (auto remedy = more_of(r)) remedies_.push_back(std::move(*remedy));
    }
    return std::move(remedies_);
  }

 private:
  [[nodiscard]] bool is_stopped() const { return search_.should_stop && search_.should_stop(); }

  [[nodiscard]] std::optional<Planning> try_plan(const ProgrammeOptions& options) const {
    auto made = make_plan(card_, options, search_);
    if (!made.is_ok() || !made.value().plan) return std::nullopt;
    return std::move(made).value();
  }
  [[nodiscard]] bool is_met(const ProgrammeOptions& options) const {
    const auto found = try_plan(options);
    return found && found->plan->is_end_met();
  }
  [[nodiscard]] bool is_refuted(const ProgrammeOptions& options) const {
    const auto programme = Programme::create(card_, options);
    return programme.is_ok() && !proofs_of_lateness(programme.value()).empty();
  }

  [[nodiscard]] static Date last_due(const Plan& plan) {
    Day last = 0;
    for (const ActivityIndex i : plan.programme().objective().due_activities) last = std::max(last, plan.finish(i));
    return plan.programme().date_of(last - 1);
  }

  // The end of the best plan for the makespan, or of this one; proven where a day less is refuted.
  Remedy earliest_end() {
    Date best = last_due(*planning_.plan);
    ProgrammeOptions options = options_;
    options.goal = Goal::Makespan;
    if (const auto found = try_plan(options)) best = std::min(best, last_due(*found->plan));
    options.goal = options_.goal;
    options.end = best.plus(-1);
    return {.kind = RemedyKind::End, .end = best, .is_proven = is_refuted(options)};
  }

  [[nodiscard]] ProgrammeOptions with_capacity(const std::string& resource, std::int64_t amount) const {
    ProgrammeOptions options = options_;
    options.capacities[resource] = Count::from_steps(amount);
    return options;
  }

  // The smallest amount found of one resource, all others as they are. Amounts are tried from the least that is not
  // refuted: doubling until a plan fits, then halving the distance.
  std::optional<Remedy> more_of(ResourceIndex r) {
    const std::string& name = planning_.programme->resources()[r].name;
    const std::int64_t now = usual(r);
    Remedy remedy{.kind = RemedyKind::Capacity, .resource = name, .from = now, .to = now};
    const std::int64_t most = most_at_once(r);
    if (most <= now || !is_met(with_capacity(name, most))) return std::nullopt;
    std::int64_t refuted = now, met = most;  // `refuted` does not do, as far as is known
    bool is_proven = true;
    while (met - refuted > 1 && !is_stopped()) {
      const std::int64_t middle = refuted + (met - refuted) / 2;
      const ProgrammeOptions options = with_capacity(name, middle);
      if (!is_refuted(options) && is_met(options)) {
        met = middle;
      } else {
        refuted = middle;
      }
    }
    is_proven = is_refuted(with_capacity(name, met - 1));
    remedy.to = met;
    remedy.is_proven = is_proven;
    return remedy;
  }

  [[nodiscard]] std::int64_t usual(ResourceIndex r) const {
    const auto capacity = planning_.programme->project().capacity(r);
    return capacity.empty() ? 0 : *std::max_element(capacity.begin(), capacity.end());
  }

  // Enough for everything that may want the resource at one time.
  [[nodiscard]] std::int64_t most_at_once(ResourceIndex r) const {
    const Project& project = planning_.programme->project();
    std::int64_t sum = 0;
    for (ActivityIndex i = 0; i < project.size(); ++i) {
      for (const Demand& demand : project.demands(i)) sum += demand.resource == r ? demand.amount : 0;
    }
    return std::min<std::int64_t>(sum, Project::kGreatestCapacity);
  }

  // Services by what their loss costs least: the lowest tier first, then the lowest score.
  [[nodiscard]] std::vector<ServiceIndex> candidates() const {
    std::vector<ServiceIndex> services;
    if (planning_.programme->migrations().size() > kSmall) return services;
    for (const Migration& migration : planning_.programme->migrations()) services.push_back(migration.service);
    std::stable_sort(services.begin(), services.end(),
                     [this](ServiceIndex a, ServiceIndex b) { return card_[a].total < card_[b].total; });
    return services;
  }

  void add_drop() {
    std::vector<ServiceIndex> dropped = late_services();
    if (dropped.empty()) return;
    if (!is_met(without(dropped))) return;
    // One alone, the cheapest first, then fewer of those that are late.
    for (const ServiceIndex service : candidates()) {
      if (dropped.size() == 1 || is_stopped()) break;
      if (is_refuted(without({service})) || !is_met(without({service}))) continue;
      dropped = {service};
    }
    if (planning_.programme->migrations().size() > kSmall) return add_drop(dropped);
    for (std::size_t k = dropped.size(); k-- > 0 && dropped.size() > 1 && !is_stopped();) {
      std::vector<ServiceIndex> fewer = dropped;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(k));
      if (!is_refuted(without(fewer)) && is_met(without(fewer))) dropped = std::move(fewer);
    }
    add_drop(dropped);
  }

  void add_drop(const std::vector<ServiceIndex>& dropped) {
    Remedy remedy{.kind = RemedyKind::Drop};
    for (const ServiceIndex service : dropped) remedy.services.emplace_back(card_.inventory()[service].name);
    std::sort(remedy.services.begin(), remedy.services.end());
    remedy.is_proven = dropped.size() == 1 && is_refuted(options_);
    remedies_.push_back(std::move(remedy));
  }

  [[nodiscard]] std::vector<ServiceIndex> late_services() const {
    std::vector<ServiceIndex> late;
    for (const Migration& migration : planning_.programme->migrations()) {
      if (planning_.plan->is_late(migration)) late.push_back(migration.service);
    }
    std::stable_sort(late.begin(), late.end(),
                     [this](ServiceIndex a, ServiceIndex b) { return card_[a].total < card_[b].total; });
    return late;
  }

  [[nodiscard]] ProgrammeOptions without(const std::vector<ServiceIndex>& services) const {
    ProgrammeOptions options = options_;
    options.dropped.insert(options.dropped.end(), services.begin(), services.end());
    return options;
  }

  const Scorecard& card_;
  const ProgrammeOptions& options_;
  SearchOptions search_;
  const Planning& planning_;
  std::vector<Remedy> remedies_;
};

}  // namespace

std::string_view name_of(RemedyKind kind) noexcept {
  switch (kind) {
    case RemedyKind::Capacity: return "capacity";
    case RemedyKind::Drop: return "drop";
    case RemedyKind::End: return "end";
  }
  return "";
}

Infeasibility explain_lateness(const Scorecard& card, const ProgrammeOptions& options, const SearchOptions& search,
                               const Planning& planning) {
  Infeasibility result;
  result.proofs = proofs_of_lateness(*planning.programme);
  if (planning.plan) {
    for (const Migration& migration : planning.programme->migrations()) {
      if (planning.plan->is_late(migration)) result.late.emplace_back(planning.programme->name_of(migration));
    }
  }
  result.remedies = RemedySearch(card, options, search, planning).run();
  return result;
}

}  // namespace migplan
