#include "migplan/load/verdicts_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<VerdictFile> file = read_verdicts(source, "input");
  fuzz::require(file.is_ok() != file.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(file.issues());
  if (!file.is_ok()) return 0;
  fuzz::require(!file.value().command.empty(), "checks have a command that made them");
  return 0;
}
