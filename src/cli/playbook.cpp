#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "command.hpp"
#include "migplan/report/playbook_views.hpp"
#include "usage.hpp"

namespace migplan::cli {
namespace {

struct PlaybookOptions {
  std::vector<std::string> tiers;
  std::string playbooks, schedule;
  bool wants_all = false;
};

// -o names a folder that is there, ends in "/", or has no ending, which the name of a file would have.
bool names_folder(const Session& session, const Disk& disk) {
  const std::string& output = session.options().output;
  if (output.empty() || output == "-") return false;
  const PathKind kind = disk.kind(output);
  if (kind != PathKind::Missing) return kind == PathKind::Folder;
  return output.ends_with('/') || !std::filesystem::path(output).has_extension();
}

bool chooses_table(const TableChoice& choice) {
  return !choice.table.empty() || !choice.filter.empty() || !choice.sort.empty() || choice.top ||
         !choice.columns.empty();
}

Issues usage_issues(Session& session, const PlaybookOptions& own) {
  Issues issues = session.input_issues({own.schedule, own.playbooks});
  const Options& options = session.options();
  const int choices = (options.services.empty() ? 0 : 1) + (own.tiers.empty() ? 0 : 1) + (own.wants_all ? 1 : 0);
  if (choices != 1) {
    issues.add(usage_issue(choices == 0 ? "no service chosen" : "services are chosen in several ways",
                           "one of -s NAME (repeatable), --tier S,A and --all"));
  }
  if (!names_folder(session, session.env().disk)) return issues;
  if (!options.format.empty() && options.format != "markdown") {
    issues.add(usage_issue(
        fmt::format("-o {}: a folder takes runbooks in Markdown, no {}", in_quotes(options.output), options.format),
        "name a file"));
  }
  if (chooses_table(options.choice)) {
    issues.add(
        usage_issue(fmt::format("-o {}: a folder takes runbooks, no table", in_quotes(options.output)), "name a file"));
  }
  return issues;
}

Result<std::vector<ServiceIndex>> chosen_services(const Scorecard& card, const PlaybookOptions& own,
                                                  const Options& options) {
  if (!options.services.empty()) return named_services(card.inventory(), options);
  std::vector<std::string_view> known;
  for (const Tier& tier : card.policy().tiers()) known.push_back(tier.name);
  Issues issues;
  for (const std::string& tier : own.tiers) {
    if (card.policy().find_tier(tier)) continue;
    issues.add({Severity::Error,
                "",
                {},
                "--tier",
                fmt::format("unknown tier {}", in_quotes(tier)),
                fmt::format("known: {}", fmt::join(known, ", "))});
  }
  if (issues.has_errors()) return issues;
  std::vector<ServiceIndex> chosen = ranking(card);
  std::erase_if(chosen, [&](ServiceIndex i) {
    const std::string_view tier = known[card[i].tier];
    return !own.wants_all && std::find(own.tiers.begin(), own.tiers.end(), tier) == own.tiers.end();
  });
  return chosen;
}

const DatedService* plan_of(const std::optional<PlanDates>& schedule, std::string_view service) {
  if (!schedule) return nullptr;
  const auto found = std::find_if(schedule->services.begin(), schedule->services.end(),
                                  [service](const DatedService& dated) { return dated.name == service; });
  return found == schedule->services.end() ? nullptr : &*found;
}

// Which services are shown without dates although there is a schedule.
Issues undated_issues(const std::optional<PlanDates>& schedule, std::span<const Runbook> runbooks,
                      const Inventory& inventory) {
  Issues issues;
  if (!schedule) return issues;
  for (const Runbook& runbook : runbooks) {
    if (runbook.plan != nullptr) continue;
    issues.add({Severity::Warning,
                schedule->file,
                {},
                "services",
                fmt::format("{} is not in the schedule: its runbook has no dates", inventory[runbook.service].name),
                ""});
  }
  return issues;
}

// The table of findings closes a step of the runbook, so it must be able to say no; a runbook is there to be worked
// through.
int code_of(const Session& session, std::span<const Runbook> runbooks) {
  const auto is_error = [](const TransactionFinding& finding) { return finding.severity == Severity::Error; };
  const auto objects = [&](const TransactionPlan& plan) {
    return std::any_of(plan.findings.begin(), plan.findings.end(), is_error);
  };
  const bool is_open = std::any_of(runbooks.begin(), runbooks.end(), [&](const Runbook& runbook) {
    return std::any_of(runbook.derived.transactions.begin(), runbook.derived.transactions.end(), objects);
  });
  return is_open && session.options().choice.table == "findings" ? kNo : kDone;
}

int print(Session& session, const PlaybookView& view) {
  if (!names_folder(session, session.env().disk)) {
    return session.print(playbook_report(view, session.options().choice), code_of(session, view.runbooks),
                         chooses_table(session.options().choice) ? "text" : "markdown");
  }
  std::vector<Session::NamedText> files;
  for (RunbookFile& file : runbook_files(view)) files.push_back({std::move(file.name), std::move(file.text)});
  return session.write_folder(files);
}

int run_playbook(Session& session, const PlaybookOptions& own) {
  const Issues wrong = usage_issues(session, own);
  if (wrong.has_errors()) return session.fail(wrong);
  Issues issues;
  const auto playbook = session.playbook(own.playbooks);
  issues.append(Issues(playbook.issues()));
  const auto inputs = session.inputs();
  issues.append(Issues(inputs.issues()));
  if (issues.has_errors()) return session.fail(issues);
  const Scorecard card(inputs.value().inventory, inputs.value().policy, session.threads());
  const auto services = chosen_services(card, own, session.options());
  issues.append(Issues(services.issues()));
  const auto schedule = session.schedule(own.schedule, card.inventory());
  issues.append(Issues(schedule.issues()));
  if (issues.has_errors()) return session.fail(issues);

  const PlaybookLandscape landscape(card);
  std::vector<Runbook> runbooks;
  for (const ServiceIndex service : services.value()) {
    const DatedService* const plan = plan_of(schedule.value(), card.inventory()[service].name);
    runbooks.push_back(make_runbook(landscape, playbook.value(), service, plan));
    issues.append(transaction_issues(card.inventory(), service));
    issues.append(payload_issues(card.inventory(), service));
  }
  issues.append(undated_issues(schedule.value(), runbooks, card.inventory()));
  session.diagnostics().report(issues);
  return print(session, {&landscape, runbooks, schedule.value() ? std::string_view(schedule.value()->file) : ""});
}

}  // namespace

Action set_up_playbook(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<PlaybookOptions>();
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  add_service_option(arguments, options, "Runbook of this service; repeatable");
  arguments.add_option("-t,--tier", own->tiers, "Runbooks of the services of these tiers")
      .option_text("S,A,...")
      .delimiter(',')
      .group("Input");
  arguments.add_flag("--all", own->wants_all, "Runbooks of all services, highest score first").group("Input");
  add_playbooks_option(arguments, own->playbooks);
  arguments
      .add_option("--schedule", own->schedule,
                  "Plan that dates come from (JSON or CSV of schedule); default: what migplan.yaml names")
      .option_text("FILE")
      .group("Input");
  add_table_option(arguments, options, "checklist, steps, services or findings");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {}, "markdown: runbooks",
                     "File, or folder: one file a service and index.md; default: standard output");
  add_general_options(arguments, options);
  return [own](Session& session) { return run_playbook(session, *own); };
}

}  // namespace migplan::cli
