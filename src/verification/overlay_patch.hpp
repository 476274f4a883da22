#pragma once

#include "migplan/verification/kustomization.hpp"

namespace migplan {

// What of a strategic merge patch did not come to anything.
struct PatchOutcome {
  std::vector<const Removal*> left;   // that some object could not follow
  std::vector<const ObjectId*> idle;  // patches that met no object and have no target, which may meet none
};
// Puts what a strategic merge patch states into the objects that it is meant for: those of its kind and name, or those
// of the target. What is $patch: delete is taken out. Places of what a patch states are in the patch.
[[nodiscard]] PatchOutcome patch_objects(ManifestSet& set, const ManifestSet& patch, const PatchTarget& target);

// Follows the operations in the objects of the target; those that some object could not follow, each once.
[[nodiscard]] std::vector<const PathEdit*> edit_objects(ManifestSet& set, const std::vector<PathEdit>& edits,
                                                        const PatchTarget& target);

// Adds what a generator makes, or puts it into what another one made.
void add_generated(ManifestSet& set, const GeneratedMap& generated);

// Namespace, labels, annotations and numbers of replicas that a kustomization gives everything.
void transform(ManifestSet& set, const Kustomization& by);

}  // namespace migplan
