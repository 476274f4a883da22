#pragma once

#include <string>

#include "migplan/verification/manifest.hpp"

namespace migplan {

// How many processes a container's command starts that run side by side, as far as its manifest says.
struct ProcessCount {
  std::size_t count = 1;
  std::string evidence;  // "supervisord", "a shell that starts 2 in the background"
};
[[nodiscard]] ProcessCount process_count(const Container& container);

}  // namespace migplan
