#pragma once

#include <optional>
#include <string>
#include <vector>

#include "field_spec.hpp"
#include "migplan/verification/objective.hpp"

namespace migplan {

// A percentage as a file states it, and where.
struct PercentDraft {
  Percent value;
  Position at;
};

struct StatedLevelsDraft {
  std::string service;
  std::optional<PercentDraft> availability, error_budget_monthly;
  std::optional<Milliseconds> latency_p95;
  Position latency_at;
};

inline constexpr std::string_view kStatedLevelsSchema = "migplan/service-level-objectives/v1";
[[nodiscard]] const MapSpec& stated_levels_spec() noexcept;  // target: StatedLevelsDraft

struct MeasuredDraft {
  std::string service, objective;
  std::optional<WindowDays> window, elapsed;
  std::optional<Count> total, failed;
  std::optional<Milliseconds> latency_p95;
  std::optional<PercentDraft> coverage;
  Position at;
};

struct MeasuredLevelsDraft {
  MeasuredDraft own;
  std::vector<MeasuredDraft> counts;
};

inline constexpr std::string_view kMeasuredLevelsSchema = "migplan/slo-counts/v1";
[[nodiscard]] const MapSpec& measured_levels_spec() noexcept;  // target: MeasuredLevelsDraft

}  // namespace migplan
