#pragma once

#include <string>
#include <utility>

#include "migplan/base/issue.hpp"

namespace migplan::cli {

// About the command line rather than a file.
[[nodiscard]] inline Issue usage_issue(std::string message, std::string hint = {}) {
  return {Severity::Error, "", {}, "", std::move(message), std::move(hint)};
}

// A path as messages show it.
[[nodiscard]] inline std::string shown_name(const std::string& path) {
  return path == "-" ? std::string("<standard input>") : path;
}

}  // namespace migplan::cli
