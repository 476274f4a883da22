#include "migplan/load/psplib_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<PsplibInstance> instance = read_psplib(source, "input");
  fuzz::require(instance.is_ok() != instance.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(instance.issues());
  return 0;
}
