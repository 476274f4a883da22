// JSON inventories: syntax, escapes, numbers, depth.

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

// The fields begin at column 15 of line 2; another line follows them.
Result<Inventory> read_fields(std::string_view fields) {
  return read_json("{\"services\": [\n{\"name\": \"a\", " + std::string(fields) + "}\n]}\n");
}

}  // namespace

TEST_CASE("json reader: a mistake is told with its place and path") {
  CHECK(complaints(read_fields(R"("impact": {"sla_30d": 101})")) ==
        "in:2:37: error: services[0].impact.sla_30d: found 101, expected a number (percent), 0 to 100");
  CHECK(complaints(read_fields("\"impact\":\n  {\"sla_30\": 99}")) ==
        "in:3:4: error: services[0].impact: unknown key \"sla_30\" in impact (did you mean sla_30d?)");
  CHECK(complaints(read_fields(R"("stack": ["x", 8])")) ==
        "in:2:30: error: services[0].stack[1]: found 8, expected text (put it in quotes)");
  CHECK(complaints(read_fields(R"("kind": true)")) ==
        "in:2:23: error: services[0].kind: found true, expected one of standard, core, long-tail");
}

TEST_CASE("json reader: a number as text is rejected, and the hint says so") {
  CHECK(complaints(read_fields(R"("impact": {"sla_30d": "99.9"})")) ==
        "in:2:37: error: services[0].impact.sla_30d: found \"99.9\", expected a number (percent), 0 to 100 (write it "
        "without quotes)");
}

TEST_CASE("json reader: a date stands in quotes, a number is none") {
  CHECK(read_fields(R"("pins": {"cutover": "2024-07-01"})").is_ok());
  CHECK_FALSE(read_fields(R"("pins": {"cutover": 20240701})").is_ok());
}

TEST_CASE("json reader: numbers follow the grammar of JSON") {
  for (const std::string_view good : {"0", "-0", "1e1", "1E+1", "0.5", "1.50e-1"}) {
    INFO(good);
    CHECK(read_fields("\"impact\": {\"sla_30d\": " + std::string(good) + "}").is_ok());
  }
  for (const std::string_view bad :
       {"01", "+1", ".5", "1.", "1e", "-", "0x10", "NaN", "Infinity", "-Infinity", "1_0", "tru", "nul", "None"}) {
    INFO(bad);
    CHECK(complaints(read_fields("\"impact\": {\"sla_30d\": " + std::string(bad) + "}")) ==
          "in:2:37: error: not JSON: found \"" + std::string(bad) + "\", expected a value");
  }
}

TEST_CASE("json reader: a number beyond all ranges is out of range") {
  CHECK(complaints(read_fields("\"impact\": {\"sla_30d\": 1e400}")) ==
        "in:2:37: error: services[0].impact.sla_30d: found 1e400, expected a number (percent), 0 to 100");
}

TEST_CASE("json reader: escapes in keys and values are resolved") {
  const Result<Inventory> read = read_json(
      R"({"services": [{"n\u0061me": "\u0061", "display_name": "\ud83d\ude00 \"\\\/\b\f\n\r\t \u8d2d", "owner": "x\u0000y"}]})");
  CHECK(complaints(read).empty());
  CHECK(accepted(read)[0].name == "a");
  CHECK(profile_of(accepted(read)[0]).display_name == "😀 \"\\/\b\f\n\r\t 购");
  CHECK(profile_of(accepted(read)[0]).owner == std::string_view("x\0y", 3));
}

