#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/issue.hpp"
#include "migplan/verification/manifest.hpp"

namespace migplan {

// The number of pods that a kustomization gives a workload.
struct ReplicaCount {
  std::string name;
  std::int64_t count = 0;
};

// Objects that a patch is meant for instead of those of its own kind and name.
struct PatchTarget {
  std::string kind{}, name{}, space{};    // regular expressions of the whole text; empty = any
  LabelSelector labels{}, annotations{};  // empty = any
  bool is_stated = false;
};

// An operation of a JSON patch (RFC 6902) with its value in each form that the rules know at such a path.
struct PathEdit {
  enum class Action : std::uint8_t { Add, Replace, Remove, Other };
  Action action = Action::Other;
  std::vector<std::string> path;  // its parts, without escapes
  EvidencePlace place;
  std::optional<std::string> text{};
  std::optional<std::int64_t> whole{};
  std::optional<PodCount> pods{};
  Labels map{};
  std::vector<std::string> texts{};  // hosts of spec.tls and spec.rules, too
  std::vector<Container> containers{};
  std::vector<EnvVariable> variables{};
  std::vector<AccessRule> rules{};
  std::vector<ConfigEntry> entries{};
};
// "/spec/replicas"
[[nodiscard]] std::string path_of(const PathEdit& edit);

struct KustomizePatch {
  std::string file;               // relative to the kustomization; empty = it stands in it
  ManifestSet objects;            // what it states; empty = the objects of the file
  std::vector<PathEdit> edits{};  // or these
  PatchTarget target{};
};

// What a generator makes.
struct GeneratedFile {
  std::string key, path;        // relative to the kustomization
  bool is_environment = false;  // its lines are the entries
  EvidencePlace place;
};
struct GeneratedMap {
  enum class Behavior : std::uint8_t { Create, Replace, Merge };
  ConfigMap map;
  std::vector<GeneratedFile> files{};
  Behavior behavior = Behavior::Create;
};

// A field of a kustomization that is not followed and may add or change objects.
struct UnreadField {
  std::string name;
  EvidencePlace place;
};

// A kustomization.yaml, as far as the rules need it.
struct Kustomization {
  EvidencePlace place;
  std::string folder;                   // of the file, normalised
  std::vector<std::string> resources;   // files and folders, relative to it; bases, too
  std::vector<std::string> components;  // folders of what changes all of it
  std::vector<KustomizePatch> patches;
  std::vector<GeneratedMap> generated;
  std::string space;               // namespace for everything; empty = as it is
  std::string prefix{}, suffix{};  // of every name
  Labels labels;                   // put on objects
  Labels pod_labels;               // of those, the ones that go on pods, too
  Labels selector_labels;          // of those, the ones that go into selectors, too
  Labels annotations;              // put on objects
  std::vector<ReplicaCount> replicas;
  std::vector<UnreadField> unread{};
};

// The objects of files, by normalised path.
using ManifestFiles = std::map<std::string, ManifestSet>;

// What is in force together: a set for each kustomization that no other one names, with its patches applied, and one
// set, the first, for what no kustomization names. Patches are applied to what the rules look at. What goes round in a
// circle, is not among the files, unfolds to too much, meets no object, and what is not followed are told in `issues`,
// as warnings.
[[nodiscard]] std::vector<ManifestSet> manifest_sets(ManifestFiles files, const std::vector<Kustomization>& all,
                                                     Issues& issues);

// "a/b/../c/./d" as "a/c/d"; "." for none.
[[nodiscard]] std::string normal_path(std::string_view folder, std::string_view relative);

}  // namespace migplan
