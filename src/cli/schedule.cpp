#include "schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "migplan/report/views.hpp"
#include "migplan/scheduling/feasibility.hpp"
#include "progress.hpp"
#include "schedule_instances.hpp"
#include "schedule_verify.hpp"

namespace migplan::cli {
namespace {

constexpr std::uint64_t kGreatestBudget = 1'000'000'000;
constexpr std::uint32_t kMostDraws = 10'000'000;
constexpr std::size_t kActivities = 5;  // a service, near enough

bool has_progress(const Inventory& inventory) {
  const auto services = inventory.services();
  return inventory.has_details() && std::any_of(services.begin(), services.end(), [](const Service& service) {
           return !details_of(service).progress.empty();
         });
}

// One run of the command, in the order in which one thing needs the other.
class ScheduleRun {
 public:
  ScheduleRun(Session& session, const ScheduleOptions& own, const Session::Inputs& inputs)
      : session_(session),
        own_(own),
        card_(inputs.inventory, inputs.policy, session.threads()),
        progress_(session.env().err, session.env().is_err_terminal && !session.options().is_quiet, "planning") {
    if (own.keeps_best) was_interrupted_ = session.env().catch_interrupts();
  }

  int run() {
    if (const auto stopped = prepare()) return *stopped;
    if (!own_.verify.empty()) return verify_plan(session_, card_, own_.verify, options_.as_of);
    auto planning = plan(options_);
    if (!planning.is_ok()) return session_.fail(planning.issues());
    const Planning& made = planning.value();
    ScheduleView view{.planning = &made, .budget = search_.budget, .seed = search_.seed};
    std::optional<Infeasibility> infeasible;
    const bool is_met = made.plan && made.plan->is_end_met();
    if (!is_met) infeasible = explain_lateness(card_, options_, search_, made);
    std::vector<Violation> broken = broken_rules(made);
    if (!broken.empty()) {
      if (!infeasible) infeasible.emplace();
      infeasible->broken = std::move(broken);
    }
    if (infeasible) view.infeasible = &*infeasible;
    std::optional<Moves> moves;
    if (made.plan && previous_) {
      view.moves = &moves.emplace(moves_between(*previous_, *made.plan));
      view.previous = own_.from;
    }
    std::optional<Risk> risk;
    if (made.plan && own_.wants_risk) {
      view.risk = &risk.emplace(risk_of(*made.plan, {own_.draws, own_.seed, session_.threads(), search_.should_stop}));
      view.risk_seed = own_.seed;
    }
    if (const auto stopped = add_scenarios(made)) return *stopped;
    view.scenarios = scenarios_;
    view.stopped_by = was_interrupted_ && was_interrupted_() ? "interrupt" : "time";
    return session_.print(schedule_report(view, session_.options().choice), infeasible ? kNo : kDone);
  }

 private:
  // An exit code where the inputs do not go together.
  std::optional<int> prepare() {
    options_.goal = own_.objective == "makespan" ? Goal::Makespan : Goal::Score;
    const Inventory& inventory = card_.inventory();
    if (has_progress(inventory) || !own_.from.empty() || !session_.options().as_of.empty()) {
      const auto day = session_.as_of(own_.from.empty() ? "services with progress" : "a plan in force and --from",
                                      "nothing new begins before that day");
      if (!day.is_ok()) return session_.fail(day.issues());
      options_.as_of = day.value();
    }
    if (!own_.from.empty()) {
      auto previous = session_.read_plan_file(own_.from);
      if (!previous.is_ok()) return session_.fail(previous.issues());
      previous_ = std::move(previous).value();
      const Issues foreign = foreign_plan_issues(inventory, *previous_);
      if (foreign.has_errors()) return session_.fail(foreign);
      session_.diagnostics().report(foreign);
    }
    search_.seed = own_.seed;
    search_.threads = session_.threads();
    if (own_.time_limit || own_.keeps_best || session_.env().is_err_terminal) {
      search_.should_stop = [this] { return should_stop(); };
    }
    search_.budget = budget_of(own_, inventory.size() * kActivities);
    return std::nullopt;
  }

  // What a plan that follows pins and progress breaks of the other rules; the end has words of its own.
  [[nodiscard]] std::vector<Violation> broken_rules(const Planning& made) const {
    if (!made.plan || !card_.inventory().has_details()) return {};
    std::vector<Violation> found = violations(card_, made.plan->dates(), options_.as_of);
    std::erase_if(found, [](const Violation& violation) { return violation.rule == Rule::Deadline; });
    return found;
  }

  bool should_stop() {
    progress_.tick();
    if (was_interrupted_ && was_interrupted_()) return true;
    return own_.time_limit && session_.env().elapsed() > *own_.time_limit;
  }

  Result<Planning> plan(const ProgrammeOptions& options) const {
    return previous_ ? replan(card_, options, search_, *previous_) : make_plan(card_, options, search_);
  }

