#include "migplan/load/types_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

namespace {

// "file:line:column path type", or the errors.
std::string read(std::string_view text) {
  TextSource source(text);
  const auto file = read_types(source, "t");
  std::string out;
  for (const Issue& issue : file.issues().kept()) out += to_string(issue) + "\n";
  if (!file.is_ok()) return out;
  const auto add = [&out](const StatedType& type) {
    out += type.file + ":" + std::to_string(type.at.line) + ":" + std::to_string(type.at.column) + " " + type.path +
           (type.path.empty() ? "" : " ") + type.text + "\n";
  };
  for (const StatedType& type : file.value().types) add(type);
  for (const TypeAlias& alias : file.value().aliases) {
    out += alias.name + " = ";
    add(alias.type);
  }
  return out;
}

}  // namespace

TEST_CASE("types_reader: lines hold a type each, comments and empty lines none") {
  CHECK(read("# all\n\n  List<Long>  # ids\r\nFoo#bar\n\xEF\xBB\xBF") ==
        "t:3:3 List<Long>\nt:4:1 Foo#bar\nt:5:1 \xEF\xBB\xBF\n");
  CHECK(read("\xEF\xBB\xBFint") == "t:1:1 int\n");
  CHECK(read("Map<String, Long>") == "t:1:1 Map<String, Long>\n");
}

TEST_CASE("types_reader: YAML and JSON hold types and aliases with their places") {
  CHECK(read("# a comment\nschema: migplan/types/v1\ntypes:\n  - Map<Id, byte[]>\n  - \"@Nullable Id\"\naliases:\n"
             "  Id: Long\n") ==
        "t:4:5 types[0] Map<Id, byte[]>\nt:5:5 types[1] @Nullable Id\nId = t:7:7 aliases.Id Long\n");
  CHECK(read(R"({"types": ["Long"]})") == "t:1:12 types[0] Long\n");
  CHECK(read("---\naliases: {A: B}\n") == "A = t:2:14 aliases.A B\n");
}

TEST_CASE("types_reader: what is no file of types is refused with its place") {
  CHECK(read("") == "t: error: holds no types, expected one a line, or a list types\n");
  CHECK(read("types: []\n") == "t: error: holds no types, expected one a line, or a list types\n");
  CHECK(read("schema: migplan/types/v2\ntypes: [A]\n").find("t:1:9: error: schema: found ") == 0);
  CHECK(read("type: [A]\n").find("t:1:1: error: ") == 0);
  CHECK(read("types: [[A]]\n").find("t:1:9: error: types[0]: ") == 0);
  CHECK(read("types: [A]\naliases: {A: B, A: C}\n").find("error") != std::string::npos);
}
