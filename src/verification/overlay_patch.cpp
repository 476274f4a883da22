#include "overlay_patch.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include "name_pattern.hpp"
#include "path_edit.hpp"

namespace migplan {
namespace {

bool is_meant(const ObjectId& object, const PatchTarget& target) {
  static const ObjectMarks kNone;
  const ObjectMarks& marks = object.marks ? *object.marks : kNone;
  const auto is_name = [&target](std::string_view name) { return is_pattern_match(target.name, name); };
  const bool is_named =
      is_name(object.name) || std::any_of(object.former_names.begin(), object.former_names.end(), is_name);
  return is_named && is_pattern_match(target.kind, object.kind) &&
         is_pattern_match(target.space, object.space.empty() ? "default" : object.space) &&
         is_match(target.labels, marks.labels) && is_match(target.annotations, marks.annotations);
}

bool is_meant(const ObjectId& object, const ObjectId& patch, const PatchTarget& target) {
  if (target.is_stated) return is_meant(object, target);
  return object.kind == patch.kind && is_called(object, patch.name) &&
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
  put(into.middlewares, from.middlewares);
  put(into.secured, from.secured);
  // Lists of custom resources are replaced as a whole.
  const bool is_stated =
      std::all_of(from.listeners.begin(), from.listeners.end(), [](const Listener& one) { return one.is_stated; });
  if (is_stated) put(into.listeners, from.listeners);
  if (!from.options.empty()) into.options = from.options;
}

void merge(Role& into, const Role& from) { put(into.rules, from.rules); }

template <class T>
void take_out(const ObjectId& patch, T& object, std::vector<const Removal*>& left) {
  if (!patch.removals) return;
  for (const Removal& removal : *patch.removals) {
    PathEdit edit;
    edit.action = PathEdit::Action::Remove;
    edit.path = removal.path;
    edit.place = removal.place;
    if (!follow(edit, object)) left.push_back(&removal);
  }
}

template <class T>
void patch_all(std::vector<T>& objects, const std::vector<T>& patches, const PatchTarget& target,
               PatchOutcome& outcome) {
  for (const T& patch : patches) {
    bool is_idle = !target.is_stated;
    for (T& object : objects) {
      if (!is_meant(object.id, patch.id, target)) continue;
      is_idle = false;
      object.id.is_removed = object.id.is_removed || patch.id.is_removed;
      take_out(patch.id, object, outcome.left);
      merge(object, patch);
    }
    if (is_idle) outcome.idle.push_back(&patch.id);
  }
  std::erase_if(objects, [](const T& object) { return object.id.is_removed; });
}

template <class T>
void edit_all(std::vector<T>& objects, const PathEdit& edit, const PatchTarget& target, bool& is_followed) {
  for (T& object : objects) {
    if (is_meant(object.id, target)) is_followed = follow(edit, object) && is_followed;
  }
}

template <class T>
void put_marks(std::vector<T>& objects, const Kustomization& by) {
  for (T& object : objects) {
    ObjectMarks marks = object.id.marks ? *object.id.marks : ObjectMarks();
    put(marks.labels, by.labels);
    put(marks.annotations, by.annotations);
    object.id.marks = std::make_shared<const ObjectMarks>(std::move(marks));
  }
}
void put_marks(ManifestSet& set, const Kustomization& by) {
  if (by.labels.empty() && by.annotations.empty()) return;
  put_marks(set.workloads, by);
  put_marks(set.budgets, by);
  put_marks(set.autoscalers, by);
  put_marks(set.config_maps, by);
  put_marks(set.entrances, by);
  put_marks(set.roles, by);
  for (Entrance& entrance : set.entrances) put(entrance.annotations, by.annotations);
}

template <class T>
void put_names(std::vector<T>& objects, const Kustomization& by) {
  for (T& object : objects) {
    std::string name = by.prefix + object.id.name + by.suffix;
    object.id.former_names.push_back(std::exchange(object.id.name, std::move(name)));
  }
}

// What the objects of a kind are called now, by each of their names; a name in use comes before a former one.
using Names = std::map<std::pair<std::string_view, std::string_view>, std::string_view>;
template <class T>
Names names_of(const std::vector<T>& objects) {
  Names names;
  for (const T& object : objects) names.try_emplace({object.id.kind, object.id.name}, object.id.name);
  for (const T& object : objects) {
    for (const std::string& former : object.id.former_names)
      names.try_emplace({object.id.kind, former}, object.id.name);
  }
  return names;
}

void follow_name(std::string_view kind, std::string& name, const Names& names, const Kustomization& by) {
  const auto found = names.find({kind, name});
  if (found != names.end()) name = by.prefix + std::string(found->second) + by.suffix;
}

// Prefix and suffix, also where another object of the set says the name.
void rename(ManifestSet& set, const Kustomization& by) {
  const Names workloads = set.autoscalers.empty() ? Names() : names_of(set.workloads);
  for (Autoscaler& one : set.autoscalers) follow_name(one.target_kind, one.target_name, workloads, by);
  const Names roles = set.bindings.empty() ? Names() : names_of(set.roles);
  for (RoleBinding& one : set.bindings) follow_name(one.role_kind, one.role, roles, by);
  if (by.prefix.empty() && by.suffix.empty()) return;
  put_names(set.workloads, by);
  put_names(set.budgets, by);
  put_names(set.autoscalers, by);
  put_names(set.config_maps, by);
  put_names(set.entrances, by);
  put_names(set.tls_options, by);
  put_names(set.roles, by);
  put_names(set.bindings, by);
}

template <class T>
void put_space(std::vector<T>& objects, const std::string& space) {
  for (T& object : objects) object.id.space = space;
}

}  // namespace

PatchOutcome patch_objects(ManifestSet& set, const ManifestSet& patch, const PatchTarget& target) {
  PatchOutcome outcome;
  patch_all(set.workloads, patch.workloads, target, outcome);
  patch_all(set.budgets, patch.budgets, target, outcome);
  patch_all(set.autoscalers, patch.autoscalers, target, outcome);
  patch_all(set.config_maps, patch.config_maps, target, outcome);
  patch_all(set.entrances, patch.entrances, target, outcome);
  patch_all(set.roles, patch.roles, target, outcome);
  return outcome;
}

std::vector<const PathEdit*> edit_objects(ManifestSet& set, const std::vector<PathEdit>& edits,
                                          const PatchTarget& target) {
  std::vector<const PathEdit*> left;
  for (const PathEdit& edit : edits) {
    bool is_followed = true;
    edit_all(set.workloads, edit, target, is_followed);
    edit_all(set.budgets, edit, target, is_followed);
    edit_all(set.autoscalers, edit, target, is_followed);
    edit_all(set.config_maps, edit, target, is_followed);
    edit_all(set.entrances, edit, target, is_followed);
    edit_all(set.roles, edit, target, is_followed);
    if (!is_followed) left.push_back(&edit);
  }
  return left;
}

void add_generated(ManifestSet& set, const GeneratedMap& generated) {
  using Behavior = GeneratedMap::Behavior;
  const auto same = std::find_if(set.config_maps.begin(), set.config_maps.end(), [&](const ConfigMap& one) {
    return one.id.kind == generated.map.id.kind && is_called(one.id, generated.map.id.name);
  });
  if (generated.behavior == Behavior::Create || same == set.config_maps.end()) {
    set.config_maps.push_back(generated.map);
  } else if (generated.behavior == Behavior::Replace) {
    *same = generated.map;
  } else {
    merge(*same, generated.map);
  }
}

void transform(ManifestSet& set, const Kustomization& by) {
  put_marks(set, by);
  rename(set, by);
  for (Workload& workload : set.workloads) {
    put(workload.labels, by.pod_labels);
    for (const ReplicaCount& replicas : by.replicas) {
      if (is_called(workload.id, replicas.name)) workload.replicas = replicas.count;
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
  for (RoleBinding& binding : set.bindings) {
    if (binding.id.kind == "RoleBinding") binding.id.space = by.space;
  }
  for (ObjectId& middleware : set.redirect_middlewares) middleware.space = by.space;
  for (Redirect& redirect : set.redirects) redirect.space = by.space;
}

}  // namespace migplan
