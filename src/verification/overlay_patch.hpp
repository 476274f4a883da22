#pragma once

#include "migplan/verification/kustomization.hpp"

namespace migplan {

// Puts what a strategic merge patch states into the objects that it is meant for: those of its kind and name, or those
// of the target. What is $patch: delete is taken out. Places of what a patch states are in the patch.
void patch_objects(ManifestSet& set, const ManifestSet& patch, const PatchTarget& target);

// Namespace, labels and numbers of replicas that a kustomization gives everything.
void transform(ManifestSet& set, const Kustomization& by);

}  // namespace migplan
