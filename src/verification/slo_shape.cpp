#include <algorithm>
#include <vector>

#include "slo_rules.hpp"

namespace migplan::slo {
namespace {

constexpr Percent kNothing{}, kEverything = Percent::max();
// No service promises so little: it is a fraction where a percentage belongs.
constexpr Percent kLikelyFraction = Percent::whole(1);

Check check_of(const ServiceObjective& objective, std::string_view rule) {
  Check check;
  check.service = objective.service;
  check.rule = rule;
  check.subject = objective.name;
  check.unit = Percent::unit();
  check.source = objective.place;
  return check;
}

std::vector<Text> faults_of(const ServiceObjective& objective, const ServiceObjective* first) {
  std::vector<Text> faults;
  const Percent target = objective.target;
  if (target <= kNothing) faults.emplace_back("an objective of 0 % promises nothing");
  if (target >= kEverything) faults.emplace_back("an objective of 100 % leaves no error budget: one failure breaks it");
  if (kNothing < target && target <= kLikelyFraction) {
    faults.push_back(say("an objective of {} % promises next to nothing: is it a fraction, of {} %?", trimmed(target),
                         trimmed(target.steps() * 100, Percent::kDecimals)));
  }
  if (objective.stated_budget && (*objective.stated_budget <= kNothing || *objective.stated_budget >= kEverything)) {
    faults.push_back(say("an error budget of {} % is none", trimmed(*objective.stated_budget)));
  }
  if (objective.window && objective.window->least <= Seconds{}) faults.emplace_back("its window is 0 days long");
  if (objective.latency_limit && *objective.latency_limit <= Milliseconds{}) {
    faults.emplace_back("a limit of 0 ms is kept by no request");
  }
  if (first != nullptr) {
    faults.push_back(say("it stands there twice, first at {}", to_string(first->place)));
  }
  return faults;
}

// "0.05 % to fail, 21.6 minutes of 30 days"
Text allowance(const ServiceObjective& objective, const SloPolicy& policy) {
  const Percent budget = error_budget(objective);
  if (objective.kind == ObjectiveKind::Latency) {
    return objective.latency_limit
               ? say("{} % that may take more than {} ms", trimmed(budget), trimmed(*objective.latency_limit))
               : say("{} % that may be slow", trimmed(budget));
  }
  const auto length = window_length(objective, policy);
  if (!length) return say("{} % to fail in {}", trimmed(budget), text_of(*objective.window));
  // Percent steps are 10^-8 of the whole, seconds 10^-3; minutes are shown to the hundredth, rounded down.
  const Int128 lost = Int128{budget.steps()} * length->steps() / (Int128{Percent::max().steps()} * 600);
  Text text = say("{} % to fail, {} minutes of {}", trimmed(budget), trimmed(static_cast<std::int64_t>(lost), 2),
                  text_of(ObjectiveWindow{*length, *length}));
  if (!objective.window) text += " (the policy's window: its file states none)";
  return text;
}

// By how many times the greater one is greater.
Text factor(Percent stated, Percent left) {
  if (stated <= kNothing || left <= kNothing) return {};
  const std::int64_t greater = std::max(stated, left).steps(), smaller = std::min(stated, left).steps();
  const bool is_exact = Int128{greater} * 100 % smaller == 0;
  const std::int64_t hundredths = divide_half_up(Int128{greater} * 100, smaller);
  Text times = is_exact ? Text::verbatim(trimmed(hundredths, 2)) : say("about {}", trimmed(hundredths, 2));
  return stated > left ? say(": too much by a factor of {}", std::move(times))
                       : say(": too little by a factor of {}", std::move(times));
}

}  // namespace

std::optional<Seconds> window_length(const ServiceObjective& objective, const SloPolicy& policy) {
  const Seconds usual = seconds_of(WindowDays::whole(policy.default_window.steps()));
  if (!objective.window) return usual;
  const ObjectiveWindow& window = *objective.window;
  if (window.least == window.most) return window.least > Seconds{} ? std::optional(window.least) : std::nullopt;
  return window.least <= usual && usual <= window.most ? std::optional(usual) : std::nullopt;
}

Check shape_check(const ServiceObjective& objective, const ServiceObjective* first, const SloPolicy& policy) {
  Check check = check_of(objective, "slo-shape");
  check.observed = number_of(objective.target);
  std::vector<Text> faults = faults_of(objective, first);
  check.verdict = faults.empty() ? Verdict::Pass : Verdict::Fail;
  check.message = say("{}: {}", objective.name,
                      faults.empty() ? say("{} % leaves {}", trimmed(objective.target), allowance(objective, policy))
                                     : Text::joined(std::move(faults), "; "));
  return check;
}

Check agreement_check(const ServiceObjective& objective) {
  Check check = check_of(objective, "slo-agreement");
  const Percent stated = *objective.stated_budget, left = error_budget(objective);
  check.observed = number_of(stated);
  check.limit = number_of(left);
  if (objective.budget_place) check.source = *objective.budget_place;
  if (stated == left) {
    check.verdict = Verdict::Pass;
    check.message = say("{}: the stated error budget of {} % is what an objective of {} % leaves", objective.name,
                        trimmed(stated), trimmed(objective.target));
    return check;
  }
  check.verdict = Verdict::Fail;
  check.message =
      say("{}: the error budget is stated as {} %, and an objective of {} % leaves {} %{}; {} % would go with {} %",
          objective.name, trimmed(stated), trimmed(objective.target), trimmed(left), factor(stated, left),
          trimmed(stated), trimmed(kEverything - stated));
  return check;
}

}  // namespace migplan::slo