  std::optional<int> add_scenarios(const Planning& base) {
    if (!base.plan) return std::nullopt;
    const PlanDates dates = base.plan->dates();
    Issues issues;
    std::vector<ProgrammeOptions> all;
    for (const std::string& text : own_.what_if) {
      auto options = scenario_options(text, *base.programme, options_);
      issues.append(Issues(options.issues()));
      if (options.is_ok()) all.push_back(std::move(options).value());
    }
    if (issues.has_errors()) return session_.fail(issues);
    plans_.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto made = plan(all[i]);
      if (!made.is_ok()) return session_.fail(made.issues());
      plans_.push_back(std::move(made).value());
      Scenario scenario{.name = own_.what_if[i], .planning = &plans_.back()};
      if (plans_.back().plan) scenario.moves = moves_between(dates, *plans_.back().plan);
      scenarios_.push_back(std::move(scenario));
    }
    return std::nullopt;
  }

  Session& session_;
  const ScheduleOptions& own_;
  Scorecard card_;
  WorkProgress progress_;
  std::function<bool()> was_interrupted_;
  ProgrammeOptions options_;
  SearchOptions search_;
  std::optional<PlanDates> previous_;
  std::vector<Planning> plans_;
  std::vector<Scenario> scenarios_;
};

int run_schedule(Session& session, const ScheduleOptions& own) {
  const Issues twice = session.input_issues({own.verify, own.from});
  if (twice.has_errors()) return session.fail(twice);
  const std::vector<std::string> instances = instance_files(session);
  if (!instances.empty()) return run_instances(session, own, instances);
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  return ScheduleRun(session, own, inputs.value()).run();
}

void add_search_options(const Arguments& arguments, ScheduleOptions& own) {
  constexpr const char* kSearch = "Search";
  arguments
      .add_option("--objective", own.objective,
                  "score: the end, then tier by tier the sum of score x cutover day, then the makespan; makespan: that "
                  "alone")
      .option_text("score|makespan")
      .one_of({"score", "makespan"})
      .group(kSearch);
  arguments
      .add_option("--effort", own.effort,
                  "How much is tried: low (rules, hardly any search), normal (a second or two for 137 services), high")
      .option_text("low|normal|high")
      .one_of({"low", "normal", "high"})
      .group(kSearch);
  arguments.add_option("--budget", own.budget, "Schedules to try in place of --effort; the result repeats")
      .option_text("N")
      .range(std::uint64_t{1}, kGreatestBudget)
      .group(kSearch);
  arguments.add_option("--seed", own.seed, "Seed of the random numbers; default 1")
      .option_text("N")
      .range(std::uint64_t{0}, kGreatestSeed)
      .group(kSearch);
  arguments
      .add_option("--time-limit", own.time_limit, "Stop the search after so many seconds; the result may then differ")
      .option_text("SECONDS")
      .positive()
      .group(kSearch);
  arguments
      .add_flag("--timing", own.is_timed, "Seconds taken by each .sm instance; the output then differs from run to run")
      .group(kSearch);
  arguments.add_flag("--best-on-interrupt", own.keeps_best, "Ctrl-C ends the search and prints the best plan so far")
      .group(kSearch);
}

void add_plan_options(const Arguments& arguments, Options& options, ScheduleOptions& own) {
  constexpr const char* kPlan = "Plan";
  arguments
      .add_option("--from", own.from,
                  "Plan in force (JSON or CSV of this command, edited or not): as little as may be moves")
      .option_text("FILE")
      .group(kPlan);
  arguments.add_option("--as-of", options.as_of, "The day on which progress is judged: nothing new begins before")
      .option_text("DATE|today")
      .group(kPlan);
  arguments
      .add_option("--what-if", own.what_if,
                  "Plan with a change beside the plan itself, repeatable: capacity.RESOURCE=N, drop=A,B, end=DATE, or "
                  "several of them with spaces between")
      .option_text("CHANGE")
      .allow_extra_args(false)
      .group(kPlan);
  arguments.add_flag("--risk", own.wants_risk, "Draw the durations and tell how likely the dates are").group(kPlan);
  arguments.add_option("--draws", own.draws, "Draws of --risk; default 5000")
      .option_text("N")
      .range(std::uint32_t{1}, kMostDraws)
      .group(kPlan);
}

}  // namespace

std::uint64_t budget_of(const ScheduleOptions& own, std::size_t activities) {
  if (own.budget) return *own.budget;
  constexpr std::uint64_t kPlacements = 14'000'000;  // 20,000 schedules of 700 activities
  constexpr std::uint64_t kMost = 20'000, kTwenty = 20, kLeast = 10;
  const std::uint64_t normal = std::min(kPlacements / std::max<std::uint64_t>(activities, 1), kMost);
  if (own.effort == "low") return std::max(normal / kTwenty, kLeast);
  return own.effort == "high" ? normal * kTwenty : std::max(normal, kLeast);
}

SearchOptions usual_search(Session& session, std::size_t services, WorkProgress& progress) {
  SearchOptions search;
  search.threads = session.threads();
  search.budget = budget_of(ScheduleOptions{}, services * kActivities);
  if (session.env().is_err_terminal) {
    search.should_stop = [&progress] {
      progress.tick();
      return false;
    };
  }
  return search;
}

Action set_up_schedule(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<ScheduleOptions>();
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  add_plan_options(arguments, options, *own);
  add_search_options(arguments, *own);
  add_verify_option(arguments, own->verify);
  add_table_option(arguments, options,
                   "services, waves, resources, missed, bridges, phases, load, critical_chain, moved, scenarios, "
                   "finish or risk");
  add_tier_option(arguments, options);
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings, View::Timetable, View::Network, View::Picture});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_schedule(session, *own); };
}

}  // namespace migplan::cli
