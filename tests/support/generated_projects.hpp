#pragma once

#include <cstdint>

#include "migplan/scheduling/search.hpp"

namespace migplan::testing {

// A project of the kind that ProGen makes (Kolisch, Sprecher, Drexl 1995): durations 1..10, demands 1..10, arcs of
// which none follows from others, capacities between what one activity needs and the peak of the earliest placement.
struct NetworkKind {
  std::uint32_t activities = 30;
  std::uint32_t resources = 4;
  double complexity = 1.5;         // arcs an activity
  double resource_factor = 0.5;    // share of the resources that an activity needs
  double resource_strength = 0.2;  // 0 = scarce, 1 = plenty
};
[[nodiscard]] ProjectParts generated_network(const NetworkKind& kind, std::uint64_t seed);
// The seed-th of a sweep over complexities, factors and strengths as in the PSPLIB sets.
[[nodiscard]] NetworkKind swept_kind(std::uint32_t activities, std::uint64_t seed);

// A migration: five steps a service, of which one elapses and the last obeys a closure; squads, three shared pools,
// working weeks, services that wait for others; three stages of weighted last steps.
struct GeneratedMigration {
  ProjectParts parts;
  Objective objective;
};
[[nodiscard]] GeneratedMigration generated_migration(std::uint32_t services, std::int32_t days, std::uint64_t seed);

}  // namespace migplan::testing
