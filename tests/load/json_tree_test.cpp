#include "json_tree.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "migplan/base/quantity.hpp"

using namespace migplan;

namespace {

std::string first_issue(const JsonTree& tree) {
  return tree.issues().is_empty() ? "" : to_string(tree.issues().kept().front());
}

}  // namespace

TEST_CASE("JSON tree: values have their texts, places and paths", "[load]") {
  const JsonTree tree("\xEF\xBB\xBF{\"a\": [1, {\"b\": \"x\\u0041\"}],\n \"c\": {\"d\": null, \"e\": -1.50e2}}",
                      "f.json");
  REQUIRE(tree.issues().is_empty());
  const JsonValue root = tree.root();
  CHECK(root.path().empty());
  const auto inner = root.find_in({"c", "e"});
  REQUIRE(inner);
  CHECK(inner->path() == "c.e");
  CHECK(inner->text() == "-1.50e2");
  CHECK(inner->at().line == 2);
  CHECK(inner->at().column == 24);
  std::string seen;
  const auto list = root.find("a");
  REQUIRE(list);
  for (const JsonValue item : *list) {
    if (const auto b = item.find("b")) seen = b->path() + "=" + std::string(b->text());
  }
  CHECK(seen == "a[1].b=xA");
  CHECK(root.find_in({"c", "d"})->is_null());
  CHECK_FALSE(root.find("x"));
  CHECK_FALSE(root.find_in({"a", "b"}));
}

TEST_CASE("JSON tree: repeated keys are refused, or the last one counts", "[load]") {
  const std::string text = "{\"a\": 1,\n\"b\": {\"a\": 2, \"a\": 3}}";
  CHECK(first_issue(JsonTree(text, "f.json")) ==
        R"(f.json:2:20: error: b.a: key "a" stands here twice, first at line 2)");
  const JsonTree last(text, "f.json", RepeatedKeys::LastCounts);
  REQUIRE(last.issues().is_empty());
  CHECK(last.root().find_in({"b", "a"})->text() == "3");
}

TEST_CASE("JSON tree: a broken text is an error with its place", "[load]") {
  CHECK(first_issue(JsonTree("{\"a\": }", "f.json")).starts_with("f.json:1:7: error: not JSON"));
  CHECK(first_issue(JsonTree("{\"a\": [1, 2", "f.json")).starts_with("f.json:1:"));
  CHECK_FALSE(first_issue(JsonTree("", "f.json")).empty());
  CHECK_FALSE(first_issue(JsonTree("{} {}", "f.json")).empty());
}

TEST_CASE("JSON tree: readings say what does not fit, and null is absent", "[load]") {
  const JsonTree tree(R"({"n": 12, "f": 1.5, "t": "12", "z": null, "big": 1e30})", "f.json");
  Issues issues;
  CHECK(read_whole(*tree.root().find("n"), issues) == 12U);
  CHECK(read_quantity<Milliseconds>(*tree.root().find("f"), issues) == Milliseconds::from_steps(1500));
  CHECK(read_real(*tree.root().find("big"), issues) == 1e30);
  CHECK_FALSE(read_whole(*tree.root().find("z"), issues));
  CHECK(issues.is_empty());
  CHECK_FALSE(read_whole(*tree.root().find("f"), issues));
  CHECK_FALSE(read_real(*tree.root().find("t"), issues));
  CHECK_FALSE(read_text(*tree.root().find("n"), issues));
  CHECK_FALSE(read_quantity<Milliseconds>(*tree.root().find("big"), issues));
  REQUIRE(issues.errors() == 4);
  CHECK(issues.kept()[1].message.find("found \"12\", expected a number") == 0);
}
