#include "schedule_instances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "migplan/load/instances_reader.hpp"
#include "migplan/load/psplib_reader.hpp"
#include "migplan/report/views.hpp"
#include "migplan/scheduling/bounds.hpp"
#include "migplan/scheduling/instance_check.hpp"

namespace migplan::cli {
namespace {

constexpr std::string_view kEnding = ".sm";

bool looks_like_instance(Session& session, const std::string& path) {
  return path.ends_with(kEnding) || is_psplib(session.beginning_of(path));
}

Result<std::vector<PsplibInstance>> read_instances(Session& session, const std::vector<std::string>& files) {
  std::vector<PsplibInstance> instances;
  Issues issues;
  for (const std::string& file : files) {
    const auto source = session.open(file);
    if (!source.is_ok()) {
      issues.append(Issues(source.issues()));
      continue;
    }
    auto instance = read_psplib(*source.value(), file);
    issues.append(Issues(instance.issues()));
    if (instance.is_ok()) instances.push_back(std::move(instance).value());
  }
  if (issues.has_errors()) return issues;
  return instances;
}

std::optional<InstanceResult> solve(const PsplibInstance& instance, const SearchOptions& options, Session& session,
                                    bool is_timed) {
  const double begin = session.env().elapsed();
  const LowerBounds bounds = lower_bounds(instance.project, true);
  SearchOptions chosen = options;
  chosen.lower_bound = bounds.best();
  auto found = search(instance.project, Objective{}, chosen);
  if (!found) return std::nullopt;
  InstanceResult result;
  result.name = instance.name;
  result.makespan = static_cast<Day>(found->standing.back());
  result.critical_path = bounds.critical_path;
  result.lower_bound = bounds.best();
  result.schedules = found->schedules;
  result.starts = std::move(found->placement.starts);
  if (is_timed) result.seconds = session.env().elapsed() - begin;
  return result;
}

int verify_answers(Session& session, const std::string& file, const std::vector<PsplibInstance>& instances) {
  const auto source = session.open(file);
  if (!source.is_ok()) return session.fail(source.issues());
  const auto answers = read_instance_answers(*source.value(), file);
  if (!answers.is_ok()) return session.fail(answers.issues());
  std::map<std::string_view, const InstanceAnswer*> by_name;
  for (const InstanceAnswer& answer : answers.value()) by_name.emplace(answer.instance, &answer);
  std::vector<InstanceFault> faults;
  for (const PsplibInstance& instance : instances) {
    const auto answer = by_name.find(instance.name);
    if (answer == by_name.end()) {
      faults.push_back({instance.name, "no answer"});
      continue;
    }
    for (Text& message : broken_by(instance.project, answer->second->starts, answer->second->makespan)) {
      faults.push_back({instance.name, std::move(message)});
    }
    by_name.erase(answer);
  }
  for (const auto& [name, answer] : by_name) faults.push_back({std::string(name), "no such instance was given"});
  return session.print(instance_faults_report(faults, instances.size(), session.options().choice),
                       faults.empty() ? kDone : kNo);
}

// What was asked for that means nothing for an instance, and files that are none.
Issues unfit_options(Session& session, const ScheduleOptions& own) {
  Issues issues;
  const auto reject = [&issues](std::string option, std::string message) {
    issues.add({Severity::Error, "", {}, std::move(option), std::move(message), ""});
  };
  const std::string needs_inventory = "needs an inventory, and .sm files are given";
  if (own.wants_risk) reject("--risk", needs_inventory);
  if (!own.what_if.empty()) reject("--what-if", needs_inventory);
  if (!own.from.empty()) reject("--from", needs_inventory);
  if (!session.options().choice.tiers.empty()) reject("--tier", needs_inventory);
  for (const std::string& path : session.options().files) {
    const bool is_folder = path != "-" && session.env().disk.kind(path) == PathKind::Folder;
    if (is_folder || looks_like_instance(session, path)) continue;
    reject("FILES", fmt::format("{} is no .sm file, and others are: inventories and instances do not mix", path));
  }
  return issues;
}

}  // namespace

std::vector<std::string> instance_files(Session& session) {
  std::vector<std::string> found;
  for (const std::string& path : session.options().files) {
    if (path != "-" && session.env().disk.kind(path) == PathKind::Folder) {
      const auto files = session.env().disk.files_below(path);
      if (!files.is_ok()) continue;
      for (const std::string& file : files.value()) {
        if (file.ends_with(kEnding)) found.push_back(file);
      }
    } else if (looks_like_instance(session, path)) {
      found.push_back(path);
    }
  }
  return found;
}

int run_instances(Session& session, const ScheduleOptions& own, const std::vector<std::string>& files) {
  const Issues unfit = unfit_options(session, own);
  if (unfit.has_errors()) return session.fail(unfit);
  const auto read = read_instances(session, files);
  if (!read.is_ok()) return session.fail(read.issues());
  const std::vector<PsplibInstance>& instances = read.value();
  if (!own.verify.empty()) return verify_answers(session, own.verify, instances);
  SearchOptions options;
  options.seed = own.seed;
  if (own.time_limit) {
    options.should_stop = [&session, &own] { return session.env().elapsed() > *own.time_limit; };
  }
  std::vector<std::optional<InstanceResult>> results(instances.size());
  std::atomic<std::size_t> next{0};
  // One thread an instance: what one of them finds does not depend on the others.
  const auto work = [&] {
    for (std::size_t i = next++; i < instances.size(); i = next++) {
      SearchOptions chosen = options;
      chosen.budget = budget_of(own, instances[i].project.size());
      results[i] = solve(instances[i], chosen, session, own.is_timed);
    }
  };
  {
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < std::min<std::size_t>(session.threads(), instances.size()); ++i) pool.emplace_back(work);
    work();
  }
  std::vector<InstanceResult> found;
  Issues issues;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i]) {
      found.push_back(std::move(*results[i]));
    } else {
      issues.add({Severity::Error, files[i], {}, "", "a job needs more of a resource than there is", ""});
    }
  }
  if (issues.has_errors()) return session.fail(issues);
  return session.print(instances_report(found, session.options().choice));
}

}  // namespace migplan::cli
