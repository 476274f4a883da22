// Access logs, and where the routing rule sends their requests.
#include <string>

#include "migplan/load/request_log_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  CanaryPolicy policy;
  policy.header = "X-Gray-Flag";
  policy.header_value = "true";
  const RoutingRule rule(policy, Percent::whole(50), 1);
  TextSource source(fuzz::text_of(data, size));
  RoutedLog log;
  std::uint64_t requests = 0, line = 0;
  const Issues issues = read_request_log(source, "input", policy.header, [&](const LoggedRequest& request) {
    fuzz::require(request.line > line, "requests come in the order of their lines");
    fuzz::require(!request.header || !request.header->empty(), "a header has a value");
    line = request.line;
    log.add(rule, request);
    ++requests;
  });
  fuzz::require_complete(issues);
  fuzz::require(log.requests() == requests, "every request takes one way");
  fuzz::require(log.with_header >= log.other_values, "another value is one of a header");
  return 0;
}
