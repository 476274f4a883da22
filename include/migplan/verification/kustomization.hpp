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

// Objects that a patch is meant for besides those of its own kind and name; empty = those.
struct PatchTarget {
  std::string kind, name;
};
struct KustomizePatch {
  std::string file;     // relative to the kustomization; empty = it stands in it
  ManifestSet objects;  // what it states; empty = the objects of the file
  PatchTarget target;
};

// A kustomization.yaml, as far as the rules need it.
struct Kustomization {
  EvidencePlace place;
  std::string folder;                  // of the file, normalised
  std::vector<std::string> resources;  // files and folders, relative to it; bases and components, too
  std::vector<KustomizePatch> patches;
  ManifestSet generated;   // of generators
  std::string space;       // namespace for everything; empty = as it is
  Labels pod_labels;       // put on pods
  Labels selector_labels;  // of those, the ones that go into selectors, too
  std::vector<ReplicaCount> replicas;
};

// The objects of files, by normalised path.
using ManifestFiles = std::map<std::string, ManifestSet>;

// What is in force together: a set for each kustomization that no other one names, with its patches applied, and one
// set, the first, for what no kustomization names. A strategic merge patch is applied to what the rules look at. What
// goes round in a circle or is not among the files is told in `issues`, as a warning.
[[nodiscard]] std::vector<ManifestSet> manifest_sets(ManifestFiles files, const std::vector<Kustomization>& all,
                                                     Issues& issues);

// "a/b/../c/./d" as "a/c/d"; "." for none.
[[nodiscard]] std::string normal_path(std::string_view folder, std::string_view relative);

}  // namespace migplan
