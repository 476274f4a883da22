#pragma once

#include <span>
#include <string_view>

namespace migplan {

// What `init` writes: an inventory, a policy and a project file with comments, and the schemas that editors read.
struct StarterFile {
  std::string_view path;  // below the chosen folder
  std::string_view text;
};
[[nodiscard]] std::span<const StarterFile> starter_files() noexcept;

}  // namespace migplan
