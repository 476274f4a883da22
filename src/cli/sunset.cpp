#include "migplan/verification/sunset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "migplan/base/timestamp.hpp"
#include "migplan/load/reconcile_report_reader.hpp"
#include "migplan/load/sunset_series_reader.hpp"
#include "migplan/report/verification_views.hpp"
#include "progress.hpp"
#include "usage.hpp"
#include "verdicts.hpp"

namespace migplan::cli {
namespace {

struct SunsetOptions {
  std::vector<std::string> inventory;
  std::string reconciliation, stage, since;
  std::string inconclusive = "fail";
};

// --as-of: a moment, or a day, whose moment hangs on the series.
struct AsOf {
  std::optional<std::int64_t> moment_ms;
  Date day;
};

Result<AsOf> as_of(const Session& session) {
  constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;
  const std::string& text = session.options().as_of;
  if (const auto moment_ms = parse_timestamp(text)) {
    const std::int64_t days = (*moment_ms >= 0 ? *moment_ms : *moment_ms - kDayMs + 1) / kDayMs;
    if (const auto day = Date().plus(days)) return AsOf{moment_ms, *day};
  }
  const auto day = session.as_of("the steps of a sunset", "evidence that is old is a gap up to then");
  if (!day.is_ok()) return Issues(day.issues());
  return AsOf{std::nullopt, day.value()};
}

std::optional<SunsetStage> stage_named(std::string_view name) {
  const auto* const found = std::find(kSunsetStages.begin(), kSunsetStages.end(), name);
  if (found == kSunsetStages.end()) return std::nullopt;
  return static_cast<SunsetStage>(found - kSunsetStages.begin());
}

// "p99_ms=p99.json" is a file of one column; what stands before another = is a part of the path.
SeriesSource source_at(const std::string& named) {
  const std::size_t equals = named.find('=');
  const auto column = equals == std::string::npos ? std::nullopt : find_sunset_column(named.substr(0, equals));
  return {column ? named.substr(equals + 1) : named, column, nullptr};
}

bool is_series_file(std::string_view path) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  return path.ends_with(".csv") || path.ends_with(".json");
}

// The files named, and those of folders.
Result<std::vector<SeriesSource>> named_sources(Session& session) {
  std::vector<SeriesSource> sources;
  Issues issues;
  for (const std::string& named : session.options().files) {
    SeriesSource source = source_at(named);
    if (source.path == "-" || session.env().disk.kind(source.path) != PathKind::Folder) {
      sources.push_back(std::move(source));
      continue;
    }
    auto files = session.env().disk.files_below(source.path);
    issues.append(Issues(files.issues()));
    if (!files.is_ok()) continue;
    const std::size_t before = sources.size();
    for (const std::string& file : files.value()) {
      if (is_series_file(file) && session.schema_of(file).empty()) sources.push_back({file, source.column, nullptr});
    }
    if (sources.size() == before) {
      issues.add({Severity::Error, source.path, {}, "", "no .csv or .json file of a series in this folder", ""});
    }
  }
  if (issues.has_errors()) return issues;
  return sources;
}

Result<std::vector<SunsetSeries>> read_series(Session& session) {
  if (session.options().files.empty()) {
    return usage_issue("no series given", "name CSV files, or answers of range queries of Prometheus");
  }
  auto named = named_sources(session);
  if (!named.is_ok()) return Issues(named.issues());
  std::vector<SeriesSource> sources = std::move(named).value();
  Issues issues;
  for (SeriesSource& source : sources) {
    issues.append(output_issues(session, {source.path}));
    auto opened = session.open(source.path);
    issues.append(Issues(opened.issues()));
    if (!opened.is_ok()) continue;
    source.bytes = std::move(opened).value();
    if (session.env().is_err_terminal && !session.options().is_quiet && source.path != "-") {
      source.bytes =
          with_progress(std::move(source.bytes), session.env().err, source.path, session.env().disk.size(source.path));
    }
    source.path = shown_name(source.path);
    session.diagnostics().debug(fmt::format("series {}", source.path));
  }
  if (issues.has_errors()) return issues;
  auto series = read_sunset_series(std::move(sources), session.options().services);
  if (!series.is_ok()) return series;
  issues = series.issues();
  std::vector<SunsetSeries> chosen = std::move(series).value();
  std::vector<std::string_view> known;
  known.reserve(chosen.size());
  for (const SunsetSeries& one : chosen) known.push_back(one.service);
  issues.append(unknown_services(session, std::move(known), "series"));
  if (issues.has_errors()) return issues;
  keep_named(session, chosen);
  return Result<std::vector<SunsetSeries>>(std::move(chosen), std::move(issues));
}

// Null where nobody names an inventory.
Result<std::optional<Inventory>> read_inventory(Session& session, const SunsetOptions& own) {
  const auto paths = session.inventory_paths(own.inventory);
  if (!paths.is_ok()) return std::optional<Inventory>();
  const auto inputs = session.inputs_at(paths.value());
  if (!inputs.is_ok()) return Issues(inputs.issues());
  auto inventory = session.read_inventory_inputs(inputs.value());
  if (!inventory.is_ok()) return Issues(inventory.issues());
  return std::optional<Inventory>(std::move(inventory).value());
}

Percent target_of(const std::string& service, const std::optional<Inventory>& inventory, const SunsetPolicy& policy) {
  const auto found = inventory ? inventory->find(service) : std::nullopt;
  if (!found) return policy.sla_target;
  const Fact<Percent>& stated = (*inventory)[*found].impact.sla_target;
  return stated.is_known() ? stated.value() : policy.sla_target;
}

// Of an inventory that somebody named: a service that is not in it may be spelt otherwise.
Issues unknown_issues(const std::vector<SunsetSeries>& series, const std::optional<Inventory>& inventory,
                      const SunsetOptions& own) {
  Issues issues;
  if (own.inventory.empty() || !inventory) return issues;
  for (const SunsetSeries& one : series) {
    if (inventory->find(one.service)) continue;
    const std::string_view near = inventory->nearest(one.service);
    issues.add({Severity::Warning,
                "",
                {},
                "--inventory",
                fmt::format("{} is not in the inventory: the policy's sla_target counts", one.service),
                near.empty() ? "" : fmt::format("did you mean {}?", near)});
  }
  return issues;
}

Result<std::optional<ReconcileReport>> read_reconciliation(Session& session, const SunsetOptions& own) {
  if (own.reconciliation.empty()) return std::optional<ReconcileReport>();
  const auto source = session.open(own.reconciliation);
  if (!source.is_ok()) return Issues(source.issues());
  auto report = read_reconcile_report(*source.value(), shown_name(own.reconciliation));
  if (!report.is_ok()) return Issues(report.issues());
  return std::optional<ReconcileReport>(std::move(report).value());
}

// What was read, and what is asked.
struct SunsetInputs {
  Policy policy;
  Session::DatedExemptions exemptions;
  AsOf as_of;
  std::optional<std::int64_t> since_ms;
  std::vector<SunsetSeries> series;
  std::optional<Inventory> inventory;
  std::optional<ReconcileReport> reconciled;
};

Issues usage_issues(Session& session, const SunsetOptions& own) {
  std::vector<std::string> paths = own.inventory;
  paths.push_back(own.reconciliation);
  Issues issues = session.input_issues(std::move(paths));
  if (!own.since.empty() && own.stage.empty())
    issues.add(usage_issue("--since needs --stage: since when is it which?"));
  if (!own.since.empty() && !parse_timestamp(own.since)) {
    issues.add(usage_issue(
        fmt::format("--since: found {}, expected a time such as 2024-07-01T12:00:00Z", in_quotes(own.since))));
  }
  return issues;
}

// What is said of one service cannot be said of several.
Issues single_service_issues(const SunsetInputs& inputs, const SunsetOptions& own) {
  Issues issues;
  const bool is_single = inputs.series.size() == 1;
  for (const auto& [option, is_given] :
       {std::pair{"--stage", !own.stage.empty()}, std::pair{"--reconcile", !own.reconciliation.empty()}}) {
    if (!is_given || is_single) continue;
    issues.add(usage_issue(fmt::format("{} is of one service, the series are of {}", option, inputs.series.size()),
                           "name it with --service"));
  }
  if (!is_single || !inputs.reconciled || inputs.reconciled->service.empty()) return issues;
  if (inputs.reconciled->service == inputs.series.front().service) return issues;
  issues.add(
      {Severity::Error,
       inputs.reconciled->share.place.file,
       {},
       "service",
       fmt::format("is of {}, the series of {}", in_quotes(inputs.reconciled->service), inputs.series.front().service),
       ""});
  return issues;
}

Result<SunsetInputs> read_inputs(Session& session, const SunsetOptions& own) {
  Issues issues = session.project_issues();
  if (issues.has_errors()) return issues;
  issues.append(usage_issues(session, own));
  const auto day = as_of(session);
  issues.append(Issues(day.issues()));
  if (issues.has_errors()) return issues;
  auto policy = session.policy();
  auto exemptions = session.read_exemptions_file();
  auto inventory = read_inventory(session, own);
  auto reconciled = read_reconciliation(session, own);
  auto series = read_series(session);
  issues.append(Issues(policy.issues()));
  issues.append(Issues(exemptions.issues()));
  issues.append(Issues(inventory.issues()));
  issues.append(Issues(reconciled.issues()));
  issues.append(Issues(series.issues()));
  if (issues.has_errors()) return issues;
  SunsetInputs inputs{.policy = std::move(policy).value(),
                      .exemptions = {std::move(exemptions).value(), day.value().day},
                      .as_of = day.value(),
                      .since_ms = own.since.empty() ? std::nullopt : parse_timestamp(own.since),
                      .series = std::move(series).value(),
                      .inventory = std::move(inventory).value(),
                      .reconciled = std::move(reconciled).value()};
  issues.append(single_service_issues(inputs, own));
  issues.append(unknown_issues(inputs.series, inputs.inventory, own));
  if (issues.has_errors()) return issues;
  session.diagnostics().report(issues);
  return inputs;
}

Issues later_issues(const SunsetInputs& inputs, std::int64_t now_ms) {
  if (!inputs.since_ms || *inputs.since_ms <= now_ms) return {};
  return Issues::of(usage_issue(fmt::format("--since: {} is later than the moment that is judged, {}",
                                            timestamp_text(*inputs.since_ms), timestamp_text(now_ms))));
}

Result<std::vector<SunsetAnswer>> answers_of(const SunsetInputs& inputs, const SunsetOptions& own) {
  const SunsetPolicy& policy = inputs.policy.sunset();
  std::vector<SunsetAnswer> answers;
  Issues issues;
  for (const SunsetSeries& series : inputs.series) {
    SunsetQuestion question{.now_ms = inputs.as_of.moment_ms.value_or(moment_of(series, inputs.as_of.day)),
                            .sla_target = target_of(series.service, inputs.inventory, policy),
                            .stage = stage_named(own.stage),
                            .since_ms = inputs.since_ms};
    if (inputs.reconciled) question.reconciled = inputs.reconciled->share;
    issues.append(later_issues(inputs, question.now_ms));
    answers.push_back(sunset_answer(series, policy, question));
  }
  if (issues.has_errors()) return issues;
  return answers;
}

int run_sunset(Session& session, const SunsetOptions& own) {
  const auto inputs = read_inputs(session, own);
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const auto answers = answers_of(inputs.value(), own);
  if (!answers.is_ok()) return session.fail(answers.issues());
  std::vector<Check> checks;
  for (const SunsetAnswer& answer : answers.value()) {
    checks.insert(checks.end(), answer.checks.begin(), answer.checks.end());
  }
  session.diagnostics().report(exempt(inputs.value().exemptions, checks, kSunsetRules));
  std::vector<SunsetStep> steps;
  std::span<const Check> rest = checks;
  for (const SunsetAnswer& answer : answers.value()) {
    steps.push_back(step_of(answer, rest.first(answer.checks.size()), inputs.value().policy.sunset()));
    rest = rest.subspan(answer.checks.size());
  }
  const InconclusiveAs inconclusive = inconclusive_as(own.inconclusive);
  return session.print(sunset_report({answers.value(), steps, checks, inconclusive}, session.options().choice),
                       exit_code_of(checks, inconclusive));
}

void add_input_options(const Arguments& arguments, Options& options, SunsetOptions& own) {
  arguments
      .add_option("FILES", options.files,
                  "Series: CSV (time, new_share, p99_ms, …), answers of range queries of Prometheus, such an answer as "
                  "COLUMN=FILE, folders with such, or - for standard input")
      .option_text(" ")
      .group("Input");
  add_service_option(arguments, options,
                     "Only this service; repeatable. Whose series they are, where these do not say it");
  arguments
      .add_option(
          "--inventory", own.inventory,
          "Inventory whose sla_target the new service owes; default: what migplan.yaml names, else the policy's")
      .option_text("FILE")
      .allow_extra_args(false)
      .group("Input");
  arguments
      .add_option("--reconcile", own.reconciliation,
                  "JSON of migplan reconcile: the consistency where the series has none")
      .option_text("FILE")
      .group("Input");
  add_project_option(arguments, options);
  add_policy_option(arguments, options);
}

void add_check_options(const Arguments& arguments, Options& options, SunsetOptions& own) {
  constexpr const char* kGroup = "Check";
  arguments
      .add_option(
          "--as-of", options.as_of,
          "The moment that is judged: a day's last sample (2024-07-01), or a time (2024-07-01T12:00:00Z); needed")
      .option_text("DATE|TIME|today")
      .group(kGroup);
  arguments.add_option("--stage", own.stage, "The present stage; default: what the series shows")
      .one_of({"observability", "grey", "dual-write", "read-only"})
      .option_text("observability|grey|dual-write|read-only")
      .group(kGroup);
  arguments.add_option("--since", own.since, "When that stage began; default: what the series shows")
      .option_text("TIME")
      .group(kGroup);
  add_inconclusive_option(arguments, own.inconclusive, "checks that have to wait", kGroup);
  add_exemptions_option(arguments, options);
}

}  // namespace

Action set_up_sunset(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<SunsetOptions>();
  add_input_options(arguments, options, *own);
  add_check_options(arguments, options, *own);
  add_table_option(arguments, options, "checks, services, conditions or notes");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_sunset(session, *own); };
}

}  // namespace migplan::cli
