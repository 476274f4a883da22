#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

// An answer to a project scheduling instance.
struct InstanceAnswer {
  std::string instance;
  std::int32_t makespan = 0;
  std::vector<std::int32_t> starts;  // by job
};

// The JSON of `schedule` of .sm files, migplan/instances/v1.
inline constexpr std::string_view kInstancesSchema = "migplan/instances/v1";
[[nodiscard]] Result<std::vector<InstanceAnswer>> read_instance_answers(ByteSource& source, std::string_view name);

}  // namespace migplan
