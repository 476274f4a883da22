#include "json_shape.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace migplan;

namespace {

using Lines = std::vector<std::string>;

// Writes down what it is told: "2 text 1:5 a[0].b".
class Recorder final : public JsonVisitor {
 public:
  void begin(int what, JsonPlace& place) override { lines.push_back(std::to_string(what) + " begins " + place.path()); }
  void end(int what, JsonPlace& place) override { lines.push_back(std::to_string(what) + " ends " + place.path()); }
  void value(int what, std::string_view text, JsonPlace& place) override {
    lines.push_back(std::to_string(what) + " " + std::string(text) + " " + std::to_string(place.at().line) + ":" +
                    std::to_string(place.at().column) + " " + place.path());
  }
  Lines lines;
};

struct Told {
  Lines lines, issues;
};
Told told(const JsonShape& shape, std::string_view text) {
  Recorder recorder;
  TextSource source(text);
  const Issues issues = visit_json(source, "f.json", shape, recorder);
  Told all{std::move(recorder.lines), {}};
  for (const Issue& issue : issues.kept()) all.issues.push_back(to_string(issue));
  return all;
}

}  // namespace

TEST_CASE("json shape: the values of wanted paths are told with their places, the rest is passed over") {
  const JsonShape shape{{"a[].b", 0}, {"a[]", 1}, {"c", 2}};
  const Told all =
      told(shape, "{\"x\":{\"c\":1,\"a\":[{\"b\":2}]},\n\"a\":[{\"y\":[[1]],\"b\":\"t\"},{\"b\":null},{}],\"c\":-1.5}");
  CHECK(all.issues.empty());
  CHECK(all.lines == Lines{"1 begins a[0]", "0 t 2:21 a[0].b", "1 ends a[0]", "1 begins a[1]", "1 ends a[1]",
                           "1 begins a[2]", "1 ends a[2]", "2 -1.5 2:45 c"});
}

TEST_CASE("json shape: a root may be a list, a list of lists or a map, each by its own paths") {
  const JsonShape shape{{"[][].id", 0}, {"[].id", 1}, {"id", 2}, {"[][]", 3}};
  CHECK(told(shape, "[[{\"id\":1},{\"id\":2}],[{\"id\":3}]]").lines ==
        Lines{"3 begins [0][0]", "0 1 1:9 [0][0].id", "3 ends [0][0]", "3 begins [0][1]", "0 2 1:18 [0][1].id",
              "3 ends [0][1]", "3 begins [1][0]", "0 3 1:29 [1][0].id", "3 ends [1][0]"});
  CHECK(told(shape, "[{\"id\":1}]").lines == Lines{"1 1 1:8 [0].id"});
  CHECK(told(shape, "{\"id\":1}").lines == Lines{"2 1 1:7 id"});
  CHECK(told(shape, "null").lines.empty());
}

TEST_CASE("json shape: any key of a map is wanted where the path has a star") {
  const JsonShape shape{{"*.calls[]", 0}, {"data.*.name", 1}};
  CHECK(told(shape, "{\"cart\":{\"calls\":[\"auth\"]},\"data\":{\"p1\":{\"name\":\"x\"}}}").lines ==
        Lines{"0 auth 1:19 cart.calls[0]", "1 x 1:49 data.p1.name"});
}

TEST_CASE("json shape: another kind of value than wanted is a fault with its path, unless it may be anything") {
  const JsonShape shape{{"a[].b", 0}, {"c", 1}, {"d.e", 2}, {"f", 3, true}};
  CHECK(told(shape, "{\"a\":{\"b\":1},\"c\":[1],\"d\":\"x\",\"f\":{\"g\":1}}").issues ==
        Lines{"f.json:1:6: error: a: found a map, expected a list",
              "f.json:1:18: error: c: found a list, expected a single value",
              "f.json:1:26: error: d: found \"x\", expected a map"});
  CHECK(told(shape, "{\"a\":[{\"b\":{}}]}").issues ==
        Lines{"f.json:1:12: error: a[0].b: found a map, expected a single value"});
  CHECK(told(shape, "{\"a\":null,\"c\":null,\"d\":null}").issues.empty());
  CHECK(told(shape, "[1]").issues == Lines{"f.json:1:1: error: found a list, expected a map"});
}

TEST_CASE("json shape: a wanted key that stands there twice is a fault, or the last one counts") {
  const std::string text = "{\"c\":1,\"x\":1,\"x\":2,\"c\":2}";
  CHECK(told(JsonShape{{"c", 1}}, text).issues == Lines{"f.json:1:20: error: c: key \"c\" stands here twice"});
  const Told last = told(JsonShape({{"c", 1}}, RepeatedKeys::LastCounts), text);
  CHECK(last.issues.empty());
  CHECK(last.lines == Lines{"1 1 1:6 c", "1 2 1:24 c"});
}

TEST_CASE("json shape: what is no JSON is told with its place") {
  const JsonShape shape{{"a", 0}};
  CHECK(told(shape, "{\"a\":1,\n \"b\":}").issues ==
        Lines{"f.json:2:6: error: not JSON: found \"}\", expected a value"});
  CHECK(told(shape, "").issues == Lines{"f.json:1:1: error: found nothing, expected a JSON value"});
  CHECK(told(shape, "{\"a\":1").issues == Lines{"f.json:1:7: error: not JSON: the text ends, expected a comma or }"});
}
