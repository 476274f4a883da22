#include "migplan/load/starter_files.hpp"

#include <array>

#include "embedded.hpp"

namespace migplan {

std::span<const StarterFile> starter_files() noexcept {
  static const std::array<StarterFile, 6> kFiles{{
      {"services.yaml", embedded::starter_services_yaml()},
      {"policy.yaml", embedded::starter_policy_yaml()},
      {"migplan.yaml", embedded::starter_project_yaml()},
      {"schema/inventory.v1.json", embedded::inventory_schema_json()},
      {"schema/policy.v1.json", embedded::policy_schema_json()},
      {"schema/project.v1.json", embedded::project_schema_json()},
  }};
  return kFiles;
}

}  // namespace migplan
