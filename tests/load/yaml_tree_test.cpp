#include "yaml_tree.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

namespace {

// The tree as one line: {key: value@line:column, …}.
std::string shown(const YamlValue& value) {
  if (!value.is_map() && !value.is_list()) {
    const std::string mark = value.is_text() ? "'" : "";
    return mark + (value.is_null() ? "null" : std::string(value.text())) + mark;
  }
  std::string out = value.is_map() ? "{" : "[";
  for (const YamlValue& item : value.items()) {
    if (out.size() > 1) out += ", ";
    if (value.is_map()) out += std::string(item.key()) + ": ";
    out += shown(item);
  }
  return out + (value.is_map() ? "}" : "]");
}

std::string shown(const YamlTree& tree) {
  std::string out;
  for (const Issue& issue : tree.issues().kept()) out += to_string(issue) + "\n";
  for (const YamlValue& document : tree.documents()) out += shown(document) + "\n";
  return out;
}

// As a stream and as a text in memory, which must be the same.
std::string read(std::string_view text) {
  TextSource source(text);
  std::string out = shown(YamlTree(source, "in"));
  CHECK(shown(YamlTree(text, "in", Position{1, 1})) == out);
  return out;
}

}  // namespace

TEST_CASE("yaml_tree: several documents, each value with its kind") {
  CHECK(read("a: [1, '1', true, ~]\n---\n# nothing\n---\n- b: {c: 99.5}\n") ==
        "{a: [1, '1', true, null]}\n[{b: {c: 99.5}}]\n");
}

TEST_CASE("yaml_tree: values are what their text means, not what stands there") {
  CHECK(read("a: \"\\x41b\"\nb: 'it''s'\nc: \"it's\"\n") == "{a: 'Ab', b: 'it's', c: 'it's'}\n");
  CHECK(read("a: one\n  two\nb: >\n  one\n  two\n") == "{a: 'one two', b: 'one two\n'}\n");
  CHECK(read("a: |\n  one\n   two\nb: &x one\nc: !!str 1\n") == "{a: 'one\n two\n', b: 'one', c: '1'}\n");
  CHECK(read("\xC3\xA9: \xC3\xA9\n? 'k e'\n: \"\"\n") == "{\xC3\xA9: '\xC3\xA9', k e: ''}\n");
  CHECK(read("a: b\r\nc: 'd'\r\n") == "{a: 'b', c: 'd'}\n");
}

TEST_CASE("yaml_tree: each value has its place and its path") {
  TextSource source("spec:\n  list:\n    - target: 0.5\n");
  const YamlTree tree(source, "in");
  const auto list = tree.documents().front().find_in({"spec", "list"});
  REQUIRE(list.has_value());
  const YamlValue target = *list->items().front().find("target");
  CHECK(target.path() == "spec.list[0].target");
  CHECK(target.at().line == 3);
  CHECK(target.at().column == 15);
  CHECK(target.key_at().column == 7);
  CHECK(to_string(target.unexpected("a text")) == "in:3:15: error: spec.list[0].target: found 0.5, expected a text");
}

TEST_CASE("yaml_tree: aliases and merge keys are resolved") {
  CHECK(read("a: &x {b: 1, c: 2}\nd: *x\ne: {<<: *x, c: 3}\n") ==
        "{a: {b: 1, c: 2}, d: {b: 1, c: 2}, e: {c: 3, b: 1}}\n");
  CHECK(read("a: &x {b: 1}\ne: &y {c: 2}\nd: {<<: [*x, *y], c: 4}\n") == "{a: {b: 1}, e: {c: 2}, d: {c: 4, b: 1}}\n");
  CHECK(read("a: &x [*x]\n") == "in:1:8: error: found an alias inside the value that it stands for\n");
}

TEST_CASE("yaml_tree: aliases that unfold without end are stopped") {
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name <= 'i'; ++name) {
    const std::string before = std::string(" *") + static_cast<char>(name - 1);
    bomb += std::string(1, name) + ": &" + name + " [" + before;
    for (int i = 0; i < 9; ++i) bomb += "," + before;
    bomb += "]\n";
  }
  CHECK(read(bomb).find("the text unfolds to more than 1,000,000 values") != std::string::npos);
}

TEST_CASE("yaml_tree: what is wrong with the text is told with its place") {
  CHECK(read("a: 1\na: 2\n") == "in:2:1: error: a: key \"a\" stands here twice, first at line 1\n");
  CHECK(read("[a, b]: 1\n") == "in:1:1: error: found a map or list as a key, expected text\n");
  CHECK(read("a: [1\n").find("in:2:1: error: not YAML") != std::string::npos);
  CHECK(read("a: \x01\n").find("in:1:4: error:") != std::string::npos);
  CHECK(read("a: {<<: 5}\n") == "in:1:9: error: found no map behind the merge key <<, expected an alias of one\n");
}

TEST_CASE("yaml_tree: a text of JSON is one, too") {
  CHECK(read("{\"a\": [1, \"b\"],\n\t\"c\": null}") == "{a: [1, 'b'], c: null}\n");
}
