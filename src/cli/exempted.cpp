#include "exempted.hpp"

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

}  // namespace migplan::cli
