#include "verdicts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace migplan::cli {

Issues exempt(const Session::DatedExemptions& exemptions, std::vector<Check>& checks,
              std::span<const std::string_view> rules) {
  ExemptionUse use(exemptions.list, exemptions.as_of);
  apply(use, checks);
  std::set<std::string_view> services;
  for (const Check& check : checks) services.insert(check.service);
  return use.leftovers(rules, rules, [&services](std::string_view service) { return services.contains(service); });
}

void add_inconclusive_option(const Arguments& arguments, std::string& choice, std::string_view what,
                             std::string_view group) {
  arguments.add_option("--inconclusive", choice, fmt::format("What {} end in; default fail", what))
      .one_of({"fail", "pass"})
      .option_text("fail|pass")
      .group(std::string(group));
}

InconclusiveAs inconclusive_as(const std::string& choice) noexcept {
  return choice == "pass" ? InconclusiveAs::Pass : InconclusiveAs::Fail;
}

int exit_code_of(std::span<const Check> checks, InconclusiveAs inconclusive) noexcept {
  const auto objects = [inconclusive](const Check& check) { return is_objection(check, inconclusive); };
  return std::any_of(checks.begin(), checks.end(), objects) ? kNo : kDone;
}

}  // namespace migplan::cli
