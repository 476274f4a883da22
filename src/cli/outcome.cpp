#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "command.hpp"
#include "evidence_files.hpp"
#include "migplan/load/indicators_reader.hpp"
#include "migplan/report/verification_views.hpp"
#include "usage.hpp"
#include "verdicts.hpp"

namespace migplan::cli {
namespace {

struct OutcomeOptions {
  std::string before, after;
  std::string inconclusive = "fail";
};

Issues usage_issues(const Session& session, const OutcomeOptions& own) {
  Issues issues = session.input_issues({own.before, own.after});
  if (own.before == own.after && own.before != "-") issues.add(usage_issue("BEFORE and AFTER are the same file"));
  issues.append(output_issues(session, {own.before, own.after}));
  if (session.options().services.size() > 1) {
    issues.add(usage_issue("the indicators of one service are compared at a time", "name one --service"));
  }
  return issues;
}

Result<std::vector<Indicator>> read_side(Session& session, const std::string& path) {
  const auto source = session.open(path);
  if (!source.is_ok()) return Issues(source.issues());
  return read_indicators(*source.value(), shown_name(path));
}

Result<std::vector<IndicatorChange>> changes_of(Session& session, const OutcomeOptions& own) {
  auto before = read_side(session, own.before), after = read_side(session, own.after);
  Issues issues = before.issues();
  issues.append(Issues(after.issues()));
  if (issues.has_errors()) return issues;
  return indicator_changes(std::move(before).value(), std::move(after).value());
}

int run_outcome(Session& session, const OutcomeOptions& own) {
  Issues issues = usage_issues(session, own);
  if (issues.has_errors()) return session.fail(issues);
  const auto exemptions = session.exemptions();
  const auto changes = changes_of(session, own);
  issues.append(Issues(exemptions.issues()));
  issues.append(Issues(changes.issues()));
  if (issues.has_errors()) return session.fail(issues);

  const std::string service = session.options().services.empty() ? "" : session.options().services.front();
  std::vector<Check> checks = outcome_checks(changes.value(), service);
  session.diagnostics().report(exempt(exemptions.value(), checks, kOutcomeRules));
  const InconclusiveAs inconclusive = inconclusive_as(own.inconclusive);
  const OutcomeView view{changes.value(), checks, service, inconclusive};
  return session.print(outcome_report(view, session.options().choice), exit_code_of(checks, inconclusive));
}

}  // namespace

Action set_up_outcome(const Arguments& arguments, Options& options) {
  const auto own = std::make_shared<OutcomeOptions>();
  const auto add_side = [&arguments](const char* name, std::string& file, const char* description) {
    arguments.add_option(name, file, description).option_text(" ").required().group("Input");
  };
  add_side("BEFORE", own->before, "Indicators before the migration (YAML or JSON), or - for standard input");
  add_side("AFTER", own->after, "The same indicators after it");
  add_project_option(arguments, options);
  add_service_option(arguments, options, "Whose indicators they are, for exemptions and CI formats");
  add_inconclusive_option(arguments, own->inconclusive, "indicators of one side only");
  add_exemptions_option(arguments, options);
  add_exemptions_day_option(arguments, options);
  add_table_option(arguments, options, "checks or indicators");
  add_table_options(arguments, options);
  add_output_options(arguments, options, {View::Findings});
  add_general_options(arguments, options);
  return [own](Session& session) { return run_outcome(session, *own); };
}

}  // namespace migplan::cli
