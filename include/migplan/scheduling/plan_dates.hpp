#pragma once

#include <string>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/base/issue.hpp"

namespace migplan {

// When the phases of services are, and nothing more: what a plan of anybody comes down to. Both days are included.
struct DatedPhase {
  std::string phase;
  Date start, finish;
  Position at{};  // in the file that it was read from
};

struct DatedService {
  std::string name;
  std::vector<DatedPhase> phases;  // as they stand in the file
  Position at{};
};

struct PlanDates {
  std::string file;  // as the user named it; empty = made by us
  std::vector<DatedService> services;
};

}  // namespace migplan
