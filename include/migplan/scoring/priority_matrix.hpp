#pragma once

#include <string_view>
#include <vector>

#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// The services of one tier in one domain.
struct MatrixCell {
  TierIndex tier = 0;
  std::string_view domain;             // empty = not stated
  std::vector<ServiceIndex> services;  // highest score first, then by name
};

// Every tier x every domain of the inventory, empty cells too: by tier, highest first, then by domain name.
[[nodiscard]] std::vector<MatrixCell> priority_matrix(const Scorecard& card);

}  // namespace migplan
