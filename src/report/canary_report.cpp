#include <array>
#include <memory>
#include <utility>

#include "migplan/base/decimal.hpp"
#include "migplan/report/verification_views.hpp"

namespace migplan {
namespace {

Value percent_value(Percent share) { return trimmed_number({share.steps(), Percent::kDecimals}); }
Value percent_or_null(const std::optional<Percent>& share) { return share ? percent_value(*share) : Value{}; }
Value whole(std::uint64_t count) { return count_value(static_cast<std::size_t>(count)); }

// The two greatest units that are not 0, rounded up; for people only.
Text duration_text(Seconds time) {
  constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
  const std::int64_t seconds = (time.steps() + Seconds::scale() - 1) / Seconds::scale();
  if (seconds >= kDay) return say("{} d {} h", seconds / kDay, seconds % kDay / kHour);
  if (seconds >= kHour) return say("{} h {} min", seconds / kHour, seconds % kHour / kMinute);
  if (seconds >= kMinute) return say("{} min {} s", seconds / kMinute, seconds % kMinute);
  return say("{} s", seconds);
}

std::shared_ptr<Table> ramp_table(std::span<const RampStep> steps) {
  std::vector<Column> columns;
  const auto add = [&](const char* key, Value (*get)(const RampStep&)) {
    columns.push_back({key, key, Shown::Always, true, [steps, get](std::size_t i) { return get(steps[i]); }});
  };
  add("share", [](const RampStep& s) { return percent_value(s.share); });
  add("pairs", [](const RampStep& s) { return whole(s.pairs); });
  add("time_s", [](const RampStep& s) {
    return s.time ? trimmed_number({s.time->steps(), Seconds::kDecimals}) : Value{};
  });
  columns.back().heading = "time";
  columns.back().words = [steps](std::size_t i) {
    return steps[i].time ? duration_text(*steps[i].time) : Text::verbatim("-");
  };
  return std::make_shared<Table>("ramp", "Pairs without a difference that a step takes to show the limit", steps.size(),
                                 std::move(columns));
}

std::shared_ptr<Table> routing_table(const RoutedLog* log) {
  std::vector<Column> columns;
  columns.push_back({"route", "route", Shown::Always, false,
                     [](std::size_t i) { return word_value(name_of(static_cast<GreyRoute>(i))); }});
  columns.push_back(
      {"requests", "requests", Shown::Always, true, [log](std::size_t i) { return whole(log->routed[i]); }});
  columns.push_back({"share", "share", Shown::Always, true, [log](std::size_t i) -> Value {
                       return percent_value(Percent::from_steps(
                           divide_half_up(Int128{Percent::max().steps()} * static_cast<Int128>(log->routed[i]),
                                          static_cast<Int128>(log->requests()))));
                     }});
  return std::make_shared<Table>("routing", "What the routing rule does with the log",
                                 log == nullptr ? 0 : log->routed.size(), std::move(columns));
}

Text counted_requests(std::uint64_t count) { return counted(count, "{} request", "{} requests"); }

Text action_text(const CanaryView& view) {
  switch (view.action) {
    case CanaryAction::RollBack: return "roll back, share to 0 %";
    case CanaryAction::Hold: return view.share ? say("hold at {} %", trimmed(*view.share)) : Text("hold");
    case CanaryAction::Continue: break;
  }
  if (!view.share) return "continue";
  return view.next_share == view.share ? Text("continue, all traffic is on the new service")
                                       : say("continue, share to {} %", trimmed(*view.next_share));
}

Text headline(const CanaryView& view) {
  return view.service.empty() ? action_text(view) : say("{}: {}", view.service, action_text(view));
}

void add_routing_notes(const CanaryView& view, std::vector<Text>& notes) {
  const RoutedLog& log = *view.routed;
  if (log.with_header == 0) notes.push_back(say("no request of the log carries {}", view.header));
  if (log.other_values != 0) {
    notes.push_back(say("{} with another value of {}: the ratio decides on these", counted_requests(log.other_values),
                        view.header));
  }
  if (log.without_trace != 0) {
    notes.push_back(say("{} without a trace id: each is drawn for by itself", counted_requests(log.without_trace)));
  }
}

}  // namespace

Result<Report> canary_report(const CanaryView& view, const TableChoice& choice) {
  std::vector<Text> notes;
  for (const std::string& note : view.notes) notes.push_back(Text::verbatim(note));
  std::vector<std::shared_ptr<Table>> tables{ramp_table(view.ramp)};
  if (view.routed != nullptr) add_routing_notes(view, notes);
  tables.push_back(routing_table(view.routed));
  return checks_report({.command = "canary",
                        .checks = view.checks,
                        .rules = {kCanaryRules.begin(), kCanaryRules.end()},
                        .inconclusive = view.inconclusive,
                        .headlines = {headline(view)},
                        .document = {{"service", text_or_null(view.service)},
                                     {"action", word_value(name_of(view.action))},
                                     {"share", percent_or_null(view.share)},
                                     {"next_share", percent_or_null(view.next_share)}},
                        .tables = std::move(tables),
                        .notes = std::move(notes)},
                       choice);
}

}  // namespace migplan