TEST_CASE("json reader: an escaped key that is unknown is told in plain, and made safe for a terminal") {
  CHECK_THAT(complaints(read_fields(R"("\u001b[31mkind": 1)")), Catch::Contains("unknown key \"\\x1b[31mkind\""));
}

TEST_CASE("json reader: half of a surrogate pair is rejected") {
  for (const std::string_view bad : {R"("\ud83d")", R"("\ud83dx")", R"("\ude00")", R"("\ud83d\u0041")"}) {
    INFO(bad);
    CHECK(complaints(read_fields("\"owner\": " + std::string(bad))) ==
          "in:2:24: error: not JSON: an escape in this text is malformed");
  }
}

TEST_CASE("json reader: an unknown escape is rejected") {
  CHECK(complaints(read_fields(R"("owner": "\x")")) == "in:2:24: error: not JSON: an escape in this text is malformed");
}

TEST_CASE("json reader: a text that breaks off is rejected") {
  const std::string whole = R"({"services": [{"name": "a", "impact": {"sla_30d": 99.5}}]})";
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const Result<Inventory> read = read_json(whole.substr(0, size));
    INFO(whole.substr(0, size));
    CHECK_FALSE(read.is_ok());
    CHECK_THAT(complaints(read), Catch::Contains("not JSON: "));
  }
}

TEST_CASE("json reader: a text that breaks off is told at its end, not as missing fields") {
  CHECK(read_json("{\"services\": [\n{\"kind\": \"core\"").issues().errors() == 1);
  CHECK_THAT(complaints(read_json("{\"services\": [\n{\"name\": \"a\"")), Catch::StartsWith("in:2:"));
  CHECK(complaints(read_json("{\"services\": [\n{\"name\": \"a")) ==
        "in:2:12: error: not JSON: a text has no closing quote");
}

TEST_CASE("json reader: text behind the end is rejected where it stands") {
  CHECK(complaints(read_json("{\"services\": []}\n{}")) == "in:2:1: error: not JSON: text behind the end of the value");
  CHECK(complaints(read_json("{\"services\": []} x")) == "in:1:18: error: not JSON: text behind the end of the value");
  CHECK(complaints(read_json("{\"services\": []}]")) == "in:1:17: error: not JSON: text behind the end of the value");
}

TEST_CASE("json reader: a fault of the grammar is told where it stands, with what was expected") {
  const auto told = [](std::string_view text) { return complaints(read_json(std::string(text))); };
  CHECK(told(R"({"services": [],})") == "in:1:17: error: not JSON: found \"}\", expected a key");
  CHECK(told(R"({"services" []})") == "in:1:13: error: not JSON: found \"[\", expected a colon");
  CHECK(told(R"({"services": [] "teams": []})") == "in:1:17: error: not JSON: found \"teams\", expected a comma or }");
  CHECK(told(R"({"services": [{"name": "a"},]})") == "in:1:29: error: not JSON: found \"]\", expected a value");
  CHECK(told(R"({"services": [{"name": "a"} {"name": "b"}]})") ==
        "in:1:29: error: not JSON: found \"{\", expected a comma or ]");
  CHECK(told("{services: []}") == "in:1:2: error: not JSON: found \"services\", expected a key or }");
  CHECK(told(R"({"services": [{"name": }]})") == "in:1:24: error: not JSON: found \"}\", expected a value");
  CHECK(told("{\"services\": [\n") == "in:2:1: error: not JSON: the text ends, expected a value or ]");
}

TEST_CASE("json reader: commas and colons stand where they must") {
  for (const std::string_view bad : {R"({"services": [],})", R"({"services": [{"name": "a"},]})", R"({"services" []})",
                                     R"({"services": [] "x-a": 1})", R"({services: []})", R"({'services': []})",
                                     R"({"services": [{"name": "a"} {"name": "b"}]})", R"({,"services": []})"}) {
    INFO(bad);
    const Result<Inventory> read = read_json(std::string(bad));
    CHECK_FALSE(read.is_ok());
    CHECK_THAT(complaints(read), Catch::Contains("not JSON: "));
  }
}

TEST_CASE("json reader: comments are no JSON") {
  CHECK_FALSE(read_json("// x\n{\"services\": []}").is_ok());
  CHECK_FALSE(read_json("{\"services\": [] /* x */}").is_ok());
}

