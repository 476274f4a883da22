#include "session.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "migplan/load/exemptions_reader.hpp"
#include "migplan/load/plan_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/load/score_report_reader.hpp"
#include "usage.hpp"

namespace migplan::cli {

Result<Session::Inputs> Session::recorded(const std::string& path) {
  auto source = open(path);
  if (!source.is_ok()) return std::move(source).issues();
  diagnostics_.debug(fmt::format("score report {}", path));
  auto recorded = read_score_report(*source.value(), shown_name(path));
  if (!recorded.is_ok()) return std::move(recorded).issues();
  RecordedScores scores = std::move(recorded).value();
  return Inputs{std::move(scores.policy), std::move(scores.inventory)};
}

Result<Date> Session::as_of(std::string_view who_needs_it, std::string_view why) const {
  if (options_.as_of == "today") return env_.today();
  if (const auto date = Date::parse(options_.as_of)) return *date;
  if (options_.as_of.empty()) {
    return usage_issue(fmt::format("{} need --as-of DATE, or --as-of today: {}", who_needs_it, why));
  }
  return usage_issue(
      fmt::format("--as-of: found {}, expected a date such as 2024-07-01, or today", in_quotes(options_.as_of)));
}

Result<PlanDates> Session::read_plan_file(const std::string& path) {
  auto source = open(path);
  if (!source.is_ok()) return std::move(source).issues();
  return read_plan(*source.value(), shown_name(path));
}

Result<Exemptions> Session::read_exemptions_file() {
  std::string path = options_.exemptions;
  if (path.empty()) {
    auto project = this->project();
    if (!project.is_ok()) return std::move(project).issues();
    if (project.value() == nullptr || project.value()->exemptions.empty()) return Exemptions{};
    path = beside_project(project.value()->exemptions);
  }
  auto source = open(path);
  if (!source.is_ok()) return std::move(source).issues();
  return read_exemptions(*source.value(), shown_name(path));
}

Result<Session::DatedExemptions> Session::exemptions() {
  auto list = read_exemptions_file();
  if (!list.is_ok()) return std::move(list).issues();
  const bool is_needed = !list.value().list().empty() || !options_.as_of.empty();
  if (!is_needed) return DatedExemptions{std::move(list).value(), std::nullopt};
  const auto day = as_of("exemptions", "they end on a day");
  if (!day.is_ok()) return Issues(day.issues());
  return DatedExemptions{std::move(list).value(), day.value()};
}

bool Session::has_policy_file() {
  if (!options_.policy.empty()) return true;
  const auto project = this->project();
  return project.is_ok() && project.value() != nullptr && !project.value()->policy.empty();
}

Result<Policy> Session::policy(std::string path) {
  if (path.empty()) {
    auto project = this->project();
    if (!project.is_ok()) return std::move(project).issues();
    if (project.value() == nullptr || project.value()->policy.empty()) return Policy(builtin_policy());
    path = beside_project(project.value()->policy);
  }
  auto source = open(path);
  if (!source.is_ok()) return std::move(source).issues();
  diagnostics_.debug(fmt::format("policy {}", path));
  return read_policy(*source.value(), shown_name(path));
}

}  // namespace migplan::cli
