#include "path_edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <span>
#include <string_view>

namespace migplan {
namespace {

using Action = PathEdit::Action;
using Parts = std::span<const std::string>;

// The parts behind a front such as {"spec", "template"}; nullopt = the path does not begin so.
std::optional<Parts> behind(Parts path, std::initializer_list<std::string_view> front) {
  const bool is_there = path.size() >= front.size() && std::equal(front.begin(), front.end(), path.begin());
  return is_there ? std::optional(path.subspan(front.size())) : std::nullopt;
}

bool is_path(Parts path, std::initializer_list<std::string_view> whole) {
  const auto rest = behind(path, whole);
  return rest && rest->empty();
}

std::optional<std::size_t> number_in(std::string_view part) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
  return error == std::errc{} && end == part.data() + part.size() ? std::optional(number) : std::nullopt;
}

// An item of a list, by its number or "-" for behind the last.
template <class T>
bool follow_item(Action action, std::string_view part, std::vector<T>& list, const std::vector<T>& values) {
  const auto number = part == "-" ? std::optional(list.size()) : number_in(part);
  const bool is_insert = action == Action::Add;
  if (!number || *number >= list.size() + (is_insert ? 1 : 0)) return false;
  const auto at = list.begin() + static_cast<std::ptrdiff_t>(*number);
  if (action == Action::Remove) {
    list.erase(at);
  } else if (values.empty()) {
    return false;
  } else if (is_insert) {
    list.insert(at, values.front());
  } else {
    *at = values.front();
  }
  return true;
}

// A list as a whole, or one item of it.
template <class T>
bool follow_list(const PathEdit& edit, Parts rest, std::vector<T>& list, const std::vector<T>& values) {
  if (rest.size() == 1) return follow_item(edit.action, rest[0], list, values);
  if (!rest.empty()) return false;
  list = edit.action == Action::Remove ? std::vector<T>() : values;
  return true;
}

template <class T>
void follow_value(const PathEdit& edit, std::optional<T>& into, const std::optional<T>& value) {
  into = edit.action == Action::Remove ? std::nullopt : value;
}

void follow_map(const PathEdit& edit, Parts rest, Labels& map) {
  if (rest.empty()) {
    map = edit.action == Action::Remove ? Labels() : edit.map;
  } else if (edit.action == Action::Remove) {
    map.erase(rest[0]);
  } else {
    map.insert_or_assign(rest[0], edit.text.value_or(""));
  }
}

bool follow_variable(const PathEdit& edit, Parts rest, std::vector<EnvVariable>& variables) {
  if (rest.size() < 2) return follow_list(edit, rest, variables, edit.variables);
  const auto number = number_in(rest[0]);
  if (!number || *number >= variables.size()) return false;
  EnvVariable& variable = variables[*number];
  if (rest[1] == "name") {
    variable.name = edit.text.value_or("");
  } else if (rest[1] == "value" && edit.action != Action::Remove) {
    variable.value = edit.text.value_or("");
    variable.place = edit.place;
  } else if (rest[1] == "value" || edit.action != Action::Remove) {
    variable.value.reset();  // it comes from elsewhere
  }
  return true;
}

bool follow_container(const PathEdit& edit, Parts rest, Container& container) {
  const std::string_view what = rest[0];
  if (what == "env") return follow_variable(edit, rest.subspan(1), container.environment);
  if (what == "command") return follow_list(edit, rest.subspan(1), container.command, edit.texts);
  if (what == "args") return follow_list(edit, rest.subspan(1), container.args, edit.texts);
  if (what == "image") container.image = edit.text.value_or("");
  return what != "restartPolicy";
}

bool follow_containers(const PathEdit& edit, Parts rest, std::vector<Container>& containers) {
  if (rest.size() < 2) return follow_list(edit, rest, containers, edit.containers);
  // A removal names it; what is not there has nothing to take out.
  constexpr std::string_view kName = "name=";
  if (rest[0].starts_with(kName)) {
    const std::string_view name = std::string_view(rest[0]).substr(kName.size());
    const auto named =
        std::find_if(containers.begin(), containers.end(), [name](const Container& one) { return one.name == name; });
    return named == containers.end() || follow_container(edit, rest.subspan(1), *named);
  }
  const auto number = number_in(rest[0]);
  return number && *number < containers.size() && follow_container(edit, rest.subspan(1), containers[*number]);
}

// Those that stay stand behind the containers in one list, those that end in another.
bool follow_starters(const PathEdit& edit, Parts rest, Workload& workload, std::vector<Container>& staying) {
  std::vector<Container>& ending = workload.starters;
  // In which order they stand is known where they are of one sort.
  const bool is_mixed = !staying.empty() && !ending.empty();
  const bool is_whole = rest.empty() || rest[0] == "-";
  if (is_mixed && !is_whole) return false;
  std::vector<Container> all = ending;
  all.insert(all.end(), staying.begin(), staying.end());
  if (!follow_containers(edit, rest, all)) return false;
  ending.clear();
  staying.clear();
  for (Container& one : all) (one.restarts_always ? staying : ending).push_back(std::move(one));
  return true;
}

bool follow_pod(const PathEdit& edit, Parts rest, Workload& workload) {
  const auto mains = behind(rest, {"spec", "containers"}), starters = behind(rest, {"spec", "initContainers"});
  if (mains || starters) {
    std::vector<Container>& all = workload.containers;
    const auto first =
        std::stable_partition(all.begin(), all.end(), [](const Container& c) { return !c.restarts_always; });
    std::vector<Container> staying(std::make_move_iterator(first), std::make_move_iterator(all.end()));
    all.erase(first, all.end());
    const bool is_followed =
        mains ? follow_containers(edit, *mains, all) : follow_starters(edit, *starters, workload, staying);
    all.insert(all.end(), std::make_move_iterator(staying.begin()), std::make_move_iterator(staying.end()));
    return is_followed;
  }
  if (const auto labels = behind(rest, {"metadata", "labels"})) follow_map(edit, *labels, workload.labels);
  return rest.size() > 1 || (rest.size() == 1 && rest[0] == "status");
}

// Where a kind describes its pods.
std::optional<Parts> behind_pod(const Workload& workload, Parts path) {
  if (workload.id.kind == "Pod") return path;
  if (workload.id.kind == "CronJob") return behind(path, {"spec", "jobTemplate", "spec", "template"});
  return behind(path, {"spec", "template"});
}

}  // namespace