TEST_CASE("json reader: the document must be a map") {
  CHECK(complaints(read_json("[]")) == "in:1:1: error: found a list, expected a map (put the list under `services:`)");
  CHECK_FALSE(read_json("12").is_ok());
  CHECK_FALSE(read_json("\"services\"").is_ok());
  CHECK_FALSE(read_json("null").is_ok());
  CHECK(complaints(read_json("")) == "in:1:1: error: found nothing, expected a map");
  CHECK_FALSE(read_json(" \n ").is_ok());
}

TEST_CASE("json reader: a byte-order mark is passed over, CRLF are spaces") {
  CHECK(read_json("\xEF\xBB\xBF{\r\n\"services\":\r\n[]\r\n}\r\n").is_ok());
}

TEST_CASE("json reader: bytes that are not UTF-8 are told with their place") {
  CHECK(complaints(read_fields("\"owner\": \"a\xC3\x28\"")) == "in:2:26: error: found the byte \\xc3, expected UTF-8");
  CHECK(complaints(read_fields("\"owner\": \"购\xFF\"")) == "in:2:28: error: found the byte \\xff, expected UTF-8");
}

TEST_CASE("json reader: control characters in a text are rejected with their place") {
  CHECK(complaints(read_fields("\"owner\": \"a\x1b[31m\"")) ==
        "in:2:26: error: not JSON: a control character in a text is not escaped");
  CHECK(complaints(read_fields(std::string_view("\"owner\": \"a\0b\"", 14))) ==
        "in:2:26: error: not JSON: a control character in a text is not escaped");
}

TEST_CASE("json reader: a newline or tab in a text is rejected with its place") {
  CHECK(complaints(read_fields("\"owner\": \"a\nb\"")) ==
        "in:2:26: error: not JSON: a control character in a text is not escaped");
  CHECK(complaints(read_fields("\"owner\": \"a\tb\"")) ==
        "in:2:26: error: not JSON: a control character in a text is not escaped");
}

TEST_CASE("json reader: NUL between values is rejected") {
  CHECK_FALSE(read_json(std::string("{\"services\": []\0}", 17)).is_ok());
  CHECK_FALSE(read_json(std::string("{\"services\": []}\0", 17)).is_ok());
}

TEST_CASE("json reader: 10,000 levels are rejected, not followed") {
  CHECK_THAT(
      complaints(read_json("{\"x-a\": " + std::string(10'000, '[') + std::string(10'000, ']') + ", \"services\": []}")),
      Catch::Contains("nested deeper than 64 levels"));
  std::string maps = "{\"x-a\": ";
  for (int i = 0; i < 10'000; ++i) maps += "{\"a\": ";
  CHECK_FALSE(read_json(maps + "1" + std::string(10'001, '}')).is_ok());
  CHECK_FALSE(read_json(std::string(10'000, '[')).is_ok());
}

TEST_CASE("json reader: a text of 10 MB is read, or rejected with a short message") {
  const std::string large(10'000'000, 'x');
  CHECK(profile_of(accepted(read_fields("\"display_name\": \"" + large + "\""))[0]).display_name.size() ==
        large.size());
  CHECK(complaints(read_fields("\"kind\": \"" + large + "\"")).size() < 300);
  CHECK(complaints(read_fields("\"kind\": " + large)).size() < 300);
}

TEST_CASE("json reader: places behind wide characters count bytes") {
  CHECK(complaints(read_json(R"({"services": [{"name": "a", "owner": "购", "kind": 5}]})")) ==
        "in:1:53: error: services[0].kind: found 5, expected one of standard, core, long-tail");
}

TEST_CASE("json reader: repeated free names are rejected") {
  CHECK(complaints(read_fields(R"("pins": {"p": "2024-01-01", "p": "2024-01-02"})")) ==
        "in:2:43: error: services[0].pins.p: key \"p\" stands here twice");
}
