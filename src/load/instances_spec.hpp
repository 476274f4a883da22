#pragma once

#include <string>
#include <vector>

#include "field_spec.hpp"
#include "migplan/base/quantity.hpp"

namespace migplan {

// An answer while its fields are being read.
struct AnswerDraft {
  std::string instance;
  Count makespan;
  std::vector<Count> starts;
};
struct AnswersDraft {
  std::vector<AnswerDraft> instances;
};
[[nodiscard]] const MapSpec& answers_spec() noexcept;

}  // namespace migplan
