#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/model/evidence.hpp"

namespace migplan {

using Labels = std::map<std::string, std::string, std::less<>>;

// What targets of patches may ask for.
struct ObjectMarks {
  Labels labels, annotations;
};

// What a strategic merge patch takes out of an object before it puts anything in: a null, or what $patch: replace or
// $patch: delete stands in. Containers are named in it: {"spec", "template", "spec", "containers", "name=web", "env"}.
struct Removal {
  std::vector<std::string> path;
  EvidencePlace place;
};

// What a Kubernetes object is called and where it stands.
struct ObjectId {
  std::string kind, name;
  std::string space{};    // namespace; empty = not stated
  std::string service{};  // the label app.kubernetes.io/name or app, else the name
  EvidencePlace place{};
  bool is_removed = false;                     // of a patch: $patch: delete
  std::shared_ptr<const ObjectMarks> marks{};  // null = none
  std::vector<std::string> former_names{};     // before kustomizations put something in front of it or behind it
  std::shared_ptr<const std::vector<Removal>> removals{};  // of a patch; null = none
};
// "Deployment shop/cart"
[[nodiscard]] std::string to_string(const ObjectId& id);
// By its name or a former one, as kustomizations call it.
[[nodiscard]] bool is_called(const ObjectId& id, std::string_view name) noexcept;
// Objects that state no namespace are in "default".
[[nodiscard]] bool is_same_space(const ObjectId& a, const ObjectId& b) noexcept;

struct EnvVariable {
  std::string name;
  std::optional<std::string> value;  // null = it comes from elsewhere
  EvidencePlace place;
};

struct Container {
  std::string name, image;
  std::vector<std::string> command, args;
  std::vector<EnvVariable> environment;
  bool restarts_always = false;  // an init container that stays: a native sidecar
  bool is_removed = false;       // of a patch
  EvidencePlace place;
};

// Whatever makes pods: Pod, Deployment, StatefulSet, DaemonSet, Job, CronJob, …
struct Workload {
  ObjectId id;
  Labels labels;                          // of its pods
  std::optional<std::int64_t> replicas;   // null = not stated
  std::vector<Container> containers;      // without init containers that end
  std::vector<Container> starters;        // init containers that end
  std::vector<std::string> own_sidecars;  // containers that an annotation declares
};

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
struct LabelRequirement {
  std::string key, op;  // In, NotIn, Exists, DoesNotExist
  std::vector<std::string> values;
};
struct LabelSelector {
  Labels labels;
  std::vector<LabelRequirement> requirements;
  [[nodiscard]] bool is_empty() const noexcept { return labels.empty() && requirements.empty(); }
};
// An empty selector matches everything.
[[nodiscard]] bool is_match(const LabelSelector& selector, const Labels& labels);

struct PodCount {
  std::int64_t value = 0;
  bool is_percent = false;
};
// In pods, of so many; Kubernetes rounds percentages of a disruption budget up.
[[nodiscard]] std::int64_t pods(PodCount count, std::int64_t of) noexcept;

// PodDisruptionBudget
struct Budget {
  ObjectId id;
  std::optional<LabelSelector> selector;
  std::optional<PodCount> min_available, max_unavailable;
  bool is_beta = false;  // policy/v1beta1: an empty selector matches nothing
};

// HorizontalPodAutoscaler: the fewest pods that it leaves.
struct Autoscaler {
  ObjectId id;
  std::string target_kind, target_name;
  std::optional<std::int64_t> fewest;  // 1 where nothing is stated
};

// A single value of an entry that is YAML by itself, under its own key.
struct ConfigValue {
  std::string key, value;
  std::uint32_t line = 0;  // of the entry, from 1
};
struct ConfigEntry {
  std::string key, value;
  EvidencePlace place;
  std::optional<Position> lines_at{};  // where its first line stands; null = its lines are not those of the file
  bool is_removed = false;             // of a patch
  std::vector<ConfigValue> values{};   // of *.yaml, in the order of their lines
};
struct ConfigMap {
  ObjectId id;
  std::vector<ConfigEntry> entries;
  bool is_secret = false;  // what a secretGenerator makes
};

enum class Transport : std::uint8_t { Plain, Redirect, Tls, Passthrough };
enum class ClientCertificates : std::uint8_t { None, Optional, Required };

// A port of a gateway.
struct Listener {
  std::string name;
  Transport transport = Transport::Plain;
  ClientCertificates clients = ClientCertificates::None;
  EvidencePlace place;
  bool is_stated = true;  // a patch that says nothing of TLS changes nothing
};

// How an object calls another; without a namespace it is its own.
struct ObjectName {
  std::string space, name;
};

// Where traffic comes in: Ingress, Gateway, IngressRoute, HTTPProxy, Route.
struct Entrance {
  ObjectId id;
  Labels annotations;
  std::vector<std::string> hosts;                   // of an Ingress; "*" = a rule without a host
  std::optional<std::vector<std::string>> secured;  // hosts with TLS; empty = all; null = no TLS
  std::vector<Listener> listeners;                  // of the others
  std::string options{};                            // TLSOption of Traefik, "namespace/name"
  std::vector<ObjectName> middlewares{};            // of Traefik, where each of its routes has one only
};
// Routes that only send on to https, by the gateway and its listener.
struct Redirect {
  std::string space, gateway, listener;  // no listener = all
  bool is_complete = false;              // the route does nothing else
};
// TLSOption of Traefik.
struct TlsOption {
  ObjectId id;
  ClientCertificates clients = ClientCertificates::None;
};

struct AccessRule {
  std::vector<std::string> groups, resources, verbs;
  EvidencePlace place;
};
struct Role {
  ObjectId id;
  std::vector<AccessRule> rules;
};
// RoleBinding, ClusterRoleBinding.
struct RoleBinding {
  ObjectId id;
  std::string role_kind, role;
  std::vector<std::string> subjects;  // "Group developers"
  EvidencePlace role_place;
};

// https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
struct AuditResources {
  std::string group;
  std::vector<std::string> resources;  // empty = all of the group
};
struct AuditRule {
  std::string level;
  std::vector<std::string> verbs;
  std::vector<AuditResources> resources;  // empty = all
  bool is_partial = false;                // only of some users or namespaces
};
struct AuditPolicy {
  ObjectId id;
  std::vector<AuditRule> rules;
};

// Objects that are in force together: those of one kustomization, or all that no kustomization names.
struct ManifestSet {
  std::string overlay{};  // the folder of the kustomization; empty = none
  std::vector<Workload> workloads;
  std::vector<Budget> budgets;
  std::vector<Autoscaler> autoscalers;
  std::vector<ConfigMap> config_maps;
  std::vector<Entrance> entrances;
  std::vector<Redirect> redirects;
  std::vector<TlsOption> tls_options;
  std::vector<ObjectId> redirect_middlewares;  // of Traefik, that send on to https
  std::vector<Role> roles;
  std::vector<RoleBinding> bindings;
  std::vector<AuditPolicy> audits;
  std::vector<EvidencePlace> gaps;  // where kustomizations name what is not read and may add or change objects

  void append(ManifestSet other);
  // Of each its objects, which are moved.
  void append(std::span<ManifestSet* const> others);
  [[nodiscard]] std::size_t size() const noexcept;  // objects
};

}  // namespace migplan
