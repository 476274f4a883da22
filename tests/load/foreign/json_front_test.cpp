#include "foreign/json_front.hpp"

#include <catch2/catch.hpp>

namespace migplan {

TEST_CASE("json front: the keys of two levels, of what there is of a text", "[load]") {
  const JsonFront front(R"( {"a": {"b": 1, "c": {"d": 2}}, "e": ["f", {"g": 3}], "h\"": "i:", "j": {"k": "broken of)");
  CHECK(front.has("a"));
  CHECK(front.has("e"));
  CHECK(front.has("h\\\""));
  CHECK(front.has("j"));
  CHECK(front.has("a", "b"));
  CHECK(front.has("a", "c"));
  CHECK(front.has("j", "k"));
  CHECK(front.has_inner("k"));
  CHECK_FALSE(front.has("b"));
  CHECK_FALSE(front.has_inner("d"));
  CHECK_FALSE(front.has_inner("f"));
  CHECK_FALSE(front.has_inner("g"));
  CHECK_FALSE(front.has("i"));
  CHECK_FALSE(front.has("j", "b"));
}

TEST_CASE("json front: a text that is no map has no keys", "[load]") {
  CHECK_FALSE(JsonFront(R"([{"a": 1}])").has_inner("a"));
  CHECK_FALSE(JsonFront("").has("a"));
  CHECK_FALSE(JsonFront(R"(x {"a": 1})").has("a"));
  CHECK(JsonFront("\xEF\xBB\xBF{\"a\": 1}").has("a"));
}

}  // namespace migplan
