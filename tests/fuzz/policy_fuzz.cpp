#include "migplan/load/policy_reader.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<Policy> policy = read_policy(source, "input");
  fuzz::require(policy.is_ok() != policy.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(policy.issues());
  return 0;
}
