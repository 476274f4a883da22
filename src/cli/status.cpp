#include <memory>

#include "command.hpp"
#include "migplan/report/status_view.hpp"
#include "progress.hpp"
#include "schedule.hpp"

namespace migplan::cli {
namespace {

constexpr std::uint32_t kMostDays = 1'000;

struct StatusOptions {
  std::string schedule;
  std::string by = "month";
  std::uint32_t days = 10;  // working days
};

// As it would be if nothing had begun.
Result<PlanDates> first_plan(Session& session, const Scorecard& card) {
  WorkProgress progress(session.env().err, session.env().is_err_terminal && !session.options().is_quiet, "planning");
  const auto made = make_plan(card, {}, usual_search(session, card.inventory().size(), progress));
  if (!made.is_ok()) return Issues(made.issues());
  if (made.value().plan) return made.value().plan->dates();
  return Issue{Severity::Error, "", {}, "", "there is no plan to hold progress against", "schedule tells why"};
}

// What is read or made. A plan that is read has to be one of this programme.
Result<PlanDates> plan_in_force(Session& session, const Scorecard& card, const std::string& named, Date as_of) {
  auto read = session.schedule(named, card.inventory());
  if (!read.is_ok()) return std::move(read).issues();
  if (!read.value()) return first_plan(session, card);
  Issues issues = read.issues();
  const PlanDates& dates = *read.value();
  issues.append(plan_mismatches(dates, violations(card, dates, as_of)));
  if (issues.has_errors()) return issues;
  return Result<PlanDates>(dates, std::move(issues));
}

int run_status(Session& session, const StatusOptions& own) {
  Issues wrong = session.input_issues({own.schedule});
  const auto day = session.as_of("progress and what is due", "they are judged on a day");
  wrong.append(Issues(day.issues()));
  if (wrong.has_errors()) return session.fail(wrong);
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const Scorecard card(inputs.value().inventory, inputs.value().policy, session.threads());
  const auto plan = plan_in_force(session, card, own.schedule, day.value());
  if (!plan.is_ok()) return session.fail(plan.issues());
  session.diagnostics().report(plan.issues());
  const auto status = ProgrammeStatus::create(card, plan.value(), day.value());
  if (!status.is_ok()) return session.fail(status.issues());
  const StatusView view{&status.value(), plan.value().file, own.by == "week" ? BurnUpStep::Week : BurnUpStep::Month,
                        own.days};
  return session.print(status_report(view, session.options().choice));
}

}  // namespace

Action set_up_status(const Arguments& arguments, Options& options) {
  constexpr const char* kStatus = "Status";
  const auto own = std::make_shared<StatusOptions>();
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  arguments
      .add_option("--schedule", own->schedule,
                  "Plan to hold progress against (JSON or CSV of schedule, edited or not); default: what migplan.yaml "
                  "names, else one is made as schedule makes it, as if nothing had begun")
      .option_text("FILE")
      .group(kStatus);
  arguments
      .add_option("--as-of", options.as_of, "The day on which progress is judged, and from which on things are due")
      .option_text("DATE|today")
      .group(kStatus);
  arguments.add_option("--days", own->days, "Working days ahead in which things are due; default 10")
      .option_text("N")
      .range(std::uint32_t{1}, kMostDays)
      .group(kStatus);
  arguments.add_option("--by", own->by, "Steps of the burn-up: week (ISO, to Sunday) or month; default month")
      .option_text("week|month")
      .one_of({"week", "month"})
      .group(kStatus);
  add_table_option(arguments, options, "overview, burn_up, slips or due");
  add_table_options(arguments, options);
  add_output_options(arguments, options);
  add_general_options(arguments, options);
  return [own](Session& session) { return run_status(session, *own); };
}

}  // namespace migplan::cli
