#include <algorithm>
#include <map>
#include <utility>

#include "critical_path.hpp"
#include "migplan/scheduling/feasibility.hpp"

namespace migplan {
namespace {

constexpr Day kNoLimit = std::numeric_limits<Day>::max();

// The latest day by which each activity must be over for the end to be met, closures and resources left out; kNoLimit
// where the end does not ask for it.
std::vector<Day> latest_finishes(const Project& project, const Objective& objective) {
  std::vector<Day> latest(project.size(), kNoLimit);
  for (const ActivityIndex i : objective.due_activities) latest[i] = *objective.due;
  const Timeline& time = project.timeline();
  const auto order = project.topological_order();
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    if (latest[*at] == kNoLimit) continue;
    const Activity& activity = project[*at];
    Day start = latest[*at] - activity.duration;
    if (!activity.is_elapsed && activity.duration > 0) {
      const std::int32_t slot = time.slot_from(std::clamp(latest[*at], 0, time.days())) - activity.duration;
      start = slot < 0 ? -1 : time.day_of(slot);
    }
    for (const ActivityIndex before : project.predecessors(*at)) latest[before] = std::min(latest[before], start);
  }
  return latest;
}

struct Work {
  Day head, deadline;
  std::int64_t amount;  // units x slots
};

class EnergyProof {
 public:
  EnergyProof(const Programme& programme, ResourceIndex resource) : programme_(programme), resource_(resource) {
    const auto capacity = programme.project().capacity(resource);
    given_.push_back(0);
    for (const std::int32_t amount : capacity) given_.push_back(given_.back() + amount);
  }

  // The span that lacks most, if one lacks anything. All pairs of head and deadline for a few thousand works, the
  // widest spans for more.
  std::optional<Proof> run(std::vector<Work> works) {
    std::sort(works.begin(), works.end(), [](const Work& a, const Work& b) { return a.deadline < b.deadline; });
    std::vector<Day> heads;
    heads.reserve(works.size());
    for (const Work& work : works) heads.push_back(work.head);
    std::sort(heads.begin(), heads.end());
    heads.erase(std::unique(heads.begin(), heads.end()), heads.end());
    constexpr std::size_t kMostPairs = 20'000'000;
    const std::size_t most_heads = works.empty() ? 0 : std::max<std::size_t>(kMostPairs / works.size(), 1);
    if (heads.size() > most_heads) heads.resize(most_heads);
    for (const Day head : heads) try_head(head, works);
    return worst_;
  }

 private:
  void try_head(Day head, const std::vector<Work>& works) {
    std::int64_t needed = 0;
    for (std::size_t i = 0; i < works.size(); ++i) {
      if (works[i].head >= head) needed += works[i].amount;
      const bool is_last = i + 1 == works.size() || works[i + 1].deadline != works[i].deadline;
      if (is_last) weigh(head, works[i].deadline, needed);
    }
  }

  void weigh(Day from, Day behind, std::int64_t needed) {
    const Timeline& time = programme_.project().timeline();
    const auto first = static_cast<std::size_t>(time.slot_from(std::clamp(from, 0, time.days())));
    const auto last = static_cast<std::size_t>(time.slot_from(std::clamp(behind, 0, time.days())));
    const std::int64_t available = last > first ? given_[last] - given_[first] : 0;
    const std::int64_t lack = needed - available;
    if (lack <= 0 || (worst_ && worst_->needed - worst_->available >= lack)) return;
    worst_ = Proof{.kind = ProofKind::Energy,
                   .resource = resource_,
                   .from = programme_.date_of(from),
                   .to = programme_.date_of(std::max(behind, from + 1) - 1),
                   .needed = needed,
                   .available = available};
  }

  const Programme& programme_;
  ResourceIndex resource_;
  std::vector<std::int64_t> given_;  // sums of capacity
  std::optional<Proof> worst_;
};

std::vector<Proof> chain_proofs(const Programme& programme, const Heads& heads) {
  std::map<TierIndex, Proof> first_of_tier;
  for (std::uint32_t m = 0; m < programme.migrations().size(); ++m) {
    const MoveGroup& group = programme.groups()[programme.migrations()[m].group];
    const auto phases = programme.phases(programme.migrations()[m]);
    const bool is_for_cutover = programme.policy().deadline_applies_to == DeadlineFor::Cutover;
    const Day finish = heads.finishes[is_for_cutover ? group.cutover : phases.back().activity];
    if (finish <= *programme.objective().due) continue;
    const Proof proof{.kind = ProofKind::Chain, .migration = m, .from = {}, .to = programme.date_of(finish - 1)};
    const auto [known, is_new] = first_of_tier.try_emplace(group.tier, proof);
    if (!is_new && proof.to > known->second.to) known->second = proof;
  }
  std::vector<Proof> proofs;
  proofs.reserve(first_of_tier.size());
  for (const auto& [tier, proof] : first_of_tier) proofs.push_back(proof);
  return proofs;
}

std::vector<Proof> never_proofs(const Programme& programme) {
  std::map<ResourceIndex, Proof> proofs;
  const Project& project = programme.project();
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    for (const Demand& demand : project.demands(i)) {
      const auto capacity = project.capacity(demand.resource);
      const std::int32_t most = capacity.empty() ? 0 : *std::max_element(capacity.begin(), capacity.end());
      if (most >= demand.amount || project[i].duration == 0) continue;
      proofs.try_emplace(demand.resource, Proof{.kind = ProofKind::Never,
                                                .migration = programme.owner_of(i).migration,
                                                .resource = demand.resource,
                                                .from = {},
                                                .to = {},
                                                .needed = demand.amount,
                                                .available = most});
    }
  }
  std::vector<Proof> list;
  list.reserve(proofs.size());
  for (const auto& [resource, proof] : proofs) list.push_back(proof);
  return list;
}

}  // namespace

std::string_view name_of(ProofKind kind) noexcept {
  switch (kind) {
    case ProofKind::Chain: return "chain";
    case ProofKind::Energy: return "energy";
    case ProofKind::Never: return "never";
  }
  return "";
}

std::vector<Proof> proofs_of_lateness(const Programme& programme) {
  const Project& project = programme.project();
  std::vector<Proof> proofs = never_proofs(programme);
  if (!proofs.empty()) return proofs;
  const Site site(project);
  const Heads heads = heads_of(site);
  proofs = chain_proofs(programme, heads);
  const std::vector<Day> latest = latest_finishes(project, programme.objective());
  std::vector<std::vector<Work>> works(project.resource_count());
  for (ActivityIndex i = 0; i < project.size(); ++i) {
    if (latest[i] == kNoLimit || project[i].is_elapsed) continue;
    if (heads.finishes[i] > latest[i]) continue;  // its chain is a proof of its own
    for (const Demand& demand : project.demands(i)) {
      works[demand.resource].push_back({heads.starts[i], latest[i], std::int64_t{project[i].duration} * demand.amount});
    }
  }
  for (ResourceIndex r = 0; r < works.size(); ++r) {
    if (auto proof = EnergyProof(programme, r).run(std::move(works[r]))) proofs.push_back(*proof);
  }
  return proofs;
}

}  // namespace migplan
