#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/playbook/type_aliases.hpp"

namespace migplan {

// Java types in a file and what its own classes stand for, as they are written: nothing is parsed yet.
struct TypesFile {
  std::vector<StatedType> types;
  std::vector<TypeAlias> aliases;
};

// A type a line, "#" before a comment; or, where the first line that says something is a key, migplan/types/v1 in YAML
// or JSON.
[[nodiscard]] Result<TypesFile> read_types(ByteSource& source, std::string_view file);

}  // namespace migplan
