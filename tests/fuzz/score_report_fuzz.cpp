#include "migplan/load/score_report_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<RecordedScores> scores = read_score_report(source, "input");
  fuzz::require(scores.is_ok() != scores.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(scores.issues());
  return 0;
}
