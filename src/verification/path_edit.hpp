#pragma once

#include "migplan/verification/kustomization.hpp"

// What an operation of a JSON patch does to an object. False = it changes what a rule looks at in a way that is not
// followed here, or its path leads nowhere. Paths that no rule looks at are as good as followed.
namespace migplan {

[[nodiscard]] bool follow(const PathEdit& edit, Workload& workload);
[[nodiscard]] bool follow(const PathEdit& edit, Budget& budget);
[[nodiscard]] bool follow(const PathEdit& edit, Autoscaler& autoscaler);
[[nodiscard]] bool follow(const PathEdit& edit, ConfigMap& map);
[[nodiscard]] bool follow(const PathEdit& edit, Entrance& entrance);
[[nodiscard]] bool follow(const PathEdit& edit, Role& role);

}  // namespace migplan
