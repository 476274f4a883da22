// Every reader of service level objectives, whichever recognises the text.
#include "migplan/load/objectives_reader.hpp"
#include "migplan/verification/slo.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

constexpr SloPolicy kPolicy{
    .coverage = Percent::whole(80), .default_window = CalendarDays::whole(30), .confidence = Percent::whole(95)};

void check_objective(const ServiceObjective& objective) {
  fuzz::require(!objective.name.empty(), "an objective has a name");
  fuzz::require(Percent{} <= objective.target && objective.target <= Percent::max(), "a target is a share");
  fuzz::require(objective.place.file == "input" && objective.place.at.line != 0, "an objective has its place");
  if (objective.window) {
    fuzz::require(objective.window->least <= objective.window->most, "a window's lengths rise");
    fuzz::require(objective.window->most <= seconds_of(WindowDays::max()), "a window has an end");
  }
}

MeasuredLevels measured(const ServiceObjective& objective) {
  MeasuredLevels levels;
  levels.service = objective.service;
  levels.objective = objective.name;
  levels.total = 1'000'000;
  levels.failed = 700;
  levels.latency_p95 = Milliseconds::whole(300);
  levels.place = {"counts", {1, 1}, ""};
  return levels;
}

void check_verdict(const Check& check) {
  fuzz::require(!check.message.empty(), "a check says why");
  const bool is_counted = check.rule == "slo-budget" && check.observed;
  if (!is_counted) return;
  const bool is_kept = check.observed->steps <= check.limit->steps;
  fuzz::require(check.verdict == (is_kept ? Verdict::Pass : Verdict::Fail), "the numbers agree",
                check.message.english());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TextSource source(fuzz::text_of(data, size));
  auto objectives = read_objectives(source, "input");
  fuzz::require(objectives.is_ok() != objectives.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(objectives.issues());
  static_cast<void>(has_objectives(fuzz::text_of(data, size)));
  if (!objectives.is_ok()) return 0;
  fuzz::require(!objectives.value().empty(), "a file holds an objective");
  SloEvidence evidence;
  evidence.objectives = std::move(objectives).value();
  evidence.is_measured = true;
  for (const ServiceObjective& objective : evidence.objectives) {
    check_objective(objective);
    evidence.measured.push_back(measured(objective));
  }
  for (const Check& check : slo_result(evidence, kPolicy).checks) check_verdict(check);
  return 0;
}
