#include <fmt/format.h>

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

std::string plural(std::size_t count, std::string_view one, std::string_view more) {
  return fmt::format("{} {}", count, count == 1 ? one : more);
}

std::string headline(std::span<const ServiceVerdict> services, std::span<const Check> checks) {
  const std::size_t exempted = count(services, Verdict::Exempted);
  std::string line = fmt::format("{}: {}", plural(services.size(), "service", "services"),
                                 plural(count(services, Verdict::Pass) + exempted, "passes", "pass"));
  if (exempted != 0) line += fmt::format(" ({} by exemption)", exempted);
  line += fmt::format(", {}, {} inconclusive (of {} checks {} failed, {} inconclusive",
                      plural(count(services, Verdict::Fail), "fails", "fail"), count(services, Verdict::Inconclusive),
                      checks.size(), count(checks, Verdict::Fail), count(checks, Verdict::Inconclusive));
  const std::size_t exempted_checks = count(checks, Verdict::Exempted);
  return line + (exempted_checks == 0 ? ")" : fmt::format(", {} exempted)", exempted_checks));
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
