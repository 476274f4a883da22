#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/date.hpp"
#include "migplan/base/issue.hpp"
#include "migplan/base/text.hpp"
#include "migplan/scheduling/plan_dates.hpp"
#include "migplan/scoring/scorecard.hpp"

namespace migplan {

// What a plan has to keep. models.md section 4.
enum class Rule : std::uint8_t {
  UnknownService,
  MissingService,
  RepeatedService,
  UnknownPhase,
  MissingPhase,
  RepeatedPhase,
  PhaseOrder,
  Duration,
  WorkingDay,
  ProgrammeStart,
  TierStart,
  AsOf,
  Pin,
  Progress,
  Freeze,
  Capacity,
  Precedence,
  MoveGroup,
  Deadline,
};
inline constexpr std::array kRules{Rule::UnknownService,
                                   Rule::MissingService,
                                   Rule::RepeatedService,
                                   Rule::UnknownPhase,
                                   Rule::MissingPhase,
                                   Rule::RepeatedPhase,
                                   Rule::PhaseOrder,
                                   Rule::Duration,
                                   Rule::WorkingDay,
                                   Rule::ProgrammeStart,
                                   Rule::TierStart,
                                   Rule::AsOf,
                                   Rule::Pin,
                                   Rule::Progress,
                                   Rule::Freeze,
                                   Rule::Capacity,
                                   Rule::Precedence,
                                   Rule::MoveGroup,
                                   Rule::Deadline};
[[nodiscard]] std::string_view name_of(Rule rule) noexcept;         // stable: tier-start
[[nodiscard]] std::string_view description_of(Rule rule) noexcept;  // a sentence, without a full stop

// One place where a plan breaks a rule.
struct Violation {
  Rule rule = Rule::UnknownService;
  std::string service;
  std::string phase;          // empty = the service as a whole
  Text message;               // what was found, and the limit
  std::optional<Date> day{};  // the first one on which the rule is broken
  Position at{};              // in the plan's file; {0, 0} = nowhere
};

// Everything that a plan breaks of the policy and of what its inventory says; by service, then day. It works from the
// dates alone and shares nothing with the code that makes plans, so that each can be held against the other.
// `as_of`: what had begun by that day has to stand as `progress` says, and nothing else begins before; null = progress
// counts for nothing. Expected time: services and phases, their sorting, and the days from the first to the last.
[[nodiscard]] std::vector<Violation> violations(const Scorecard& card, const PlanDates& plan,
                                                std::optional<Date> as_of = std::nullopt);

}  // namespace migplan
