#include <algorithm>

#include "migplan/playbook/ramp_prediction.hpp"
#include "schedule_columns.hpp"
#include "schedule_tables.hpp"

namespace migplan {

using namespace schedule_view;

namespace {

struct LongRamp {
  std::uint32_t migration;
  RampPrediction ramp;
};

// Whether a grey release is still to come.
bool will_be_released(const Plan& plan, const Migration& migration) {
  const auto phases = plan.programme().phases(migration);
  return std::any_of(phases.begin(), phases.end(), [](const RoutePhase& phase) {
    return phase.name == "canary" && !phase.has_begun && !phase.is_over_undated;
  });
}

// Those whose traffic is known and too little to show the limit of differences within the phase.
std::vector<LongRamp> long_ramps(const Plan& plan) {
  std::vector<LongRamp> found;
  const auto migrations = plan.programme().migrations();
  for (std::uint32_t m = 0; m < migrations.size(); ++m) {
    const Stated<RequestsPerSecond> traffic = profile_of(service_of(plan, m)).traffic;
    if (!traffic.is_known() || !will_be_released(plan, migrations[m])) continue;
    const RampPrediction ramp = ramp_prediction(plan.programme().card().policy(), traffic.value());
    if (ramp.fits == false) found.push_back({m, ramp});
  }
  return found;
}

}  // namespace

Table ramps_table(const Plan& plan) {
  ColumnsOf<LongRamp> columns(plan, long_ramps(plan));
  columns.text("name", "service", Shown::Always,
               [](const Plan& p, const LongRamp& row) -> Value { return name_of(p, row.migration); });
  columns.number("requests_per_second", "requests/s", Shown::Always, [](const Plan& p, const LongRamp& row) {
    const RequestsPerSecond traffic = profile_of(service_of(p, row.migration)).traffic.value();
    return trimmed_number({traffic.steps(), RequestsPerSecond::kDecimals});
  });
  columns.number("requests", "requests", Shown::Always,
                 [](const Plan&, const LongRamp& row) { return count_value(row.ramp.requests); });
  columns.number("hours", "hours needed", Shown::Always,
                 [](const Plan&, const LongRamp& row) { return row.ramp.time ? value_of(*row.ramp.time) : Value{}; });
  columns.number("days", "days planned", Shown::Always,
                 [](const Plan&, const LongRamp& row) { return value_of(*row.ramp.slot); });
  return columns.table("long_ramps", "Grey releases whose ramp needs longer than its phase");
}

Text ramps_note(const Plan& plan) {
  const std::size_t count = long_ramps(plan).size();
  if (count == 0) return {};
  if (count == 1) {
    return "One service has so little traffic that the ramp of the grey release outlasts its phase; --table long_ramps "
           "lists it.";
  }
  return say(
      "{} services have so little traffic that the ramp of the grey release outlasts its phase; --table long_ramps "
      "lists them.",
      count);
}

}  // namespace migplan
