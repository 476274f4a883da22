#include "migplan/load/measured_levels_reader.hpp"
#include "migplan/verification/slo.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

constexpr SloPolicy kPolicy{
    .coverage = Percent::whole(80), .default_window = CalendarDays::whole(30), .confidence = Percent::whole(95)};

void check_levels(const MeasuredLevels& levels) {
  fuzz::require(levels.place.at.line != 0, "counts have their place");
  fuzz::require(levels.total.has_value() == levels.failed.has_value(), "total and failed go together");
  fuzz::require(!levels.total || *levels.failed <= *levels.total, "no more fail than there are");
  fuzz::require(!levels.window || *levels.window > WindowDays{}, "a window is some time");
  const bool is_within = !levels.window || !levels.elapsed || *levels.elapsed <= *levels.window;
  fuzz::require(is_within, "no more of a window is gone than it is long");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  TextSource source(fuzz::text_of(data, size));
  auto read = read_measured_levels(source, "input");
  fuzz::require(read.is_ok() != read.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(read.issues());
  if (!read.is_ok()) return 0;
  SloEvidence evidence;
  evidence.measured = std::move(read).value();
  evidence.is_measured = true;
  for (const MeasuredLevels& levels : evidence.measured) {
    check_levels(levels);
    ServiceObjective objective;
    objective.service = levels.service;
    objective.name = levels.objective;
    objective.target = Percent::from_steps(99'950'000);
    objective.place = {"slo", {1, 1}, ""};
    evidence.objectives.push_back(std::move(objective));
  }
  for (const Check& check : slo_result(evidence, kPolicy).checks) fuzz::require(!check.message.empty(), "it says why");
  static_cast<void>(measured_issues(evidence));
  return 0;
}
