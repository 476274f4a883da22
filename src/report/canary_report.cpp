#include <fmt/format.h>

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
std::string duration_text(Seconds time) {
  constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
  const std::int64_t seconds = (time.steps() + Seconds::scale() - 1) / Seconds::scale();
  if (seconds >= kDay) return fmt::format("{} d {} h", seconds / kDay, seconds % kDay / kHour);
  if (seconds >= kHour) return fmt::format("{} h {} min", seconds / kHour, seconds % kHour / kMinute);
  if (seconds >= kMinute) return fmt::format("{} min {} s", seconds / kMinute, seconds % kMinute);
  return fmt::format("{} s", seconds);
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
    return steps[i].time ? duration_text(*steps[i].time) : std::string("-");
  };
  return std::make_shared<Table>("ramp", "Pairs without a difference that a step takes to show the limit", steps.size(),
                                 std::move(columns));
}

std::shared_ptr<Table> routing_table(const RoutedLog* log) {
  std::vector<Column> columns;
  columns.push_back({"route", "route", Shown::Always, false,
                     [](std::size_t i) -> Value { return name_of(static_cast<GreyRoute>(i)); }});
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

std::string counted_requests(std::uint64_t count) {
  return count == 1 ? std::string("1 request") : fmt::format("{} requests", count);
}

std::string headline(const CanaryView& view) {
  const std::string service = view.service.empty() ? std::string() : fmt::format("{}: ", view.service);
  switch (view.action) {
    case CanaryAction::RollBack: return service + "roll back, share to 0 %";
    case CanaryAction::Hold:
      return view.share ? fmt::format("{}hold at {} %", service, trimmed(*view.share)) : service + "hold";
    case CanaryAction::Continue: break;
  }
  if (!view.share) return service + "continue";
  return view.next_share == view.share ? fmt::format("{}continue, all traffic is on the new service", service)
                                       : fmt::format("{}continue, share to {} %", service, trimmed(*view.next_share));
}

void add_routing_notes(const CanaryView& view, std::vector<std::string>& notes) {
  const RoutedLog& log = *view.routed;
  if (log.with_header == 0) notes.push_back(fmt::format("no request of the log carries {}", view.header));
  if (log.other_values != 0) {
    notes.push_back(fmt::format("{} with another value of {}: the ratio decides on these",
                                counted_requests(log.other_values), view.header));
  }
  if (log.without_trace != 0) {
    notes.push_back(
        fmt::format("{} without a trace id: each is drawn for by itself", counted_requests(log.without_trace)));
  }
}

}  // namespace

Result<Report> canary_report(const CanaryView& view, const TableChoice& choice) {
  std::vector<std::string> notes = view.notes;
  std::vector<std::shared_ptr<Table>> tables{ramp_table(view.ramp)};
  if (view.routed != nullptr) add_routing_notes(view, notes);
  tables.push_back(routing_table(view.routed));
  return checks_report({.command = "canary",
                        .checks = view.checks,
                        .rules = {kCanaryRules.begin(), kCanaryRules.end()},
                        .inconclusive = view.inconclusive,
                        .headlines = {headline(view)},
                        .document = {{"service", text_or_null(view.service)},
                                     {"action", name_of(view.action)},
                                     {"share", percent_or_null(view.share)},
                                     {"next_share", percent_or_null(view.next_share)}},
                        .tables = std::move(tables),
                        .notes = std::move(notes)},
                       choice);
}

}  // namespace migplan
