#include "schedule_verify.hpp"

#include <fmt/format.h>

#include "migplan/report/views.hpp"
#include "migplan/scheduling/violation.hpp"

namespace migplan::cli {
namespace {

// What would destroy the plan that is checked.
Issues usage_issues(const Session& session, const std::string& file) {
  Issues issues;
  const std::string& output = session.options().output;
  if (!output.empty() && output != "-" && output == file) {
    issues.add({Severity::Error, "", {}, "--output", fmt::format("{} would be replaced by what it breaks", output)});
  }
  return issues;
}

}  // namespace

Argument add_verify_option(const Arguments& arguments, std::string& file) {
  return arguments
      .add_option(
          "--verify", file,
          "Check this plan (JSON or CSV of schedule, also from a spreadsheet) instead of making one; exit code 1 "
          "where it breaks a rule")
      .option_text("FILE")
      .group("Check");
}

int verify_plan(Session& session, const Scorecard& card, const std::string& file, std::optional<Date> as_of) {
  const Issues wrong = usage_issues(session, file);
  if (wrong.has_errors()) return session.fail(wrong);
  const auto plan = session.read_plan_file(file);
  if (!plan.is_ok()) return session.fail(plan.issues());
  const std::vector<Violation> found = violations(card, plan.value(), as_of);
  const ViolationsView view{&card, &plan.value(), found};
  return session.print(violations_report(view, session.options().choice), found.empty() ? kDone : kNo);
}

}  // namespace migplan::cli
