#include "migplan/scoring/sensitivity.hpp"

#include <fmt/format.h>

#include <limits>
#include <memory>

#include "command.hpp"
#include "migplan/base/decimal.hpp"
#include "migplan/report/views.hpp"

namespace migplan::cli {
namespace {

constexpr std::uint32_t kMostWeightDraws = 1'000'000'000;

struct SensitivityOptions {
  DrawOptions draws;
  std::string relative_error = "10%";
};

// "10%" or "0.1"; 0 to 1.
Result<Share> parse_relative_error(std::string_view text) {
  const bool is_percentage = text.ends_with('%');
  constexpr int kPercentageDecimals = Share::kDecimals - 2;
  const std::string_view number = is_percentage ? text.substr(0, text.size() - 1) : text;
  const Decimal parsed = parse_decimal(number, is_percentage ? kPercentageDecimals : Share::kDecimals);
  if (parsed.status != DecimalStatus::Ok || parsed.steps < 0 || parsed.steps > Share::max().steps()) {
    return Issue{Severity::Error,
                 "",
                 {},
                 "--relative-error",
                 fmt::format("found {}, expected 0% to 100%, or 0 to 1", in_quotes(text)),
                 "",
                 Cause::Content};
  }
  return Share::from_steps(parsed.steps);
}

int run_sensitivity(Session& session, const SensitivityOptions& options) {
  const auto error = parse_relative_error(options.relative_error);
  if (!error.is_ok()) return session.fail(error.issues());
  const auto inputs = session.inputs();
  if (!inputs.is_ok()) return session.fail(inputs.issues());
  const auto& [policy, inventory] = inputs.value();
  const Scorecard card(inventory, policy, session.threads());
  DrawOptions draws = options.draws;
  draws.relative_error = error.value();
  const Sensitivity result = sensitivity(card, draws, session.threads());
  return session.print(sensitivity_report(card, result, session.options().choice));
}

}  // namespace

Action set_up_sensitivity(const Arguments& arguments, Options& options) {
  constexpr const char* kDraws = "Draws";
  const auto own = std::make_shared<SensitivityOptions>();
  add_inventory_options(arguments, options);
  add_policy_option(arguments, options);
  arguments.add_option("--draws", own->draws.draws, "How often weights and facts are drawn; default 100000")
      .option_text("N")
      .range(std::uint32_t{1}, kMostWeightDraws)
      .group(kDraws);
  arguments
      .add_option("--seed", own->draws.seed,
                  "Seed of the random numbers; default 1, the result depends on nothing else")
      .option_text("N")
      .range(std::uint64_t{0}, kGreatestSeed)
      .group(kDraws);
  arguments
      .add_option("--relative-error", own->relative_error,
                  "Standard deviation of each raw value over the value, such as 10% or 0.1; default 10%")
      .option_text("X")
      .group(kDraws);
  arguments.add_flag("--weights-only", own->draws.only_weights, "Draw the weights alone: facts stand still, no ranks")
      .group(kDraws);
  add_tier_option(arguments, options);
  add_table_options(arguments, options);
  add_output_options(arguments, options);
  add_general_options(arguments, options);
  return [own](Session& session) { return run_sensitivity(session, *own); };
}

}  // namespace migplan::cli
