#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "lint_rules.hpp"

namespace migplan {
namespace {

constexpr std::string_view kLintBudget = "lint-budget";

// Budgets say nothing of pods that end by themselves, of those of a DaemonSet, which a drain leaves, and of single
// pods, which nobody replaces.
constexpr std::array<std::string_view, 6> kReplicated{
    "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig"};

bool is_replicated(const Workload& workload) noexcept {
  return std::find(kReplicated.begin(), kReplicated.end(), workload.id.kind) != kReplicated.end();
}

std::string_view space_of(const ObjectId& id) noexcept {
  return id.space.empty() ? std::string_view("default") : std::string_view(id.space);
}

bool is_match(const Budget& budget, const Workload& workload) {
  if (!budget.selector || !is_same_space(budget.id, workload.id)) return false;
  if (budget.selector->is_empty()) return !budget.is_beta;
  return is_match(*budget.selector, workload.labels);
}

// The budgets of a set by a label that they ask for, so that each workload meets few of them.
class BudgetIndex {
 public:
  explicit BudgetIndex(const std::vector<Budget>& budgets) {
    for (const Budget& budget : budgets) {
      if (!budget.selector) continue;
      for (const Key& key : keys_of(budget)) by_label_[key].push_back(&budget);
    }
  }

  // In the order of the files.
  [[nodiscard]] std::vector<const Budget*> matching(const Workload& workload) const {
    std::vector<const Budget*> found;
    const auto look_up = [&](std::string_view key, std::string_view value) {
      const auto at = by_label_.find({space_of(workload.id), key, value});
      if (at == by_label_.end()) return;
      for (const Budget* budget : at->second) {
        if (is_match(*budget, workload)) found.push_back(budget);
      }
    };
    look_up({}, {});
    for (const auto& [key, value] : workload.labels) look_up(key, value);
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;  // namespace, label, its value

  // Of pods that have one of these labels it may be the budget; an empty label is any.
  static std::vector<Key> keys_of(const Budget& budget) {
    const std::string_view space = space_of(budget.id);
    const LabelSelector& selector = *budget.selector;
    if (const auto first = selector.labels.begin(); first != selector.labels.end()) {
      return {{space, first->first, first->second}};
    }
    const auto listed = std::find_if(selector.requirements.begin(), selector.requirements.end(),
                                     [](const LabelRequirement& one) { return one.op == "In"; });
    if (listed == selector.requirements.end()) return {{space, "", ""}};
    const std::set<std::string_view> values(listed->values.begin(), listed->values.end());
    std::vector<Key> keys;
    keys.reserve(values.size());
    for (const std::string_view value : values) keys.push_back({space, listed->key, value});
    return keys;
  }

  std::map<Key, std::vector<const Budget*>> by_label_;
};

// How many pods there are, as far as the files say: without a number Kubernetes takes one.
struct Replicas {
  std::int64_t count = 1;
  bool is_stated = false;
};

class AutoscalerIndex {
 public:
  explicit AutoscalerIndex(const std::vector<Autoscaler>& autoscalers) {
    for (const Autoscaler& one : autoscalers) by_target_[{space_of(one.id), one.target_kind, one.target_name}] = &one;
  }
  [[nodiscard]] Replicas replicas(const Workload& workload) const {
    const auto found = by_target_.find({space_of(workload.id), workload.id.kind, workload.id.name});
    if (found != by_target_.end()) return {found->second->fewest.value_or(1), true};
    if (workload.replicas) return {*workload.replicas, true};
    return {};
  }

