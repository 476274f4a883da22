#include "overlay_patch.hpp"

#include <algorithm>
#include <iterator>

namespace migplan {
namespace {

// Names of targets are regular expressions; those that are written mean a name, or anything that begins so.
bool is_named(std::string_view name, std::string_view wanted) {
  if (!wanted.ends_with(".*")) return name == wanted;
  return name.starts_with(wanted.substr(0, wanted.size() - 2));
}

bool is_meant(const ObjectId& object, const ObjectId& patch, const PatchTarget& target) {
  const bool has_target = !target.kind.empty() || !target.name.empty();
  if (has_target) {
    return (target.kind.empty() || object.kind == target.kind) &&
           (target.name.empty() || is_named(object.name, target.name));
  }
  return object.kind == patch.kind && object.name == patch.name &&
         (patch.space.empty() || object.space.empty() || object.space == patch.space);
}

void put(Labels& into, const Labels& from) {
  for (const auto& [key, value] : from) into.insert_or_assign(key, value);
}

template <class T>
void put(std::optional<T>& into, const std::optional<T>& from) {
  if (from) into = from;
}

template <class T>
void put(std::vector<T>& into, const std::vector<T>& from) {
  if (!from.empty()) into = from;
}

// Those of the same name are merged, others are added.
template <class T, class Name, class Merge>
void put_named(std::vector<T>& into, const std::vector<T>& from, const Name& name, const Merge& merge) {
  for (const T& one : from) {
    const auto same = std::find_if(into.begin(), into.end(), [&](const T& other) { return name(other) == name(one); });
    same == into.end() ? into.push_back(one) : merge(*same, one);
  }
}

void merge(Container& into, const Container& from) {
  if (!from.image.empty()) into.image = from.image;
  put(into.command, from.command);
  put(into.args, from.args);
  into.restarts_always = into.restarts_always || from.restarts_always;
  into.is_removed = from.is_removed;
  put_named(
      into.environment, from.environment, [](const EnvVariable& one) { return std::string_view(one.name); },
      [](EnvVariable& old, const EnvVariable& one) { old = one; });
}

void merge_containers(std::vector<Container>& into, const std::vector<Container>& from) {
  put_named(
      into, from, [](const Container& one) { return std::string_view(one.name); },
      [](Container& old, const Container& one) { merge(old, one); });
  std::erase_if(into, [](const Container& one) { return one.is_removed; });
}

void merge(Workload& into, const Workload& from) {
  put(into.labels, from.labels);
  put(into.replicas, from.replicas);
  merge_containers(into.containers, from.containers);
  merge_containers(into.starters, from.starters);
  into.own_sidecars.insert(into.own_sidecars.end(), from.own_sidecars.begin(), from.own_sidecars.end());
}

void merge(Budget& into, const Budget& from) {
  if (from.selector && into.selector) {
    put(into.selector->labels, from.selector->labels);
    put(into.selector->requirements, from.selector->requirements);
  } else {
    put(into.selector, from.selector);
  }
  put(into.min_available, from.min_available);
  put(into.max_unavailable, from.max_unavailable);
}

void merge(Autoscaler& into, const Autoscaler& from) { put(into.fewest, from.fewest); }

void merge(ConfigMap& into, const ConfigMap& from) {
  put_named(
      into.entries, from.entries, [](const ConfigEntry& one) { return std::string_view(one.key); },
      [](ConfigEntry& old, const ConfigEntry& one) { old = one; });
  std::erase_if(into.entries, [](const ConfigEntry& one) { return one.is_removed; });
}

void merge(Entrance& into, const Entrance& from) {
  put(into.annotations, from.annotations);
  put(into.hosts, from.hosts);
  put(into.secured, from.secured);
  put_named(
      into.listeners, from.listeners, [](const Listener& one) { return std::string_view(one.name); },
      [](Listener& old, const Listener& one) { old = one; });
}

void merge(Role& into, const Role& from) { put(into.rules, from.rules); }

template <class T>
void patch_all(std::vector<T>& objects, const std::vector<T>& patches, const PatchTarget& target) {
  for (const T& patch : patches) {
    for (T& object : objects) {
      if (!is_meant(object.id, patch.id, target)) continue;
      object.id.is_removed = object.id.is_removed || patch.id.is_removed;
      merge(object, patch);
    }
  }
  std::erase_if(objects, [](const T& object) { return object.id.is_removed; });
}

template <class T>
void put_space(std::vector<T>& objects, const std::string& space) {
  for (T& object : objects) object.id.space = space;
}

}  // namespace

void patch_objects(ManifestSet& set, const ManifestSet& patch, const PatchTarget& target) {
  patch_all(set.workloads, patch.workloads, target);
  patch_all(set.budgets, patch.budgets, target);
  patch_all(set.autoscalers, patch.autoscalers, target);
  patch_all(set.config_maps, patch.config_maps, target);
  patch_all(set.entrances, patch.entrances, target);
  patch_all(set.roles, patch.roles, target);
}

void transform(ManifestSet& set, const Kustomization& by) {
  for (Workload& workload : set.workloads) {
    put(workload.labels, by.pod_labels);
    for (const ReplicaCount& replicas : by.replicas) {
      if (replicas.name == workload.id.name) workload.replicas = replicas.count;
    }
  }
  for (Budget& budget : set.budgets) {
    if (budget.selector && !budget.selector->labels.empty()) put(budget.selector->labels, by.selector_labels);
  }
  if (by.space.empty()) return;
  put_space(set.workloads, by.space);
  put_space(set.budgets, by.space);
  put_space(set.autoscalers, by.space);
  put_space(set.config_maps, by.space);
  put_space(set.entrances, by.space);
  put_space(set.tls_options, by.space);
  for (Role& role : set.roles) {
    if (role.id.kind == "Role") role.id.space = by.space;
  }
  for (Redirect& redirect : set.redirects) redirect.space = by.space;
}

}  // namespace migplan
