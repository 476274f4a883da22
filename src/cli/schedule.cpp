#include <fmt/format.h>

#include <limits>
#include <memory>

#include "command.hpp"
#include "migplan/scheduling/planning.hpp"

namespace migplan::cli {
namespace {

constexpr std::uint64_t kGreatestSeed = std::numeric_limits<std::int64_t>::max();  // what the outputs' numbers hold

struct ScheduleOptions {
  SearchOptions search;
  std::string objective = "score";
};

int run_schedule(Session& session, const ScheduleOptions& own) {
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const auto& [policy, inventory] = inputs.value();
  const Scorecard card(inventory, policy, session.threads());
  ProgrammeOptions options;
  options.goal = own.objective == "makespan" ? Goal::Makespan : Goal::Score;
  SearchOptions search = own.search;
  search.threads = session.threads();
  const auto planning = make_plan(card, options, search);
  if (!planning.is_ok()) return session.fail(planning.issues());
  const ScheduleView view{&planning.value(), search.budget, search.seed};
  return session.print(schedule_report(view, session.options().choice),
                       planning.value().plan->is_end_met() ? kDone : kNo);
}

}  // namespace

Action set_up_schedule(CLI::App& app, Options& options) {
  constexpr const char* kSearch = "Search";
  const auto own = std::make_shared<ScheduleOptions>();
  add_inventory_options(app, options);
  add_policy_option(app, options);
  app.add_option(
         "--objective", own->objective,
         "score: the end, then tier by tier the sum of score x cutover day, then the makespan; makespan: that alone")
      ->option_text("score|makespan")
      ->check(CLI::IsMember({"score", "makespan"}))
      ->group(kSearch);
  app.add_option("--budget", own->search.budget, "Schedules to try; default 20000")
      ->option_text("N")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
      ->group(kSearch);
  app.add_option("--seed", own->search.seed, "Seed of the random numbers; default 1")
      ->option_text("N")
      ->check(CLI::Range(std::uint64_t{0}, kGreatestSeed))
      ->group(kSearch);
  add_table_option(app, options, "services, waves, resources, missed, bridges, phases, load or critical_chain");
  add_tier_option(app, options);
  add_table_options(app, options);
  add_output_options(app, options, View::Timetable);
  add_general_options(app, options);
  return [own](Session& session) { return run_schedule(session, *own); };
}

}  // namespace migplan::cli
