#pragma once

#include <optional>
#include <string_view>

#include "migplan/model/policy.hpp"
#include "migplan/model/service.hpp"

namespace migplan {

// A mean over the facts that are stated; null = none is.
struct GradeOf {
  std::optional<Grade> grade;  // 0..1, rounded half up to 1/10000
  int facts = 0;
};

// Where a service stands in the coupling x obsolescence matrix; models.md section 3.
struct QuadrantPlace {
  GradeOf coupling;      // of 2 facts
  GradeOf obsolescence;  // of 6 facts
  // Null unless both grades are known.
  std::optional<Band> coupling_band{}, obsolescence_band{};
  std::optional<int> priority{};   // 1..10
  std::string_view disposition{};  // of the policy; empty = unknown
};
inline constexpr int kCouplingFacts = 2;
inline constexpr int kObsolescenceFacts = 6;

[[nodiscard]] QuadrantPlace quadrant_place(const Service& service, const QuadrantPolicy& policy);

}  // namespace migplan
