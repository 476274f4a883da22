#include "gatling_run.hpp"

#include <fmt/format.h>

#include <utility>

namespace migplan {

Result<Evidence> GatlingRun::load_test(std::string_view file) const {
  if (tally.requests() == 0) {
    return Issue{Severity::Error, std::string(file), {}, "", "found no request, expected at least one"};
  }
  LoadTest test = tally.load_test({std::string(file)}, {true, PercentileRule::NearestRank});
  if (errors != 0) test.notes.push_back(fmt::format("errors of the simulation itself are no requests: {}", errors));
  if (unmatched != 0) {
    test.notes.push_back(fmt::format("messages that no request waited for are no requests: {}", unmatched));
  }
  if (message_lines != 0) test.notes.push_back(fmt::format("lines that only go on with a message: {}", message_lines));
  return Evidence(std::move(test));
}

}  // namespace migplan
