#pragma once

// A plan held against progress, and what comes of it in one text.

#include <memory>
#include <string>
#include <utility>

#include "migplan/scheduling/slip.hpp"
#include "short_programme.hpp"

namespace migplan::held {

struct Held {
  std::unique_ptr<short_programme::Case> programme;
  std::unique_ptr<Scorecard> card;
  std::unique_ptr<PlanDates> plan;
  std::unique_ptr<ProgrammeStatus> status;
};

inline Result<ProgrammeStatus> try_hold(const Scorecard& card, const PlanDates& plan, Date as_of) {
  return ProgrammeStatus::create(card, plan, as_of);
}

inline Held hold(short_programme::Case programme, PlanDates plan, std::string_view as_of) {
  Held held;
  held.programme = std::make_unique<short_programme::Case>(std::move(programme));
  held.card = std::make_unique<Scorecard>(held.programme->inventory, held.programme->policy);
  held.plan = std::make_unique<PlanDates>(std::move(plan));
  held.status =
      std::make_unique<ProgrammeStatus>(reading::accepted(try_hold(*held.card, *held.plan, dated::day(as_of))));
  return held;
}

inline std::string name_of(const ProgrammeStatus& status, std::uint32_t service) {
  return std::string(status.card().inventory()[status.services()[service].service].name);
}

inline std::string words(const ProgrammeStatus& status, const SlipPart& part) {
  std::string text = std::string(name_of(part.cause)) + " " + std::to_string(part.days);
  const Programme& programme = status.expected().programme();
  if (part.resource) text += " " + programme.resources()[*part.resource].name;
  if (part.activity) {
    text += " " + std::string(status.phase_of(*part.activity).phase->name) + " of " +
            std::string(programme.name_of(programme.migrations()[programme.owner_of(*part.activity).migration]));
  }
  if (part.freeze != nullptr) text += " " + part.freeze->name;
  return text;
}

// "cart cutover, start 4: predecessor 2 refactor of cart, unexplained 2", a line each.
inline std::string slip_words(const ProgrammeStatus& status) {
  std::string text;
  for (const Slip& slip : slips(status)) {
    if (!text.empty()) text += "\n";
    text += name_of(status, slip.service) + " ";
    text += status.phases(status.services()[slip.service])[slip.phase].phase->name;
    if (slip.start_late) text += ", start " + std::to_string(*slip.start_late);
    if (slip.finish_late) text += ", finish " + std::to_string(*slip.finish_late);
    std::string parts;
    for (const SlipPart& part : slip.parts) parts += (parts.empty() ? ": " : ", ") + words(status, part);
    text += parts;
  }
  return text;
}

}  // namespace migplan::held
