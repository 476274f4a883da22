#include "migplan/model/playbook_policy.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "migplan/base/decimal.hpp"

namespace migplan {
namespace {

Issue rejected(std::string path, std::string message) {
  return {Severity::Error, "", {}, std::move(path), std::move(message), ""};
}

}  // namespace

Issues playbook_issues(const PlaybookPolicy& policy) {
  Issues issues;
  if (policy.elastic_rps <= RequestsPerSecond{}) {
    issues.add(rejected("playbook.elastic_rps", "found 0, expected more: nothing would not have to scale"));
  }
  if (policy.live_heap_ratio <= Ratio{}) issues.add(rejected("playbook.live_heap_ratio", "found 0, expected more"));
  if (policy.least_gogc <= Count{}) issues.add(rejected("playbook.least_gogc", "found 0, expected more"));
  if (policy.greatest_gogc < policy.least_gogc) {
    issues.add(
        rejected("playbook.greatest_gogc", fmt::format("found {}, expected no less than least_gogc, {}",
                                                       trimmed(policy.greatest_gogc), trimmed(policy.least_gogc))));
  }
  return issues;
}

}  // namespace migplan