 private:
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, const Autoscaler*> by_target_;
};

// Pods that the budget keeps. A number that is above the replicas keeps no more than there are.
std::int64_t kept(const Budget& budget, Replicas replicas) {
  if (budget.max_unavailable) {
    return std::max<std::int64_t>(0, replicas.count - pods(*budget.max_unavailable, replicas.count));
  }
  if (!budget.min_available) return 0;
  return std::min(pods(*budget.min_available, replicas.count), replicas.count);
}

std::string text_of(PodCount count) { return fmt::format("{}{}", count.value, count.is_percent ? "%" : ""); }

Text text_of(const Budget& budget) {
  if (budget.min_available) return Text::verbatim("minAvailable " + text_of(*budget.min_available));
  if (budget.max_unavailable) return Text::verbatim("maxUnavailable " + text_of(*budget.max_unavailable));
  return "neither minAvailable nor maxUnavailable";
}

Text text_of(Replicas replicas) {
  return replicas.is_stated ? counted(replicas.count, "{} replica", "{} replicas")
                            : Text("1 replica, since none are stated");
}

// Where what could hold the budget of an object stands and was not read; null = nothing.
const EvidencePlace* unread_budget(const std::vector<UnreadBudget>& all, const ObjectId& id) {
  const std::string& file = id.place.file;
  const auto found = std::find_if(all.begin(), all.end(), [&file](const UnreadBudget& one) {
    return one.folder.empty() ||
           (file.starts_with(one.folder) && file.size() > one.folder.size() && file[one.folder.size()] == '/');
  });
  return found == all.end() ? nullptr : &found->place;
}

void judge_without(const Workload& workload, std::int64_t least, const ManifestSet& set,
                   const std::vector<UnreadBudget>& unread, ObjectLint& lint) {
  const EvidencePlace& at = workload.id.place;
  if (const EvidencePlace* const other = unread_budget(unread, workload.id)) {
    count(lint.doubt(at, "no PodDisruptionBudget that could be read matches its pods, one could not be",
                     to_string(*other)),
          0, least, "pods");
  } else if (!set.gaps.empty()) {
    count(lint.doubt(at, "no PodDisruptionBudget matches its pods, and its kustomization names what is not read",
                     to_string(set.gaps.front())),
          0, least, "pods");
  } else {
    count(lint.fail(at, "no PodDisruptionBudget has a selector and namespace that match its pods",
                    workload.labels.empty() ? "its pods have no labels" : ""),
          0, least, "pods");
  }
}

// The API server refuses budgets that state both numbers.
bool is_accepted(const Budget& budget) { return !budget.min_available || !budget.max_unavailable; }

// The eviction API answers with an error where two budgets match a pod, so that no drain comes to an end.
void tell_of_two(const Workload& workload, const std::vector<const Budget*>& budgets, ObjectLint& lint) {
  const auto first = std::find_if(budgets.begin(), budgets.end(), [](const Budget* one) { return is_accepted(*one); });
  // Of one name they are of two environments.
  const auto second = std::find_if(first, budgets.end(), [first](const Budget* one) {
    return is_accepted(*one) && to_string(one->id) != to_string((*first)->id);
  });
  if (second == budgets.end()) return;
  lint.fail(workload.id.place,
            say("{} and {} both match its pods, which the eviction API refuses to evict then", to_string((*first)->id),
                to_string((*second)->id)),
            fmt::format("{}, {}", to_string((*first)->id.place), to_string((*second)->id.place)))
      .detail.severity = Severity::Warning;
}

void judge(const Workload& workload, const std::vector<const Budget*>& budgets, Replicas replicas, std::int64_t least,
           ObjectLint& lint) {
  const Budget* best = nullptr;
  for (const Budget* budget : budgets) {
    if (!is_accepted(*budget)) continue;
    if (best == nullptr || kept(*budget, replicas) > kept(*best, replicas)) best = budget;
  }
  if (best == nullptr) {
    count(lint.fail(workload.id.place,
                    say("{} states both minAvailable and maxUnavailable, which Kubernetes refuses",
                        to_string(budgets.front()->id)),
                    to_string(budgets.front()->id.place)),
          0, least, "pods");
    return;
  }
  const std::int64_t observed = kept(*best, replicas);
  const Text what = say("{} with {} keeps {} of {}", to_string(best->id), text_of(*best), observed, text_of(replicas));
  const LintRow row = observed >= least ? lint.add(Verdict::Pass, workload.id.place, what, {})
                                        : lint.fail(workload.id.place, what, to_string(best->id.place));
  count(row, observed, least, "pods");
}

}  // namespace

void lint_budgets(const ManifestSet& set, const LintPolicy& policy, const LintInput& input, LintRows& rows) {
  const BudgetIndex budgets(set.budgets);
  const AutoscalerIndex autoscalers(set.autoscalers);
  for (const Workload& workload : set.workloads) {
    if (!is_replicated(workload)) continue;
    if (input.is_critical && !input.is_critical(workload.id.service)) continue;
    const std::vector<const Budget*> matching = budgets.matching(workload);
    const std::int64_t least = policy.min_available.steps();
    ObjectLint lint(kLintBudget, workload.id, rows);
    if (matching.empty()) {
      judge_without(workload, least, set, input.unread_budgets, lint);
    } else {
      judge(workload, matching, autoscalers.replicas(workload), least, lint);
      tell_of_two(workload, matching, lint);
    }
  }
}

}  // namespace migplan
