#include <algorithm>

#include "migplan/verification/binomial_bounds.hpp"
#include "slo_rules.hpp"

namespace migplan::slo {
namespace {

using Levels = MeasuredLevels;

// The entry that counts the events of this objective.
const Levels* find_events(const SloEvidence& evidence, std::string_view service, std::string_view objective) {
  const auto found = std::find_if(evidence.measured.begin(), evidence.measured.end(), [&](const Levels& levels) {
    return levels.service == service && levels.objective == objective && levels.total;
  });
  return found == evidence.measured.end() ? nullptr : &*found;
}

bool has_general_events(const ServiceObjective& objective) noexcept {
  return objective.kind == ObjectiveKind::Availability && objective.budget_of == BudgetOf::Events;
}

Text shown(const std::string& service) { return service.empty() ? Text("the service") : Text::verbatim(service); }

// How many objectives the counts of a service might be of.
std::ptrdiff_t claimants(const SloEvidence& evidence, std::string_view service) {
  return std::count_if(evidence.objectives.begin(), evidence.objectives.end(), [&](const ServiceObjective& other) {
    return other.service == service && has_general_events(other) &&
           find_events(evidence, service, other.name) == nullptr;
  });
}

Text why_not_general(const ServiceObjective& objective, const SloEvidence& evidence) {
  const Text hint = say("counts with `objective: {}` would", objective.name);
  if (objective.budget_of == BudgetOf::TimeSlices) {
    return say("its budget counts time slices, and counts of requests do not tell them: {}", hint);
  }
  switch (objective.kind) {
    case ObjectiveKind::Threshold: return say("counts of failed requests say nothing of a threshold: {}", hint);
    case ObjectiveKind::Unknown: return say("its indicator is not in the file: {}", hint);
    case ObjectiveKind::Latency: return say("counts of failed requests say nothing of slow ones: {}", hint);
    case ObjectiveKind::Availability: break;
  }
  const auto several = claimants(evidence, objective.service);
  if (several < 2) return {};
  return say("the counts of {} do not say which of its {} objectives they are of: {}", shown(objective.service),
             several, hint);
}

// The window and what of it has gone; or why that does not fit.
Text place_in_window(const ServiceObjective& objective, const Levels& levels, const SloPolicy& policy, Seconds& window,
                     Seconds& elapsed) {
  if (levels.window) {
    window = seconds_of(*levels.window);
    const bool is_other = objective.window && (window < objective.window->least || window > objective.window->most);
    if (is_other) {
      return say("the counts are of a window of {} days, its own is {}", trimmed(*levels.window),
                 text_of(*objective.window));
    }
  } else if (const auto own = window_length(objective, policy)) {
    window = *own;
  } else {
    return "the counts do not say how long the window is: window_days";
  }
  elapsed = levels.elapsed ? seconds_of(*levels.elapsed) : window;
  if (elapsed > window) {
    return say("the counts are of {} days, its window is {}", trimmed(*levels.elapsed),
               text_of(ObjectiveWindow{window, window}));
  }
  return {};
}

Check check_of(const ServiceObjective& objective, const Counted& counted, std::string_view rule) {
  Check check;
  check.service = objective.service;
  check.rule = rule;
  check.subject = objective.name;
  check.source = counted.place.file.empty() ? objective.place : counted.place;
  check.message = say("{}: {}", objective.name, counted.why_not);
  return check;
}

std::optional<Number> whole_number(std::uint64_t count) { return Number{static_cast<std::int64_t>(count), 0}; }

Text days(WindowDays length) {
  // Tenths are enough for people, rounded down.
  const std::int64_t tenths = length.steps() / 100;
  return tenths == 10 ? say("{} day", trimmed(tenths, 1)) : say("{} days", trimmed(tenths, 1));
}

// "at this rate nothing is left in 8.3 days, 11.6 days before the window ends"
Text outlook(const ErrorBudget& budget) {
  if (budget.is_over()) return "the window is over";
  const WindowDays rest = days_of(budget.window() - budget.elapsed());
  const auto lasts = budget.lasts();
  if (!lasts) return say("at this rate it outlasts the {} to the window's end", days(rest));
  if (*lasts >= rest) {
    return say("at this rate it lasts {} more, and the window ends in {}", days(*lasts), days(rest));
  }
  return say("at this rate nothing is left in {}, and the window ends in {}", days(*lasts), days(rest));
}

Verdict verdict_of(ShareStanding standing) noexcept {
  switch (standing) {
    case ShareStanding::Within: return Verdict::Pass;
    case ShareStanding::Beyond: return Verdict::Fail;
    case ShareStanding::Open: return Verdict::Inconclusive;
  }
  return Verdict::Inconclusive;
}

Text too_few(const Tally& counted, Percent budget, Percent confidence) {
  const auto needed = trials_still_needed(counted, budget, confidence);
  if (!needed) return ": too few to tell";
  return counted.events == 0 ? say(": too few to tell, {} more without a failure would settle it", *needed)
                             : say(": too few to tell, {} more that fail as often would settle it", *needed);
}

}  // namespace

Counted counted_events(const ServiceObjective& objective, const SloEvidence& evidence, const SloPolicy& policy) {
  const Levels* levels = find_events(evidence, objective.service, objective.name);
  Counted counted;
  if (levels == nullptr) {
    levels = find_events(evidence, objective.service, "");
    counted.why_not = levels == nullptr ? say("there are no counts of requests of {}", shown(objective.service))
                                        : why_not_general(objective, evidence);
  }
  if (levels == nullptr) return counted;
  counted.place = levels->place;
  if (!counted.why_not.empty()) return counted;
  Seconds window, elapsed;
  counted.why_not = place_in_window(objective, *levels, policy, window, elapsed);
  if (counted.why_not.empty() && *levels->total == 0) counted.why_not = "no request was counted";
  if (!counted.why_not.empty()) return counted;
  counted.budget.emplace(error_budget(objective), *levels->total, *levels->failed, window, elapsed);
  return counted;
}

Check budget_check(const ServiceObjective& objective, const Counted& counted) {
  Check check = check_of(objective, counted, "slo-budget");
  check.unit = "failures";
  if (!counted.budget) return check;
  const ErrorBudget& budget = *counted.budget;
  const std::uint64_t failed = budget.failed(), allowed = budget.allowed();
  check.observed = whole_number(failed);
  check.limit = whole_number(allowed);
  check.samples = budget.total();
  check.verdict = budget.is_exhausted() ? Verdict::Fail : Verdict::Pass;
  const Text window = text_of(ObjectiveWindow{budget.window(), budget.window()});
  if (budget.is_exhausted()) {
    check.message = say("{}: {} failures, {} are allowed in {}: {} too many", objective.name, failed, allowed, window,
                        failed - allowed);
  } else {
    check.message = say("{}: {} of {} failures allowed in {} are used, {} left; {}", objective.name, failed, allowed,
                        window, allowed - failed, outlook(budget));
  }
  return check;
}

Check burn_check(const ServiceObjective& objective, const Counted& counted, Percent confidence) {
  Check check = check_of(objective, counted, "slo-burn");
  check.unit = "burn rate";
  check.limit = Number{1, 0};
  if (!counted.budget) return check;
  const ErrorBudget& budget = *counted.budget;
  const Tally tally{budget.failed(), budget.total()};
  const Percent allowed = error_budget(objective);
  check.observed = budget.burn_rate();
  check.samples = tally.trials;
  const auto rate = budget.burn_rate();
  check.message = say("{}: {} % of {} requests fail and {} % may", objective.name, trimmed(share_of(tally)),
                      tally.trials, trimmed(allowed));
  if (rate) check.message += say(", a burn rate of {}", trimmed(rate->steps, rate->decimals));
  if (budget.is_over()) {
    check.verdict = budget.is_exhausted() ? Verdict::Fail : Verdict::Pass;
    check.message += "; these are all requests of the window";
    return check;
  }
  const ShareBounds bounds = one_sided_bounds(tally, confidence);
  check.low = budget.burn_rate_of(bounds.low);
  check.high = budget.burn_rate_of(bounds.high);
  const ShareStanding stands = standing(tally, allowed, confidence);
  check.verdict = verdict_of(stands);
  const bool is_within = share_of(tally) <= allowed;
  check.message += say("; {} % or {} fail with {} % confidence", trimmed(is_within ? bounds.high : bounds.low),
                       is_within ? "less" : "more", trimmed(confidence));
  if (stands == ShareStanding::Open) check.message += too_few(tally, allowed, confidence);
  return check;
}

}  // namespace migplan::slo
