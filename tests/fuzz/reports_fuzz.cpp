// Reports that import reads, by their content and as each format.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "migplan/load/inventory_facts.hpp"
#include "migplan/load/report_reader.hpp"
#include "property.hpp"

namespace {

using namespace migplan;

void check(const Observations& read) {
  std::vector<Observation> facts = read.facts;
  fuzz::require(!check_facts(facts, "input").has_errors(), "every fact that is read fits an inventory");
  const std::set<std::string> subjects(read.subjects.begin(), read.subjects.end());
  fuzz::require(subjects.size() == read.subjects.size(), "each subject stands there once");
  for (const Observation& fact : read.facts) {
    fuzz::require(subjects.contains(fact.subject), "a fact is of a subject", fact.subject);
    fuzz::require(!fact.fact.empty() && !fact.place.file.empty(), "a fact has a path and a place", fact.fact);
  }
  std::set<std::pair<std::string, std::pair<std::string, std::string>>> known;
  for (const ObservedVulnerability& one : read.vulnerabilities) {
    fuzz::require(subjects.contains(one.subject), "a finding is of a subject", one.subject);
    fuzz::require(known.insert({one.subject, {one.id, one.package}}).second, "a finding stands there once", one.id);
  }
  for (const ObservedCall& call : read.calls) {
    fuzz::require(!call.caller.empty() && !call.callee.empty(), "a call has two ends");
    fuzz::require(call.caller_kind != EndpointKind::Service || subjects.contains(call.caller), "a caller is a subject",
                  call.caller);
  }
  fuzz::require_complete(read.notes);
  fuzz::require(!read.notes.has_errors(), "what is wrong is no note");
}

}  // namespace

// Every format reads every input: the one that it is of, and those that it is not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ReportOptions options;
  options.map = {{"tps", "impact.peak_orders_per_second"}, {"score", "coupling.core_flow_calls"}};
  std::vector<std::string> formats{"auto"};
  for (const ReportFormat& format : report_formats()) formats.emplace_back(format.name);
  for (const std::string& format : formats) {
    for (const char* const service : {"", "cart"}) {
      options.format = format;
      options.service = service;
      TextSource source(fuzz::text_of(data, size));
      const Result<Observations> read = read_report(source, "input", options);
      fuzz::require(read.is_ok() != read.issues().has_errors(), "a result is a value or errors");
      fuzz::require_complete(read.issues());
      if (read.is_ok()) check(read.value());
    }
  }
  return 0;
}
