#pragma once

#include <span>
#include <string_view>

// Files of data/ that are part of the program; cmake/EmbedFiles.cmake writes the definitions.
namespace migplan::embedded {

[[nodiscard]] std::string_view policy_yaml() noexcept;
[[nodiscard]] std::string_view starter_services_yaml() noexcept;
[[nodiscard]] std::string_view starter_policy_yaml() noexcept;
[[nodiscard]] std::string_view starter_project_yaml() noexcept;
[[nodiscard]] std::string_view inventory_schema_json() noexcept;
[[nodiscard]] std::string_view policy_schema_json() noexcept;
[[nodiscard]] std::string_view project_schema_json() noexcept;
[[nodiscard]] std::string_view catalogue_zh_po() noexcept;

struct File {
  std::string_view name;  // without folders
  std::string_view text;
};
// data/playbooks, by name.
[[nodiscard]] std::span<const File> playbooks() noexcept;

}  // namespace migplan::embedded
