#include "migplan/load/verdicts_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "document_reader.hpp"
#include "field_store.hpp"
#include "migplan/load/inventory_reader.hpp"

namespace migplan {

template <>
struct fields::EnumNames<Verdict> {
  static constexpr std::array<std::string_view, 4> kNames{"pass", "fail", "inconclusive", "exempted"};
};

namespace {

using namespace fields;

constexpr std::array<std::string_view, 6> kCommands{"gate", "canary", "sunset", "slo", "outcome", "lint"};
constexpr std::string_view kHint = "migplan gate, canary, sunset, slo, outcome and lint write checks: -f json";

// A number of any unit, as exact as nine decimals are.
template <auto Member>
constexpr FieldSpec number(std::string_view key) {
  FieldSpec field{.key = key, .description = "", .shape = Shape::Value, .value = {.type = ValueType::Number}};
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec&, FieldReader& reader) {
    for (int decimals = 9; decimals >= 0; --decimals) {
      const Decimal read = parse_decimal(found.text, decimals);
      if (found.kind != ScalarKind::Number || read.status == DecimalStatus::NotANumber) break;
      if (read.status != DecimalStatus::Ok) continue;  // large numbers have fewer of them
      static_cast<StatedVerdict*>(owner)->*Member = Number{read.steps, decimals};
      return;
    }
    reader.reject(found.at, fmt::format("found {}, expected a number of at most 18 digits", in_quotes(found.text)));
  };
  return field;
}

// The command that a schema names: "migplan/gate/v1".
constexpr FieldSpec schema_of_checks() {
  FieldSpec field{.key = "schema", .description = "", .shape = Shape::Value, .value = {.type = ValueType::Text}};
  field.assign = [](void* owner, std::string_view, const Scalar& found, const FieldSpec& spec, FieldReader& reader) {
    for (const std::string_view command : kCommands) {
      if (found.text != fmt::format("migplan/{}/v1", command)) continue;
      static_cast<VerdictFile*>(owner)->command = command;
      return;
    }
    reader.reject_value(found, spec);
  };
  return required(field);
}

constexpr auto kVerdictFields = std::array{
    value<&StatedVerdict::service>("service", ""),
    required(value<&StatedVerdict::check>("check", "")),
    required(value<&StatedVerdict::verdict>("verdict", "")),
    number<&StatedVerdict::observed>("observed"),
    number<&StatedVerdict::limit>("limit"),
    value<&StatedVerdict::unit>("unit", ""),
    number<&StatedVerdict::samples>("samples"),
    number<&StatedVerdict::low>("low"),
    number<&StatedVerdict::high>("high"),
    value<&StatedVerdict::source>("source", ""),
    value<&StatedVerdict::message>("message", ""),
};
constexpr MapSpec kVerdict{"check", kVerdictFields, nullptr, OtherKeys::PassedOver};

constexpr auto kFields = std::array{
    schema_of_checks(),
    required(map_list<&VerdictFile::verdicts>("checks", "", kVerdict)),
};
constexpr MapSpec kSpec{"checks", kFields, nullptr, OtherKeys::PassedOver};

// Why the text that begins so has no checks; null where it may have some.
std::optional<Issue> other_document(std::string_view beginning, std::string_view file) {
  const std::string_view declared = declared_schema(beginning);
  const bool is_known = std::any_of(kCommands.begin(), kCommands.end(), [declared](std::string_view command) {
    return declared == fmt::format("migplan/{}/v1", command);
  });
  if (is_known) return std::nullopt;
  return Issue{Severity::Error,
               std::string(file),
               {1, 1},
               "schema",
               declared.empty() ? std::string("found no document with checks")
                                : fmt::format("found {}, expected a document with checks", in_quotes(declared)),
               std::string(kHint),
               Cause::Content};
}

}  // namespace

Result<VerdictFile> read_verdicts(ByteSource& source, std::string_view file) {
  PeekedSource peeked(source);
  if (!peeked.error().empty()) {
    return Issue{Severity::Error, std::string(file), {}, "", std::string(peeked.error()), "", Cause::Access};
  }
  if (auto issue = other_document(peeked.front().substr(0, kSchemaWithin), file)) return *std::move(issue);
  VerdictFile draft;
  Issues issues;
  TextArena arena;
  FieldReader reader(kSpec, &draft, file, issues, arena);
  feed_document(peeked, reader);
  if (issues.has_errors()) return issues;
  draft.file = file;
  return draft;
}

}  // namespace migplan
