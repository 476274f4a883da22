#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "migplan/load/outcomes_reader.hpp"
#include "migplan/report/verification_views.hpp"
#include "migplan/verification/latency_quantiles.hpp"
#include "migplan/verification/reconciliation.hpp"
#include "migplan/verification/reconciliation_checks.hpp"
#include "usage.hpp"
#include "verdicts.hpp"

namespace migplan::cli {
namespace {

constexpr std::size_t kLeastMemory = std::size_t{16} << 20U;
constexpr unsigned kTail = 990;  // permille: the 99th percentile

struct ReconcileOwn {
  std::string old_file, new_file;
  std::size_t memory = ReconcileOptions{}.memory;
  std::size_t samples = ReconcileOptions{}.samples;
  std::uint64_t seed = 1;
  std::optional<double> window;
};

// A dump and whose it is; null = each record says so.
struct DumpFile {
  std::string path;
  std::optional<Side> side;
};

std::vector<DumpFile> dumps_of(const ReconcileOwn& own) {
  if (own.new_file.empty()) return {{own.old_file, std::nullopt}};
  return {{own.old_file, Side::Old}, {own.new_file, Side::New}};
}

Issues usage_issues(const Session& session, const ReconcileOwn& own) {
  Issues issues = session.input_issues({own.old_file, own.new_file});
  if (own.old_file == own.new_file) {
    issues.add(usage_issue("OLD and NEW are the same file", "name a merged dump once"));
  }
  issues.append(output_issues(session, {own.old_file, own.new_file}));
  if (session.options().services.size() > 1) {
    issues.add(usage_issue("the records of one service are reconciled at a time", "name one --service"));
  }
  return issues;
}

Issues read_dump(Session& session, const DumpFile& dump, Reconciler& reconciler, unsigned threads) {
  const auto source = session.open(dump.path);
  if (!source.is_ok()) return source.issues();
  return read_outcomes(
      *source.value(), shown_name(dump.path), dump.side, reconciler.fields(), threads,
      [&reconciler](unsigned lane, Side side, const Outcome& outcome) { reconciler.add(lane, side, outcome); });
}

Result<Reconciliation> reconcile(Session& session, const ReconcileOwn& own, const ReconcilePolicy& policy) {
  const std::string folder = session.scratch_folder();
  const auto scratch = session.env().disk.scratch(folder);
  const ReconcileOptions options{.memory = own.memory, .threads = session.threads(), .samples = own.samples};
  Reconciler reconciler(policy, options, *scratch);
  Issues issues;
  for (const DumpFile& dump : dumps_of(own)) issues.append(read_dump(session, dump, reconciler, options.threads));
  if (issues.has_errors()) return issues;
  auto found = reconciler.finish();
  if (found) return *std::move(found);
  Issue issue = access_issue(folder, scratch->error());
  issue.hint = "TMPDIR names another folder, --memory allows more memory";
  return issue;
}

int run_reconcile(Session& session, const ReconcileOwn& own) {
  const Issues wrong = usage_issues(session, own);
  if (wrong.has_errors()) return session.fail(wrong);
  const auto policy = session.policy();
  const auto exemptions = session.exemptions();
  Issues issues = policy.issues();
  issues.append(Issues(exemptions.issues()));
  if (issues.has_errors()) return session.fail(issues);
  ReconcilePolicy rules = policy.value().reconcile();
  if (own.window) rules.window = Seconds::from_steps(std::llround(*own.window * 1000));
  const auto found = reconcile(session, own, rules);
  if (!found.is_ok()) return session.fail(found.issues());

  session.diagnostics().debug(fmt::format("{} records of the old side, {} of the new one",
                                          found.value().sides[0].records, found.value().sides[1].records));

  const std::string service = session.options().services.empty() ? "" : session.options().services.front();
  const std::string old_name = shown_name(own.old_file);
  const std::string new_name = own.new_file.empty() ? old_name : shown_name(own.new_file);
  std::vector<Check> checks = reconciliation_checks(found.value(), service, {new_name, {}, ""});
  session.diagnostics().report(exempt(exemptions.value(), checks, kReconciliationRules));
  const auto& sides = found.value().sides;
  const Percent confidence = policy.value().canary().confidence;
  const ReconcileView view{
      .found = &found.value(),
      .policy = &rules,
      .checks = checks,
      .service = service,
      .old_name = old_name,
      .new_name = new_name,
      .p99_shift = quantile_shift(sides[0].latencies, sides[1].latencies, kTail, confidence, own.seed),
      .confidence = confidence};
  return session.print(reconcile_report(view, session.options().choice), exit_code_of(checks, InconclusiveAs::Fail));
}

}  // namespace

Action set_up_reconcile(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<ReconcileOwn>();
  arguments
      .add_option("OLD", own->old_file,
                  "Records of the old side, NDJSON or CSV, packed by gzip or plain; or one dump of both sides, whose "
                  "records say old or new in `source`; - = standard input")
      .option_text(" ")
      .required()
      .group("Input");
  arguments.add_option("NEW", own->new_file, "Records of the new side").option_text(" ").group("Input");
  add_project_option(arguments, options);
  add_policy_option(arguments, options);
  add_service_option(arguments, options, "Whose records they are, for exemptions and CI formats");
  constexpr const char* kGroup = "Reconciliation";
  arguments
      .add_option("--memory", own->memory,
                  "Memory for the records, such as 512M or 2G; beyond it they go to the disk (TMPDIR); default 512M")
      .option_text("SIZE")
      .in_bytes()
      .range(kLeastMemory, std::numeric_limits<std::size_t>::max() / 2)
      .group(kGroup);
  arguments.add_option("--window", own->window, "Pairs further apart are late; default: reconcile.window of the policy")
      .option_text("SECONDS")
      .range(0.0, 1e9)
      .group(kGroup);
  arguments.add_option("--samples", own->samples, "Samples of each kind of difference; default 5")
      .option_text("N")
      .range(std::size_t{0}, std::size_t{100'000})
      .group(kGroup);
  arguments.add_option("--seed", own->seed, "Seed of the bootstrap; default 1")
      .option_text("N")
      .range(std::uint64_t{0}, kGreatestSeed)
      .group(kGroup);
  add_exemptions_option(arguments, options);
  add_exemptions_day_option(arguments, options);
  add_table_option(arguments, options, "fields, checks or samples");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_reconcile(session, *own); };
}

}  // namespace migplan::cli
