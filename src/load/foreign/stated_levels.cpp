#include <array>
#include <utility>

#include "levels_spec.hpp"
#include "objective_formats.hpp"

namespace migplan {
namespace {

constexpr std::array<std::string_view, 3> kKeys{"availability_slo", "error_budget_monthly", "latency_p95_target_ms"};

bool is_stated_levels(const YamlValue& document) {
  if (document.text_of("schema") == kStatedLevelsSchema) return true;
  for (const YamlValue& value : document.items()) {
    for (const std::string_view key : kKeys) {
      if (value.key() == key) return true;
    }
  }
  return false;
}

void read_stated_levels(const YamlValue& document, ObjectiveFile& file) {
  StatedLevelsDraft draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(stated_levels_spec(), &draft, file.name, issues, arena);
  feed_value(document, reader);
  const bool is_rejected = issues.has_errors();
  file.issues.append(std::move(issues));
  if (is_rejected) return;
  StatedLevels stated;
  stated.service = std::move(draft.service);
  const auto figure = [&file](Position at, std::string_view key, std::int64_t steps) {
    return StatedLevels::Figure{{std::string(file.name), at, std::string(key)}, steps};
  };
  if (draft.availability) {
    stated.availability = figure(draft.availability->at, kKeys[0], draft.availability->value.steps());
  }
  if (draft.error_budget_monthly) {
    const PercentDraft& budget = *draft.error_budget_monthly;
    stated.error_budget_monthly = figure(budget.at, kKeys[1], budget.value.steps());
  }
  if (draft.latency_p95) stated.latency_p95 = figure(draft.latency_at, kKeys[2], draft.latency_p95->steps());
  for (ServiceObjective& objective : objectives_of(stated)) file.objectives.push_back(std::move(objective));
}

}  // namespace

const ObjectiveFormat kStatedLevels{"service-level-objectives.yaml (availability_slo, …)", is_stated_levels,
                                    read_stated_levels};

}  // namespace migplan
