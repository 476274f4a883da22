#include "migplan/load/policy_reader.hpp"

#include "document_reader.hpp"
#include "embedded.hpp"
#include "migplan/base/assert.hpp"
#include "policy_spec.hpp"

namespace migplan {
namespace {

PolicyValues builtin_values() {
  PolicyValues values;
  Issues issues;
  TextArena arena;
  FieldReader reader(policy_spec(), &values, "policy.yaml (built in)", issues, arena);
  TextSource source(builtin_policy_text());
  feed_document(source, reader);
  MIGPLAN_ASSERT(!issues.has_errors());
  return values;
}

}  // namespace

std::string_view builtin_policy_text() noexcept { return embedded::policy_yaml(); }

const Policy& builtin_policy() {
  static const Policy kPolicy = Policy::create(builtin_values()).value();
  return kPolicy;
}

Result<Policy> read_policy(ByteSource& source, std::string_view name) {
  PolicyValues values = builtin_policy().values();
  Issues issues;
  TextArena arena;
  std::map<std::string, Position> positions;
  FieldReader reader(policy_spec(), &values, name, issues, arena);
  reader.keep_positions(positions);
  feed_document(source, reader);
  if (issues.has_errors()) return issues;
  Result<Policy> policy = Policy::create(std::move(values));
  if (policy.is_ok()) return policy;
  return with_positions(policy.issues(), name, positions);
}

}  // namespace migplan
