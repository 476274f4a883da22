#include <algorithm>
#include <array>
#include <utility>

#include "kubernetes.hpp"

namespace migplan {
namespace {

constexpr std::string_view kSidecars = "migplan.io/sidecars";

// Where the pods of a kind are described.
struct WorkloadKind {
  std::string_view kind;
  std::initializer_list<std::string_view> pod;  // keys from the root to what has metadata and spec
};
const std::array<WorkloadKind, 10> kKinds{{{"Deployment", {"spec", "template"}},
                                           {"StatefulSet", {"spec", "template"}},
                                           {"DaemonSet", {"spec", "template"}},
                                           {"ReplicaSet", {"spec", "template"}},
                                           {"ReplicationController", {"spec", "template"}},
                                           {"Job", {"spec", "template"}},
                                           {"Rollout", {"spec", "template"}},
                                           {"DeploymentConfig", {"spec", "template"}},
                                           {"CronJob", {"spec", "jobTemplate", "spec", "template"}},
                                           {"Pod", {}}}};

// "log-shipper, metrics"
std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const std::size_t begin = part.find_first_not_of(' ');
    if (begin == std::string_view::npos) continue;
    names.emplace_back(part.substr(begin, part.find_last_not_of(' ') - begin + 1));
  }
  return names;
}

void add_sidecars(const std::optional<YamlValue>& metadata, ObjectReader& reader, Workload& workload) {
  const Labels annotations = reader.labels(metadata, "annotations");
  const auto found = annotations.find(kSidecars);
  if (found == annotations.end()) return;
  std::vector<std::string> names = names_in(found->second);
  std::move(names.begin(), names.end(), std::back_inserter(workload.own_sidecars));
}

// {$patch: replace} is none.
bool is_container(const YamlValue& item) { return item.is_map() && item.text_of("$patch") != "replace"; }

}  // namespace

Container container_of(const YamlValue& value, ObjectReader& reader) {
  Container container;
  container.name = reader.text(value, "name");
  container.image = reader.text(value, "image");
  container.command = reader.texts(value, "command");
  container.args = reader.texts(value, "args");
  container.restarts_always = reader.text(value, "restartPolicy") == "Always";
  container.is_removed = reader.text(value, "$patch") == "delete";
  container.place = reader.place(value);
  for (const YamlValue& item : reader.list(value, "env")) {
    if (item.is_map()) container.environment.push_back(env_variable(item, reader));
  }
  return container;
}

EnvVariable env_variable(const YamlValue& item, ObjectReader& reader) {
  EnvVariable variable;
  variable.name = reader.text(item, "name");
  const auto value = item.find("value");
  variable.place = reader.place(value ? *value : item);
  if (value && !item.find("valueFrom")) variable.value = reader.text(item, "value");
  return variable;
}

bool read_workload(const YamlValue& document, ObjectReader& reader, ManifestSet& set) {
  const std::string_view kind = document.text_of("kind");
  const auto* const found =
      std::find_if(kKinds.begin(), kKinds.end(), [kind](const WorkloadKind& one) { return one.kind == kind; });
  if (found == kKinds.end()) return false;
  std::optional<YamlValue> pod = document;
  for (const std::string_view key : found->pod) pod = reader.map(pod, key);
  const auto metadata = reader.map(pod, "metadata");
  const auto spec = reader.map(pod, "spec");
  Workload workload;
  workload.id = reader.id(document);
  workload.labels = reader.labels(metadata, "labels");
  workload.replicas = kind == "Pod" ? std::nullopt : reader.whole(reader.map(document, "spec"), "replicas");
  for (const YamlValue& item : reader.list(spec, "containers")) {
    if (!is_container(item)) continue;
    workload.containers.push_back(container_of(item, reader));
    // Here it would mean nothing.
    workload.containers.back().restarts_always = false;
  }
  for (const YamlValue& item : reader.list(spec, "initContainers")) {
    if (!is_container(item)) continue;
    Container container = container_of(item, reader);
    (container.restarts_always ? workload.containers : workload.starters).push_back(std::move(container));
  }
  add_sidecars(metadata, reader, workload);
  if (kind != "Pod") add_sidecars(reader.map(document, "metadata"), reader, workload);
  set.workloads.push_back(std::move(workload));
  return true;
}

}  // namespace migplan