std::string path_of(const PathEdit& edit) { return fmt::format("/{}", fmt::join(edit.path, "/")); }

bool follow(const PathEdit& edit, Workload& workload) {
  if (is_path(edit.path, {"spec", "replicas"})) return follow_value(edit, workload.replicas, edit.whole), true;
  if (const auto rest = behind_pod(workload, edit.path)) return follow_pod(edit, *rest, workload);
  return edit.path.size() > 1;
}

bool follow(const PathEdit& edit, Budget& budget) {
  const auto selector = behind(edit.path, {"spec", "selector"});
  if (is_path(edit.path, {"spec", "minAvailable"})) {
    follow_value(edit, budget.min_available, edit.pods);
  } else if (is_path(edit.path, {"spec", "maxUnavailable"})) {
    follow_value(edit, budget.max_unavailable, edit.pods);
  } else if (selector) {
    const auto labels = behind(*selector, {"matchLabels"});
    if (!labels) return false;
    if (!budget.selector) budget.selector.emplace();
    follow_map(edit, *labels, budget.selector->labels);
  }
  return edit.path.size() > 1;
}

bool follow(const PathEdit& edit, Autoscaler& autoscaler) {
  if (is_path(edit.path, {"spec", "minReplicas"})) follow_value(edit, autoscaler.fewest, edit.whole);
  return edit.path.size() > 1 && edit.path[1] != "scaleTargetRef";
}

bool follow(const PathEdit& edit, ConfigMap& map) {
  const auto data = behind(edit.path, {"data"});
  if (!data) return !edit.path.empty();
  if (data->empty()) {
    map.entries = edit.action == Action::Remove ? std::vector<ConfigEntry>() : edit.entries;
    return true;
  }
  std::erase_if(map.entries, [&](const ConfigEntry& one) { return one.key == (*data)[0]; });
  map.entries.insert(map.entries.end(), edit.entries.begin(), edit.entries.end());
  return true;
}

bool follow(const PathEdit& edit, Entrance& entrance) {
  if (const auto annotations = behind(edit.path, {"metadata", "annotations"})) {
    follow_map(edit, *annotations, entrance.annotations);
    return true;
  }
  const bool is_ingress = entrance.id.kind == "Ingress";
  if (!is_ingress || edit.path.size() < 2 || edit.path[0] != "spec")
    return edit.path.size() > 1 && edit.path[0] != "spec";
  const Parts rest = Parts(edit.path).subspan(2);
  if (edit.path[1] == "tls" && rest.empty()) {
    entrance.secured = edit.action == Action::Remove ? std::nullopt : std::optional(edit.texts);
    return true;
  }
  if (edit.path[1] == "tls") {
    if (rest.size() != 1 || edit.action != Action::Add) return false;
    // A block without hosts is for all of them.
    const bool is_all = edit.texts.empty() || (entrance.secured && entrance.secured->empty());
    if (!entrance.secured) entrance.secured.emplace();
    is_all ? entrance.secured->clear()
           : void(entrance.secured->insert(entrance.secured->end(), edit.texts.begin(), edit.texts.end()));
    return true;
  }
  if (edit.path[1] != "rules") return true;
  if (rest.empty()) return entrance.hosts = edit.texts, true;
  if (rest.size() == 1) return follow_item(edit.action, rest[0], entrance.hosts, edit.texts);
  const bool is_host = rest.size() == 2 && rest[1] == "host" && edit.text;
  return !is_host || follow_item(Action::Replace, rest[0], entrance.hosts, {*edit.text});
}

bool follow(const PathEdit& edit, Role& role) {
  const auto rules = behind(edit.path, {"rules"});
  if (!rules) return !edit.path.empty();
  if (rules->size() < 2) return follow_list(edit, *rules, role.rules, edit.rules);
  const auto number = number_in((*rules)[0]);
  if (!number || *number >= role.rules.size()) return false;
  AccessRule& rule = role.rules[*number];
  const std::string_view what = (*rules)[1];
  std::vector<std::string>& list = what == "verbs" ? rule.verbs : what == "resources" ? rule.resources : rule.groups;
  if (what != "verbs" && what != "resources" && what != "apiGroups") return true;
  rule.place = edit.place;
  return follow_list(edit, rules->subspan(2), list, edit.texts);
}

}  // namespace migplan
