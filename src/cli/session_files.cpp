#include "session.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "interrupt.hpp"
#include "migplan/load/exemptions_reader.hpp"
#include "migplan/load/plan_reader.hpp"
#include "migplan/load/playbook_reader.hpp"
#include "migplan/load/policy_reader.hpp"
#include "migplan/load/score_report_reader.hpp"
#include "migplan/scheduling/replanning.hpp"
#include "usage.hpp"

namespace migplan::cli {

namespace fs = std::filesystem;

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

Result<std::optional<PlanDates>> Session::schedule(const std::string& named, const Inventory& inventory) {
  std::string path = named;
  if (path.empty()) {
    auto project = this->project();
    if (!project.is_ok()) return std::move(project).issues();
    if (project.value() == nullptr || project.value()->schedule.empty()) return std::optional<PlanDates>();
    path = beside_project(project.value()->schedule);
  }
  auto plan = read_plan_file(path);
  if (!plan.is_ok()) return std::move(plan).issues();
  Issues foreign = foreign_plan_issues(inventory, plan.value());
  return Result<std::optional<PlanDates>>(std::optional(std::move(plan).value()), std::move(foreign));
}

Result<std::string> Session::imports_path(const std::string& named) {
  if (!named.empty()) return named;
  auto project = this->project();
  if (!project.is_ok()) return std::move(project).issues();
  if (project.value() == nullptr || project.value()->imports.empty()) return std::string();
  return beside_project(project.value()->imports);
}

bool Session::has_playbooks(const std::string& named) {
  if (!named.empty()) return true;
  const auto project = this->project();
  return project.is_ok() && project.value() != nullptr && !project.value()->playbooks.empty();
}

Result<Playbook> Session::playbook(std::string named) {
  const auto files = playbook_files(std::move(named));
  Issues issues = files.issues();
  if (!files.is_ok()) return issues;
  std::vector<RuleSection> own;
  for (const std::string& file : files.value()) {
    auto source = open(file);
    issues.append(Issues(source.issues()));
    if (!source.is_ok()) continue;
    diagnostics_.debug(fmt::format("playbook {}", file));
    auto section = read_playbook_section(*source.value(), shown_name(file));
    issues.append(Issues(section.issues()));
    if (section.is_ok()) own.push_back(std::move(section).value());
  }
  if (issues.has_errors()) return issues;
  return Playbook::create(builtin_playbook_sections(), std::move(own));
}

Result<std::vector<std::string>> Session::playbook_files(std::string named) {
  if (!has_playbooks(named)) return std::vector<std::string>{};
  if (named.empty()) named = beside_project(project().value()->playbooks);
  if (named == "-" || env_.disk.kind(named) != PathKind::Folder) return std::vector{named};
  auto files = env_.disk.files_below(named);
  if (!files.is_ok()) return files;
  std::vector<std::string> found = std::move(files).value();
  std::erase_if(found, [](const std::string& file) {
    const std::string ending = fs::path(file).extension().string();
    return ending != ".yaml" && ending != ".yml" && ending != ".json";
  });
  if (found.empty()) {
    return Issue{Severity::Error, named, {}, "", "no .yaml, .yml or .json file in this folder", ""};
  }
  return found;
}

int Session::write_folder(const std::vector<NamedText>& files) {
  const std::string& folder = options_.output;
  Issues issues;
  const std::string error = env_.disk.make_folder(folder);
  if (!error.empty()) {
    issues.add(access_issue(folder, "cannot be created: " + error));
    return fail(issues);
  }
  std::vector<std::unique_ptr<OutputFile>> written;
  for (const NamedText& file : files) {
    const std::string path = (fs::path(folder) / file.name).string();
    auto out = env_.disk.create(path);
    issues.append(Issues(out.issues()));
    if (!out.is_ok()) return fail(issues);
    written.push_back(std::move(out).value());
    written.back()->write(file.text);
    const std::string failure = written.back()->stage();
    if (failure.empty()) continue;
    issues.add(access_issue(path, failure));
    return fail(issues);
  }
  const InterruptPause pause;  // what has begun to be replaced is replaced
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string failure = written[i]->finish();
    if (!failure.empty()) issues.add(access_issue((fs::path(folder) / files[i].name).string(), failure));
  }
  return issues.has_errors() ? fail(issues) : kDone;
}

}  // namespace migplan::cli
