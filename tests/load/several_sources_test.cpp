// Several files, checks between services, faults of reading, and formats told by the text.

#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <utility>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

Result<Inventory> read_two(std::string first, std::string second, unsigned threads = 1) {
  std::vector<InventorySource> sources;
  sources.push_back(named_text("one.yaml", std::move(first), InventoryFormat::Yaml));
  sources.push_back(named_text("two.yaml", std::move(second), InventoryFormat::Yaml));
  return read_inventory(std::move(sources), threads);
}

Result<Inventory> read_failing(std::string text, InventoryFormat format) {
  std::vector<InventorySource> sources;
  sources.push_back({"in", std::make_unique<FailingSource>(std::move(text)), format});
  return read_inventory(std::move(sources), 2);
}

Result<Inventory> read_unnamed(std::string text) {
  std::vector<InventorySource> sources;
  sources.push_back(named_text("-", std::move(text)));
  return read_inventory(std::move(sources));
}

std::string count_of(std::string text) {
  const Result<Inventory> read = read_unnamed(std::move(text));
  return read.is_ok() ? std::to_string(accepted(read).size()) : complaints(read);
}

}  // namespace

TEST_CASE("inventory: services of all files stand in the order of the files") {
  for (const unsigned threads : {1U, 2U, 5U}) {
    const Result<Inventory> read =
        read_two("services: [{name: b, depends_on: [{service: a}]}]", "services: [{name: a}, {name: c}]", threads);
    CHECK(complaints(read).empty());
    CHECK(accepted(read)[0].name == "b");
    CHECK(accepted(read)[2].name == "c");
    CHECK(accepted(read).path_of(2, "name") == "services[1].name");
    CHECK(accepted(read).files()[accepted(read)[2].file] == "two.yaml");
  }
}

TEST_CASE("inventory: a name that stands in two files is told with both places") {
  CHECK(complaints(read_two("services:\n  - name: cart\n", "services:\n  - name: stock\n  - name: cart\n")) ==
        "two.yaml:3:5: error: services[1].name: \"cart\" is named twice, first at one.yaml:2:5");
}

TEST_CASE("inventory: a path counts services as the file does, rejected ones too") {
  const std::string found =
      complaints(read_two("services: []", "services:\n  - kind: core\n  - name: a\n  - name: a\n"));
  CHECK_THAT(found,
             Catch::Contains("two.yaml:4:5: error: services[2].name: \"a\" is named twice, first at two.yaml:3:5"));
}

TEST_CASE("inventory: a service may not depend on itself") {
  CHECK(complaints(read_yaml(service_yaml("depends_on: [{service: cart}]"))) ==
        "in:3:19: error: services[0].depends_on[0]: a service cannot depend on itself: \"cart\" (cart)");
}

TEST_CASE("inventory: a dependency names a service, or is marked external") {
  CHECK(complaints(read_yaml(
            "services:\n  - {name: stock-service, depends_on: [{service: stok-service}]}\n  - {name: stock}\n")) ==
        "in:2:41: error: services[0].depends_on[0]: no such service: \"stok-service\" (stock-service) (did you mean "
        "stock-service? else mark it `external: true`)");
  CHECK(
      complaints(read_yaml(service_yaml("depends_on: [{service: zzzzz}]"))) ==
      "in:3:19: error: services[0].depends_on[0]: no such service: \"zzzzz\" (cart) (mark it `external: true` if it is "
      "not part of this inventory)");
  CHECK(read_yaml(service_yaml("depends_on: [{service: zzzzz, external: true}]")).is_ok());
}

TEST_CASE("inventory: a dependency listed twice is rejected") {
  CHECK(complaints(read_yaml(
            "services:\n  - {name: a, depends_on: [{service: b}, {service: b, strength: weak}]}\n  - {name: b}\n")) ==
        "in:2:43: error: services[0].depends_on[1]: listed twice: \"b\" (a) (keep one entry)");
}

TEST_CASE("inventory: dependencies may point into another file") {
  CHECK(read_two("services: [{name: a, depends_on: [{service: b}]}]", "services: [{name: b}]").is_ok());
}

TEST_CASE("inventory: a team listed twice is told with its file and place") {
  CHECK(complaints(read_yaml("teams:\n  - {name: risk, squads: 1}\n  - {name: risk, squads: 2}\nservices: []\n")) ==
        "in:3:5: error: teams[1].name: \"risk\" is listed twice, first at in:2:5");
}

TEST_CASE("inventory: a service's team that is not listed is a warning") {
  const Result<Inventory> read = read_yaml("teams: [{name: risk}]\nservices:\n  - {name: a, team: rusk}\n");
  CHECK(read.is_ok());
  CHECK(complaints(read) == "in:3:5: warning: services[0].team: \"rusk\" is not among `teams`");
}

TEST_CASE("inventory: problems of all files are reported, in the order of the files") {
  for (const unsigned threads : {1U, 2U}) {
    CHECK(complaints(read_two("services: 5", "services: [{name: A}]", threads)) ==
          "one.yaml:1:11: error: services: found 5, expected a list\n"
          "two.yaml:1:19: error: services[0].name: found \"A\", expected a label (a-z, 0-9 and '-', at most 63, a "
          "letter or "
          "digit at both ends)");
  }
}

TEST_CASE("inventory: a dependency on a service that was rejected for another reason is not reported twice") {
  const Result<Inventory> read =
      read_yaml("services:\n  - {name: a, depends_on: [{service: b}]}\n  - {name: b, kind: 5}\n");
  CHECK(read.issues().errors() == 1);
}

