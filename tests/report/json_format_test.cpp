// JSON documents and JSON Lines.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "hand_made.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

std::string document(Object members) {
  Report said;
  said.document = std::move(members);
  return written(write_json, said);
}

std::string value_as_json(Value value) {
  const std::string whole = document({{"v", std::move(value)}});
  return whole.substr(9, whole.size() - 12);  // {\n  "v": …\n}\n
}

}  // namespace

TEST_CASE("json format: a document has a line for each member") {
  CHECK(document({{"schema", "migplan/score/v1"}, {"count", number(2)}, {"ok", true}, {"none", Value()}}) ==
        "{\n  \"schema\": \"migplan/score/v1\",\n  \"count\": 2,\n  \"ok\": true,\n  \"none\": null\n}\n");
}

TEST_CASE("json format: a table is a list with one row a line") {
  auto rows = std::make_shared<const Table>(
      table({{"name"}, {"score", true}}, {{"cart", number(8840, 2)}, {Value(), Value()}}));
  CHECK(document({{"services", rows}}) ==
        "{\n  \"services\": [\n    {\"name\": \"cart\", \"score\": 88.4},\n    {\"name\": null, \"score\": null}\n  "
        "]\n}\n");
  CHECK(document({{"services", std::make_shared<const Table>(table({{"a"}}, {}))}}) == "{\n  \"services\": []\n}\n");
}

TEST_CASE("json format: numbers are exact") {
  CHECK(value_as_json(number(8840, 2)) == "88.4");
  CHECK(value_as_json(number(1, 9)) == "0.000000001");
  CHECK(value_as_json(number(-5, 1)) == "-0.5");
  CHECK(value_as_json(number(1000, 3)) == "1");
  CHECK(value_as_json(number(0, 6)) == "0");
  CHECK(value_as_json(number(std::numeric_limits<std::int64_t>::max())) == "9223372036854775807");
  CHECK(value_as_json(number(std::numeric_limits<std::int64_t>::min())) == "-9223372036854775808");
  CHECK(value_as_json(number(std::numeric_limits<std::int64_t>::min(), 9)) == "-9223372036.854775808");
}

TEST_CASE("json format: every byte below 0x20, quotes and backslashes are escaped") {
  for (int byte = 0; byte < 0x80; ++byte) {
    const std::string text{'a', static_cast<char>(byte), 'b'};
    const std::string json = value_as_json(Value(text));
    INFO(json);
    CHECK(nlohmann::json::parse(json).get<std::string>() == text);
    CHECK(std::none_of(json.begin(), json.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
  }
}

TEST_CASE("json format: controls of the C1 set are escaped, other characters stand as they are") {
  CHECK(value_as_json("\xC2\x9B"
                      "31m") == "\"\\u009b31m\"");
  CHECK(value_as_json("é ß 购 😀 \xC2\xA0") == "\"é ß 购 😀 \xC2\xA0\"");
}

TEST_CASE("json format: keys are escaped like texts") {
  CHECK(nlohmann::json::parse(document({{"a\"b\n", number(1)}})).at("a\"b\n") == 1);
}

TEST_CASE("json format: nested lists, objects and tables parse") {
  auto rows = std::make_shared<const Table>(
      table({{"name"}, {"tags"}, {"fact"}}, {{"a", List{Value("x"), Value(number(1))}, Object{{"k", Value(List{})}}}}));
  const std::string text = document({
      {"services", rows},
      {"deep",
       Object{{"list", Value(List{Value(Object{{"rows", Value(rows)}, {"empty", Value(Object{})}}), Value(number(5))})},
              {"flat", Value(Object{{"a", Value(false)}})}}},
      {"lists", List{Value(List{Value(number(1)), Value()}), Value(List{})}},
  });
  INFO(text);
  const auto parsed = nlohmann::json::parse(text);
  CHECK(parsed["services"][0]["tags"] == nlohmann::json::parse("[\"x\", 1]"));
  CHECK(parsed["services"][0]["fact"] == nlohmann::json::parse("{\"k\": []}"));
  CHECK(parsed["deep"]["list"][0]["rows"] == parsed["services"]);
  CHECK(parsed["deep"]["list"][0]["empty"] == nlohmann::json::object());
  CHECK(parsed["deep"]["list"][1] == 5);
  CHECK(parsed["lists"] == nlohmann::json::parse("[[1, null], []]"));
}

TEST_CASE("json format: a table inside a list keeps its rows") {
  auto rows = std::make_shared<const Table>(table({{"name"}}, {{"a"}}));
  CHECK(nlohmann::json::parse(document({{"tables", List{Value(rows)}}}))["tables"] ==
        nlohmann::json::parse("[[{\"name\": \"a\"}]]"));
}

TEST_CASE("json format: columns on request are left out, columns for data are in") {
  auto rows = std::make_shared<const Table>(
      table({{"a"}, {"b", false, Shown::InData}, {"c", false, Shown::OnRequest}}, {{"1", "2", "3"}}));
  CHECK(nlohmann::json::parse(document({{"r", rows}}))["r"][0] ==
        nlohmann::json::parse("{\"a\": \"1\", \"b\": \"2\"}"));
}

TEST_CASE("json format: a large table parses whole") {
  auto rows = std::make_shared<const Table>(table({{"name"}}, Rows(20'000, {Value("购物车")})));
  CHECK(nlohmann::json::parse(document({{"services", rows}}))["services"].size() == 20'000);
}

TEST_CASE("jsonl format: each row is one flat object on a line") {
  const Value object = Object{{"x", Value("first")}, {"y", Value("second")}};
  CHECK(written(write_jsonl, table({{"name"}, {"tags"}, {"fact"}, {"n", true}},
                                   {{"a\nb", List{Value("x"), Value("y")}, object, number(15, 1)},
                                    {Value(), Value(), Value(), Value()}})) ==
        "{\"name\":\"a\\nb\",\"tags\":[\"x\", \"y\"],\"fact\":\"first (second)\",\"n\":1.5}\n"
        "{\"name\":null,\"tags\":null,\"fact\":null,\"n\":null}\n");
}

TEST_CASE("jsonl format: every line parses and holds no map") {
  const Value inner = List{Value(Object{{"x", Value(number(1))}})};
  const std::string text = written(write_jsonl, table({{"name"}, {"inner"}}, {{"a", inner}}));
  INFO(text);
  const auto parsed = nlohmann::json::parse(text);
  for (const auto& [key, value] : parsed.items()) {
    CHECK_FALSE(value.is_object());
    if (value.is_array())
      CHECK(std::none_of(value.begin(), value.end(), [](const auto& item) { return item.is_object(); }));
  }
}

TEST_CASE("jsonl format: no table and no row make no line") {
  CHECK(written(write_jsonl, Report{}).empty());
  CHECK(written(write_jsonl, table({{"a"}}, {})).empty());
}
