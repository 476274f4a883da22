#include "migplan/load/plan_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<PlanDates> plan = read_plan(source, "input");
  fuzz::require(plan.is_ok() != plan.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(plan.issues());
  if (!plan.is_ok()) return 0;
  fuzz::require(!plan.value().services.empty(), "a plan has services");
  for (const DatedService& service : plan.value().services) {
    for (const DatedPhase& phase : service.phases) {
      fuzz::require(phase.finish - phase.start >= -1, "a phase does not end before it begins", service.name);
      fuzz::require(phase.at.line != 0, "a phase has its place", service.name);
    }
  }
  return 0;
}
