#include "migplan/verification/objective.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "migplan/base/decimal.hpp"
#include "migplan/model/service.hpp"
#include "migplan/verification/slo.hpp"

namespace migplan {
namespace {

constexpr std::int64_t kStepSeconds = 86'400;        // milliseconds in a thousandth of a day
constexpr Percent kNinetyFive = Percent::whole(95);  // of a limit of the 95th percentile
constexpr std::int64_t kDaySeconds = 86'400;
constexpr ObjectiveWindow kMonth{Seconds::whole(28 * kDaySeconds), Seconds::whole(31 * kDaySeconds)};

Text number_of(std::string number, Pattern<1> one, Pattern<1> many) {
  const std::string_view pattern = number == "1" ? one.english() : many.english();
  return Text::of(pattern, {Text::verbatim(std::move(number))});
}

}  // namespace

Seconds seconds_of(WindowDays days) noexcept { return Seconds::from_steps(days.steps() * kStepSeconds); }
WindowDays days_of(Seconds length) noexcept { return WindowDays::from_steps(length.steps() / kStepSeconds); }

std::string_view name_of(ObjectiveKind kind) noexcept {
  switch (kind) {
    case ObjectiveKind::Availability: return "availability";
    case ObjectiveKind::Latency: return "latency";
    case ObjectiveKind::Threshold: return "threshold";
    case ObjectiveKind::Unknown: return "unknown";
  }
  return "";
}

Text text_of(const ObjectiveWindow& window) {
  if (window.least.steps() % kStepSeconds != 0) {
    constexpr std::int64_t kMinute = 60'000;
    if (window.least.steps() % kMinute != 0) return number_of(trimmed(window.least), "{} second", "{} seconds");
    return number_of(trimmed(window.least.steps() / kMinute, 0), "{} minute", "{} minutes");
  }
  std::string least = trimmed(days_of(window.least));
  if (window.least == window.most) return number_of(std::move(least), "{} day", "{} days");
  return say("{} to {} days", std::move(least), trimmed(days_of(window.most)));
}

std::string to_string(const ObjectiveWindow& window) { return text_of(window).english(); }

std::vector<ServiceObjective> objectives_of(const StatedLevels& stated) {
  std::vector<ServiceObjective> objectives;
  const auto &availability = stated.availability, &budget = stated.error_budget_monthly;
  if (availability || budget) {
    ServiceObjective& one = objectives.emplace_back();
    one.name = "availability";
    one.place = availability ? availability->place : budget->place;
    one.target = Percent::from_steps(availability ? availability->steps : Percent::max().steps() - budget->steps);
    if (budget) one.window = kMonth;
    if (availability && budget) {
      one.stated_budget = Percent::from_steps(budget->steps);
      one.budget_place = budget->place;
    }
    if (!availability) one.notes.emplace_back("no availability is stated: it follows from the error budget");
  }
  if (stated.latency_p95) {
    ServiceObjective& one = objectives.emplace_back();
    one.name = "latency-p95";
    one.kind = ObjectiveKind::Latency;
    one.place = stated.latency_p95->place;
    one.target = kNinetyFive;
    one.latency_limit = Milliseconds::from_steps(stated.latency_p95->steps);
  }
  for (ServiceObjective& one : objectives) one.service = stated.service;
  return objectives;
}

std::vector<ServiceObjective> objectives_of(const Inventory& inventory) {
  std::vector<ServiceObjective> objectives;
  for (const Service& service : inventory.services()) {
    const ServiceLevel& slo = details_of(service).slo;
    const std::string path = service.number ? fmt::format("services[{}].slo", *service.number) : "slo";
    StatedLevels stated;
    stated.service = service.name;
    const auto figure = [&](const auto& fact, std::string_view key) -> std::optional<StatedLevels::Figure> {
      if (!fact.is_known()) return std::nullopt;
      return StatedLevels::Figure{{inventory.files()[service.file], service.at, fmt::format("{}.{}", path, key)},
                                  fact.value().steps()};
    };
    stated.availability = figure(slo.availability, "availability_slo");
    stated.error_budget_monthly = figure(slo.error_budget_monthly, "error_budget_monthly");
    stated.latency_p95 = figure(slo.latency_p95_target, "latency_p95_target_ms");
    for (ServiceObjective& one : objectives_of(stated)) objectives.push_back(std::move(one));
  }
  return objectives;
}

}  // namespace migplan
