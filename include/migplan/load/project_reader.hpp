#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

// migplan.yaml: where a project keeps its files. Paths are relative to the file; empty = not named.
struct ProjectFile {
  std::vector<std::string> inventory;
  std::string policy;
  std::string exemptions;
  std::string baseline;
  std::string schedule;
  std::string playbooks;
  std::string imports;
};

[[nodiscard]] Result<ProjectFile> read_project(ByteSource& source, std::string_view name);

}  // namespace migplan
