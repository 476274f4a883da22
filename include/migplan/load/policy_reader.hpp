#pragma once

#include <string>
#include <string_view>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/model/policy.hpp"

namespace migplan {

// The text of data/policy.yaml, with its comments.
[[nodiscard]] std::string_view builtin_policy_text() noexcept;
[[nodiscard]] const Policy& builtin_policy();

// A policy file, YAML or JSON, merged over the built-in policy: maps merge by key, lists replace.
[[nodiscard]] Result<Policy> read_policy(ByteSource& source, std::string_view name);

}  // namespace migplan
