#pragma once

#include <string>
#include <vector>

#include "migplan/model/policy.hpp"
#include "migplan/report/value.hpp"

namespace migplan {

// The effective policy as the document that could be a policy file.
[[nodiscard]] Object policy_document(const Policy& policy);
[[nodiscard]] Object schedule_policy_document(const SchedulePolicy& schedule);
[[nodiscard]] Object verification_policy_document(const Policy& policy);
// The part of it that scores and tiers hang on.
[[nodiscard]] Object scoring_document(const Policy& policy);

// Of a calendar, for those who show it: name, first and last day and what is forbidden.
[[nodiscard]] List freeze_list(const WorkCalendar& calendar);

// One value of a document by its path: "scoring.weights.impact".
struct Setting {
  std::string key;
  Value value;
};
[[nodiscard]] std::vector<Setting> settings_of(const Object& document);

}  // namespace migplan
