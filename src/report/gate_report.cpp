#include <algorithm>
#include <memory>
#include <utility>

#include "migplan/report/verification_views.hpp"

namespace migplan {
namespace {

// What the checks of one service come to: the worst of them.
struct ServiceVerdict {
  std::string_view service;
  Verdict verdict = Verdict::Pass;
};

int badness(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::Pass: return 0;
    case Verdict::Exempted: return 1;
    case Verdict::Inconclusive: return 2;
    case Verdict::Fail: return 3;
  }
  return 0;
}

std::vector<ServiceVerdict> verdicts_of(std::span<const Check> checks) {
  std::vector<ServiceVerdict> services;
  for (const Check& check : checks) {
    if (services.empty() || services.back().service != check.service) services.push_back({check.service});
    Verdict& worst = services.back().verdict;
    if (badness(check.verdict) > badness(worst)) worst = check.verdict;
  }
  return services;
}

template <class Item>
std::size_t count(std::span<const Item> items, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(items.begin(), items.end(), [verdict](const Item& item) { return item.verdict == verdict; }));
}

Text headline(std::span<const ServiceVerdict> services, std::span<const Check> checks) {
  const std::size_t exempted = count(services, Verdict::Exempted);
  Text line = say("{}: {}", counted(services.size(), "{} service", "{} services"),
                  counted(count(services, Verdict::Pass) + exempted, "{} passes", "{} pass"));
  if (exempted != 0) line += say(" ({} by exemption)", exempted);
  line += say(", {}, {} inconclusive", counted(count(services, Verdict::Fail), "{} fails", "{} fail"),
              count(services, Verdict::Inconclusive));
  Text tally = say("of {} checks {} failed, {} inconclusive", checks.size(), count(checks, Verdict::Fail),
                   count(checks, Verdict::Inconclusive));
  if (const std::size_t of_checks = count(checks, Verdict::Exempted); of_checks != 0) {
    tally += say(", {} exempted", of_checks);
  }
  return line + say(" ({})", std::move(tally));
}

std::shared_ptr<Table> notes_table(std::span<const EvidenceNote> notes) {
  std::vector<Column> columns;
  columns.push_back(
      {"source", "source", Shown::Always, false, [notes](std::size_t i) -> Value { return notes[i].source; }});
  columns.push_back({"note", "note", Shown::Always, false, [notes](std::size_t i) -> Value { return notes[i].note; }});
  return std::make_shared<Table>("notes", "What the evidence says of itself", notes.size(), std::move(columns));
}

}  // namespace

Result<Report> gate_report(const GateView& view, const TableChoice& choice) {
  const auto services = verdicts_of(view.checks);
  List rows;
  for (const ServiceVerdict& one : services) {
    rows.emplace_back(Object{{"service", one.service}, {"verdict", name_of(one.verdict)}});
  }
  return checks_report({.command = "gate",
                        .checks = view.checks,
                        .rules = {kGateRules.begin(), kGateRules.end()},
                        .inconclusive = view.inconclusive,
                        .headlines = {headline(services, view.checks)},
                        .document = {{"services", std::move(rows)}},
                        .tables = {notes_table(view.notes)}},
                       choice);
}

}  // namespace migplan
