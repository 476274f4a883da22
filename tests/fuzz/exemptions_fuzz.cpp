#include "migplan/load/exemptions_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<Exemptions> exemptions = read_exemptions(source, "input");
  fuzz::require(exemptions.is_ok() != exemptions.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(exemptions.issues());
  return 0;
}
