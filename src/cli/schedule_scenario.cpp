#include <fmt/format.h>

#include <algorithm>

#include "migplan/base/decimal.hpp"
#include "migplan/base/nearest.hpp"
#include "schedule.hpp"

namespace migplan::cli {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(separator, from), text.size());
    if (to > from) parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return parts;
}

Issue wrong(std::string message, std::string hint = {}) {
  return {Severity::Error, "", {}, "--what-if", std::move(message), std::move(hint)};
}

class ScenarioReader {
 public:
  ScenarioReader(const Programme& base, ProgrammeOptions options) : base_(base), options_(std::move(options)) {}

  Result<ProgrammeOptions> run(std::string_view text) {
    const auto changes = split(text, ' ');
    if (changes.empty()) issues_.add(wrong("found nothing, expected a change", kKnown));
    for (const std::string_view change : changes) read(change);
    if (issues_.has_errors()) return std::move(issues_);
    return std::move(options_);
  }

 private:
  static constexpr const char* kKnown = "known: capacity.RESOURCE=N, drop=A,B, end=DATE";
  static constexpr std::string_view kCapacity = "capacity.";

  void read(std::string_view change) {
    const std::size_t equals = change.find('=');
    const std::string_view key = change.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? "" : change.substr(equals + 1);
    if (key.starts_with(kCapacity)) {
      capacity(key.substr(kCapacity.size()), value);
    } else if (key == "drop") {
      drop(value);
    } else if (key == "end") {
      end(value);
    } else {
      issues_.add(wrong(fmt::format("found {}", in_quotes(change)), kKnown));
    }
  }

  void capacity(std::string_view resource, std::string_view value) {
    std::vector<std::string_view> known;
    for (const ProgrammeResource& each : base_.resources()) known.emplace_back(each.name);
    if (std::find(known.begin(), known.end(), resource) == known.end()) {
      issues_.add(wrong(fmt::format("no such resource: {}", in_quotes(resource)),
                        fmt::format("known: {}", fmt::join(known, ", "))));
      return;
    }
    const Decimal amount = parse_decimal(value, 0);
    if (amount.status != DecimalStatus::Ok || amount.steps < 0 || amount.steps > Project::kGreatestCapacity) {
      issues_.add(wrong(fmt::format("{}: found {}, expected a whole number, 0 to {}", resource, in_quotes(value),
                                    Project::kGreatestCapacity)));
      return;
    }
    options_.capacities[std::string(resource)] = Count::from_steps(amount.steps);
  }

  void drop(std::string_view value) {
    const Inventory& inventory = base_.card().inventory();
    const auto names = split(value, ',');
    if (names.empty()) issues_.add(wrong("drop: found no service"));
    for (const std::string_view name : names) {
      if (const auto found = inventory.find(name)) {
        options_.dropped.push_back(*found);
        continue;
      }
      const std::string_view near = inventory.nearest(name);
      issues_.add(wrong(fmt::format("no such service: {}", in_quotes(name)),
                        near.empty() ? "" : fmt::format("did you mean {}?", near)));
    }
  }

  void end(std::string_view value) {
    const auto day = Date::parse(value);
    if (!day || *day <= base_.policy().start) {
      issues_.add(wrong(
          fmt::format("end: found {}, expected a date behind {}", in_quotes(value), base_.policy().start.to_string())));
      return;
    }
    options_.end = *day;
  }

  const Programme& base_;
  ProgrammeOptions options_;
  Issues issues_;
};

}  // namespace

Result<ProgrammeOptions> scenario_options(std::string_view text, const Programme& base,
                                          const ProgrammeOptions& options) {
  return ScenarioReader(base, options).run(text);
}

}  // namespace migplan::cli
