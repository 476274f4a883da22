#include "migplan/load/types_reader.hpp"
#include "migplan/playbook/type_map.hpp"
#include "property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migplan;
  TextSource source(fuzz::text_of(data, size));
  const Result<TypesFile> file = read_types(source, "input");
  fuzz::require(file.is_ok() != file.issues().has_errors(), "a result is a value or errors");
  fuzz::require_complete(file.issues());
  if (!file.is_ok()) return 0;
  auto created = TypeAliases::create(file.value().aliases);
  fuzz::require_complete(created.issues());
  const TypeAliases aliases = created.is_ok() ? std::move(created).value() : TypeAliases();
  for (const StatedType& stated : file.value().types) {
    const Result<JavaType> type = parse_java_type(stated.text);
    fuzz::require_complete(in_place(type.issues(), stated));
    if (!type.is_ok()) continue;
    // What is printed is a little longer than the tightest spelling: beyond the longest type it need not be read.
    const std::string printed = to_string(type.value());
    const Result<JavaType> again = parse_java_type(printed);
    fuzz::require(printed.size() > kLongestJavaType || (again.is_ok() && again.value() == type.value()),
                  "what is printed is read back", printed);
    const Result<TypeMap> map = type_map(type.value(), aliases);
    fuzz::require_complete(in_place(map.issues(), stated));
    if (!map.is_ok()) continue;
    for (const TypeLevel& level : map.value().levels) {
      fuzz::require(!level.go.text.empty() && !level.reason.empty() && !level.wire.empty(),
                    "every level has its answer", level.java);
    }
  }
  return 0;
}
