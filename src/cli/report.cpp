#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "command.hpp"
#include "migplan/load/verdicts_reader.hpp"
#include "migplan/report/overview_view.hpp"
#include "migplan/scheduling/feasibility.hpp"
#include "migplan/scheduling/violation.hpp"
#include "progress.hpp"
#include "schedule.hpp"

namespace migplan::cli {
namespace {

struct ReportOptions {
  std::string schedule;
  std::vector<std::string> checks;
};

// So that the time hardly depends on the number of services; that of the reference inventory has the commands' own.
constexpr std::size_t kTierDraws = 13'700'000, kFinishDraws = 685'000;
constexpr std::size_t kMostExplained = 3'000;

std::uint32_t draws_of(std::size_t all, std::size_t services, std::size_t least, std::size_t most) {
  return static_cast<std::uint32_t>(std::clamp(all / std::max<std::size_t>(services, 1), least, most));
}

bool has_progress(const Inventory& inventory) {
  const auto services = inventory.services();
  return inventory.has_details() && std::any_of(services.begin(), services.end(), [](const Service& service) {
           return !details_of(service).progress.empty();
         });
}

class ReportRun {
 public:
  ReportRun(Session& session, const ReportOptions& own, const Session::Inputs& inputs)
      : session_(session),
        own_(own),
        card_(inputs.inventory, inputs.policy, session.threads()),
        progress_(session.env().err, session.env().is_err_terminal && !session.options().is_quiet, "planning") {}

  int run() {
    const Issues wrong = read_inputs();
    if (wrong.has_errors()) return session_.fail(wrong);
    auto planning = schedule_ ? planning_of(card_, options_, *schedule_, broken_) : make_plan(card_, options_, search_);
    if (!planning.is_ok()) return session_.fail(planning.issues());
    session_.diagnostics().report(wrong);
    OverviewView view{.card = &card_, .as_of = as_of_};
    view.schedule.planning = &planning.value();
    view.schedule.budget = search_.budget;
    view.schedule.seed = search_.seed;
    if (schedule_) view.schedule_file = schedule_->file;
    add_lateness(planning.value(), view);
    add_risk(planning.value(), view);
    const std::size_t services = card_.inventory().size();
    DrawOptions draws;
    draws.draws = draws_of(kTierDraws, services, 2'000, 100'000);
    const Sensitivity firmness = sensitivity(card_, draws, session_.threads());
    view.sensitivity = &firmness;
    view.checks = checks_;
    std::vector<ServiceIndex> explained = ranking(card_, std::min(services, kMostExplained));
    if (explained.size() < services) {
      view.left_out.push_back(
          {say("Where the points of {} services come from", services - explained.size()),
           say("only the first {} by score are explained here; explain -s NAME tells any", explained.size())});
    }
    view.explained = explained;
    return session_.print(overview_report(view, session_.options().choice));
  }

 private:
  Issues read_inputs() {
    std::vector<std::string> paths = own_.checks;
    paths.push_back(own_.schedule);
    Issues issues = session_.input_issues(paths);
    if (issues.has_errors()) return issues;
    const bool knows_progress = has_progress(card_.inventory());
    if (knows_progress || !session_.options().as_of.empty()) {
      const auto day = session_.as_of("services with progress", "nothing new begins before that day");
      issues.append(Issues(day.issues()));
      if (day.is_ok()) as_of_ = day.value();
    }
    auto schedule = session_.schedule(own_.schedule, card_.inventory());
    issues.append(Issues(schedule.issues()));
    if (schedule.is_ok()) schedule_ = std::move(schedule).value();
    for (const std::string& path : own_.checks) read_checks(path, issues);
    if (schedule_) {
      find_broken(knows_progress);
      if (knows_progress) options_.as_of = as_of_;
    } else {
      options_.as_of = as_of_;
    }
    search_ = usual_search(session_, card_.inventory().size(), progress_);
    return issues;
  }

  void read_checks(const std::string& path, Issues& issues) {
    auto source = session_.open(path);
    issues.append(Issues(source.issues()));
    if (!source.is_ok()) return;
    auto file = read_verdicts(*source.value(), path);
    issues.append(Issues(file.issues()));
    if (file.is_ok()) checks_.push_back(std::move(file).value());
  }

  // What of the plan's rules its dates break. How far the work is behind them is another question.
  void find_broken(bool knows_progress) {
    broken_ = violations(card_, *schedule_, knows_progress ? as_of_ : std::nullopt);
    std::erase_if(broken_, [](const Violation& violation) {
      return violation.rule == Rule::AsOf || violation.rule == Rule::Progress;
    });
  }

  void add_lateness(const Planning& planning, OverviewView& view) {
    if (schedule_) {
      std::erase_if(broken_, [](const Violation& violation) { return violation.rule == Rule::Deadline; });
      if (!broken_.empty()) infeasible_.emplace().broken = broken_;
    } else if (!planning.plan || !planning.plan->is_end_met()) {
      infeasible_ = explain_lateness(card_, options_, search_, planning);
    }
    if (infeasible_) view.schedule.infeasible = &*infeasible_;
  }

  // Of a plan that keeps its rules: the draws place phases in an order that the rules allow.
  void add_risk(const Planning& planning, OverviewView& view) {
    if (!planning.plan || !broken_.empty() || card_.inventory().size() == 0) return;
    RiskOptions options;
    options.draws = draws_of(kFinishDraws, card_.inventory().size(), 200, 5'000);
    options.threads = session_.threads();
    risk_ = risk_of(*planning.plan, options);
    view.schedule.risk = &*risk_;
    view.schedule.risk_seed = options.seed;
  }

  Session& session_;
  const ReportOptions& own_;
  Scorecard card_;
  WorkProgress progress_;
  std::optional<Date> as_of_;
  ProgrammeOptions options_;
  SearchOptions search_;
  std::optional<PlanDates> schedule_;
  std::vector<VerdictFile> checks_;
  std::vector<Violation> broken_;
  std::optional<Infeasibility> infeasible_;
  std::optional<Risk> risk_;
};

int run_report(Session& session, const ReportOptions& own) {
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  return ReportRun(session, own, inputs.value()).run();
}

}  // namespace

Action set_up_report(const Arguments& arguments, Options& options) {
  constexpr const char* kReport = "Report";
  const auto own = std::make_shared<ReportOptions>();
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  arguments
      .add_option(
          "--schedule", own->schedule,
          "Plan to show (JSON or CSV of schedule, edited or not); default: what migplan.yaml names, else one is "
          "made as schedule makes it")
      .option_text("FILE")
      .group(kReport);
  arguments
      .add_option("--checks", own->checks,
                  "Verdicts to show, repeatable: the JSON of gate, canary, sunset, slo, outcome or lint")
      .option_text("FILE")
      .allow_extra_args(false)
      .group(kReport);
  arguments
      .add_option("--as-of", options.as_of,
                  "The day on which the report is read; without --schedule nothing new begins before")
      .option_text("DATE|today")
      .group(kReport);
  add_table_option(
      arguments, options,
      "services, states, broken, cells, quadrant, waves, resources, finish, missed, bridges, critical_chain, load, "
      "risk, calls, cycles, checks, facts or flips");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Page});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_report(session, *own); };
}

}  // namespace migplan::cli
