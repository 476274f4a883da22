// Reports that import reads, by their content and as each format.
#include <string>

#include "migplan/load/inventory_facts.hpp"
#include "migplan/load/report_reader.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

void check(std::string_view text, std::string_view format) {
  ReportOptions options;
  options.format = format;
  options.service = "cart";
  options.map = {{"score", "coupling.core_flow_calls"}};
  TextSource source(text);
  const Result<Observations> read = read_report(source, "input", options);
  fuzz::require_complete(read.issues());
  if (!read.is_ok()) return;
  std::vector<Observation> facts = read.value().facts;
  fuzz::require(!check_facts(facts, "input").has_errors(), "every fact that is read fits an inventory");
  for (const ObservedCall& call : read.value().calls) {
    fuzz::require(!call.caller.empty() && !call.callee.empty(), "a call has two ends");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = migplan::fuzz::text_of(data, size);
  check(text, "auto");
  for (const migplan::ReportFormat& format : migplan::report_formats()) check(text, format.name);
  return 0;
}