TEST_CASE("inventory: a fault half way through reading is an access error and the only one") {
  const std::string yaml = "services:\n  - name: a\n    kind: wrong\n  - {name: b, ow";
  const std::string lines = "{\"name\": \"a\", \"kind\": \"wrong\"}\n{\"name\": ";
  const std::string csv = "name,kind\na,wrong\nb,\"";
  for (const auto& [text, format] :
       {std::pair(yaml, InventoryFormat::Yaml), std::pair(lines, InventoryFormat::JsonLines),
        std::pair(csv, InventoryFormat::Csv), std::pair(lines, InventoryFormat::Json),
        std::pair(std::string(), InventoryFormat::Yaml)}) {
    const Result<Inventory> read = read_failing(text, format);
    CHECK(complaints(read) == "in: error: Input/output error");
    CHECK(read.issues().has_access_errors());
    REQUIRE(read.issues().kept().size() == 1);
    CHECK(read.issues().kept()[0].cause == Cause::Access);
  }
}

TEST_CASE("inventory: a fault far into a large file is an access error too") {
  std::string lines, yaml = "services:\n";
  for (int i = 0; i < 40'000; ++i) {
    lines += "{\"name\": \"a" + std::to_string(i) + "\", \"owner\": \"team-of-somebody\"}\n";
    yaml += "  - {name: a" + std::to_string(i) + "}\n";
  }
  CHECK(complaints(read_failing(lines, InventoryFormat::JsonLines)) == "in: error: Input/output error");
  CHECK(complaints(read_failing(yaml, InventoryFormat::Yaml)) == "in: error: Input/output error");
}

TEST_CASE("inventory: content errors are not access errors") {
  CHECK_FALSE(read_yaml("services: 5").issues().has_access_errors());
}

TEST_CASE("inventory: a text without a name's ending tells its format itself") {
  CHECK(count_of("services: [{name: a}]\n") == "1");
  CHECK(count_of("# comment, with: commas\nservices: [{name: a}]\n") == "1");
  CHECK(count_of("---\nservices: []\n") == "0");
  CHECK(count_of("{\"services\": [{\"name\": \"a\"}]}\n") == "1");
  CHECK(count_of("{\n  \"schema\": \"migplan/inventory/v1\",\n  \"services\": [{\"name\": \"a\"}]\n}\n") == "1");
  CHECK(count_of("{\"name\": \"a\"}\n{\"name\": \"b\"}\n") == "2");
  CHECK(count_of("\n\n{\"name\": \"a\"}\n") == "1");
  CHECK(count_of("name,kind\na,core\nb,\n") == "2");
  CHECK(count_of("name;kind\na;core\n") == "1");
  CHECK(count_of("\xEF\xBB\xBFname\tkind\na\tcore\n") == "1");
  CHECK(count_of("\xEF\xBB\xBF{\"services\": []}") == "0");
}

TEST_CASE("inventory: a CSV of names alone tells its format itself") { CHECK(count_of("name\na\nb\n") == "2"); }

TEST_CASE("inventory: a format is known by the ending of the file's name") {
  CHECK(inventory_format_of("a.yaml") == InventoryFormat::Yaml);
  CHECK(inventory_format_of("dir.csv/a.yml") == InventoryFormat::Yaml);
  CHECK(inventory_format_of("a.json") == InventoryFormat::Json);
  CHECK(inventory_format_of("a.jsonl") == InventoryFormat::JsonLines);
  CHECK(inventory_format_of("a.ndjson") == InventoryFormat::JsonLines);
  CHECK(inventory_format_of("a.csv") == InventoryFormat::Csv);
  CHECK_FALSE(inventory_format_of("a.txt").has_value());
  CHECK_FALSE(inventory_format_of("-").has_value());
}

TEST_CASE("inventory: the schema is found in the first lines of YAML and JSON, not in comments") {
  CHECK(declared_schema("schema: migplan/policy/v1\nscoring: {}\n") == "migplan/policy/v1");
  CHECK(declared_schema("# about\nschema: \"migplan/inventory/v1\" # here\n") == "migplan/inventory/v1");
  CHECK(declared_schema("{\"schema\": \"migplan/score/v1\", \"services\": []}") == "migplan/score/v1");
  CHECK(declared_schema("{\n  'schema': 'migplan/policy/v1'\n}") == "migplan/policy/v1");
  CHECK(declared_schema("schema: migplan/project/v1") == "migplan/project/v1");
  CHECK(declared_schema("# schema: migplan/policy/v1\nservices: []\n").empty());
  CHECK(declared_schema("services: []\n").empty());
  CHECK(declared_schema("").empty());
}

TEST_CASE("inventory: a comment that names a schema does not hide the schema below it") {
  CHECK(declared_schema("# yaml-language-server: $schema=migplan/schema.json\nschema: migplan/policy/v1\n") ==
        "migplan/policy/v1");
}

// Services point to texts that the inventory keeps.
TEST_CASE("inventory: is moved, never copied") {
  STATIC_REQUIRE(std::is_move_constructible_v<Inventory>);
  const bool is_copied = std::is_copy_constructible_v<Inventory>;
  CHECK_FALSE(is_copied);
}

TEST_CASE("inventory: no source makes an empty inventory") {
  const Result<Inventory> read = read_inventory({});
  CHECK(read.is_ok());
  CHECK(accepted(read).size() == 0);
}
