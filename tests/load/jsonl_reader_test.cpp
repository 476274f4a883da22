// JSON Lines: one service a line, read in chunks and by several threads.

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

std::string line_of(std::size_t i, std::string_view more = "") {
  return "{\"name\": \"s" + std::to_string(i) + "\"" + std::string(more) + "}\n";
}

// About 12 MB: several chunks.
std::string many_lines(std::string_view every_5000th = "") {
  std::string text;
  for (std::size_t i = 1; i <= 250'000; ++i) {
    text += line_of(i, i % 5000 == 0 && !every_5000th.empty() ? every_5000th : ", \"owner\": \"team-of-somebody\"");
  }
  return text;
}

std::string names_of(const Inventory& inventory) {
  std::string names;
  for (const Service& service : inventory.services())
    names += std::string(service.name) + "@" + std::to_string(service.at.line) + "\n";
  return names;
}

}  // namespace

TEST_CASE("jsonl reader: blank lines are passed over and still counted") {
  const Result<Inventory> read = read_jsonl("\n{\"name\": \"a\"}\r\n \t \r\n\n{\"name\": \"b\"}\n\n");
  CHECK(complaints(read).empty());
  CHECK(names_of(accepted(read)) == "a@2\nb@5\n");
}

TEST_CASE("jsonl reader: the last line needs no end") {
  CHECK(names_of(accepted(read_jsonl("{\"name\": \"a\"}\n{\"name\": \"b\"}"))) == "a@1\nb@2\n");
}

TEST_CASE("jsonl reader: a byte-order mark is passed over") {
  CHECK(read_jsonl("\xEF\xBB\xBF{\"name\": \"a\"}\n").is_ok());
}

TEST_CASE("jsonl reader: an empty text is rejected") {
  CHECK(complaints(read_jsonl("")) == "in:1:1: error: found nothing, expected a service on each line");
}

TEST_CASE("jsonl reader: a line with a fault of its bytes spoils no other line") {
  CHECK(complaints(
            read_jsonl("{\"name\": \"a\"}\n{\"name\": \"b}\n{\"name\": \"\xFF\"}\n{\"name\": \"c\", \"kind\": 1}\n")) ==
        "in:2:13: error: not JSON: a text has no closing quote\n"
        "in:3:11: error: found the byte \\xff, expected UTF-8\n"
        "in:4:23: error: kind: found 1, expected one of standard, core, long-tail");
}

TEST_CASE("jsonl reader: a line that breaks off does not take the next one with it") {
  CHECK(complaints(read_jsonl("{\"name\": \"a\",\n\"owner\": \"b\"}\n{\"name\": \"c\"}\n")) ==
        "in:1:14: error: not JSON: the text ends, expected a key\n"
        "in:2:1: error: found \"owner\", expected a map\n"
        "in:2:8: error: not JSON: text behind the end of the value");
}

TEST_CASE("jsonl reader: escapes in one line are read beside lines without any") {
  const Result<Inventory> read =
      read_jsonl("{\"name\": \"a\"}\n{\"n\\u0061me\": \"b\", \"owner\": \"\\u0041\"}\n{\"name\": \"c\"}\n");
  CHECK(complaints(read).empty());
  CHECK(accepted(read)[1].name == "b");
  CHECK(profile_of(accepted(read)[1]).owner == "A");
}

TEST_CASE("jsonl reader: each line is read for itself, and each mistake told with its place") {
  CHECK(complaints(read_jsonl("{\"name\": \"a\"\n{\"name\": \"b\", \"kind\": 5}\n[]\n5\n{}\n{\"name\": \"c\"} "
                              "{}\n{\"nmae\": 1, \"name\": \"d\"}\n")) ==
        "in:1:13: error: not JSON: the text ends, expected a comma or }\n"
        "in:2:23: error: kind: found 5, expected one of standard, core, long-tail\n"
        "in:3:1: error: found a list, expected a map\n"
        "in:4:1: error: found 5, expected a map\n"
        "in:5:1: error: service has no name, expected a label (a-z, 0-9 and '-', at most 63, a letter or digit at both "
        "ends)\n"
        "in:6:15: error: not JSON: text behind the end of the value\n"
        "in:7:2: error: unknown key \"nmae\" in service (did you mean name?)");
}

TEST_CASE("jsonl reader: a line that breaks off does not disturb the next") {
  const Result<Inventory> read =
      read_jsonl("{\"name\": \"a\", \"impact\": {\"sla_30d\": 9\n{\"name\": \"b\", \"kind\": \"x1\"}\n");
  CHECK(read.issues().errors() == 2);
  CHECK(read.issues().kept().back().at.line == 2);
  CHECK(read.issues().kept().back().path == "kind");
}

TEST_CASE("jsonl reader: bytes that are not UTF-8 are told with their line") {
  CHECK(complaints(read_jsonl("{\"name\": \"a\"}\n{\"name\": \"\xFF\"}\n{\"name\": \"c\"}\n")) ==
        "in:2:11: error: found the byte \\xff, expected UTF-8");
}

TEST_CASE("jsonl reader: NUL is rejected") {
  CHECK(complaints(read_jsonl(std::string("{\"name\": \"a\"}\n\0\n", 16))).substr(0, 5) == "in:2:");
}

TEST_CASE("jsonl reader: a line longer than a chunk is read whole") {
  const std::string large(9 * kMegabyte + 17, 'x');
  const Result<Inventory> read =
      read_jsonl(line_of(1) + line_of(2, ", \"display_name\": \"" + large + "\"") + line_of(3), 2);
  CHECK(complaints(read).empty());
  CHECK(names_of(accepted(read)) == "s1@1\ns2@2\ns3@3\n");
  CHECK(profile_of(accepted(read)[1]).display_name.size() == large.size());
}

TEST_CASE("jsonl reader: a line that ends at a chunk's end is whole") {
  for (const std::size_t size :
       {kMegabyte - 1, kMegabyte, kMegabyte + 1, 4 * kMegabyte - 1, 4 * kMegabyte, 4 * kMegabyte + 1}) {
    const std::string frame = line_of(1, ", \"display_name\": \"\"");
    const std::string first = line_of(1, ", \"display_name\": \"" + std::string(size - frame.size(), 'x') + "\"");
    REQUIRE(first.size() == size);
    const Result<Inventory> read = read_jsonl(first + line_of(2));
    CHECK(complaints(read).empty());
    CHECK(names_of(accepted(read)) == "s1@1\ns2@2\n");
  }
}

TEST_CASE("jsonl reader: a mistake in a later chunk has the right line, with any number of threads") {
  std::string text = many_lines();
  text += "{\"name\": \"last\", \"kind\": 5}\n";
  for (const unsigned threads : {1U, 2U, 5U}) {
    INFO(threads);
    CHECK(complaints(read_jsonl(text, threads)) ==
          "in:250001:26: error: kind: found 5, expected one of standard, core, long-tail");
  }
}

TEST_CASE("jsonl reader: 1, 2 and 5 threads make the same inventory") {
  const std::string text = many_lines();
  const std::string names = names_of(accepted(read_jsonl(text, 1)));
  CHECK(names.starts_with("s1@1\ns2@2\n"));
  CHECK(names == names_of(accepted(read_jsonl(text, 2))));
  CHECK(names == names_of(accepted(read_jsonl(text, 5))));
}

TEST_CASE("jsonl reader: 1, 2 and 5 threads find the same problems in the same order") {
  const std::string text =
      many_lines(", \"kind\": \"corr\"") + line_of(7) + line_of(8, ", \"depends_on\": [{\"service\": \"s0\"}]");
  const std::string found = complaints(read_jsonl(text, 1));
  CHECK_THAT(found, Catch::StartsWith("in:5000:"));
  CHECK_THAT(found, Catch::Contains("\"s7\" is named twice, first at in:7:1"));
  CHECK(found == complaints(read_jsonl(text, 2)));
  CHECK(found == complaints(read_jsonl(text, 5)));
}

TEST_CASE("jsonl reader: texts of all chunks live as long as the inventory") {
  const Inventory kept = accepted(read_jsonl(many_lines(), 2));
  CHECK(profile_of(kept[0]).owner == "team-of-somebody");
  CHECK(profile_of(kept[249'998]).owner == "team-of-somebody");
  CHECK(kept.find("s249999").has_value());
}

TEST_CASE("jsonl reader: profiles that are left out are checked as those that are kept") {
  const std::string text =
      "{\"name\": \"a\", \"display_name\": 5, \"owner\": true, \"stack\": [\"java\", 8]}\n"
      "{\"name\": \"b\", \"coupling\": {\"core_flow_calls\": -1}, \"platform\": {\"framework\": 2}}\n";
  const std::string found = complaints(read_text(text, InventoryFormat::JsonLines, 1, Profiles::LeftOut));
  CHECK_THAT(found, Catch::StartsWith("in:1:31: error: display_name: found 5, expected text"));
  CHECK(std::count(found.begin(), found.end(), '\n') == 4);
  CHECK(found == complaints(read_text(text, InventoryFormat::JsonLines, 1, Profiles::Kept)));
}

TEST_CASE("jsonl reader: profiles are kept or left out, everything else is the same") {
  const std::string text =
      line_of(1, R"(, "display_name": "One", "owner": "x", "stack": ["java"], "team": "t", "status": "in-canary")");
  const Inventory kept = accepted(read_text(text, InventoryFormat::JsonLines, 1, Profiles::Kept));
  const Inventory left_out = accepted(read_text(text, InventoryFormat::JsonLines, 1, Profiles::LeftOut));
  CHECK(profile_of(kept[0]).display_name == "One");
  CHECK(kept.stack(0).size() == 1);
  CHECK(left_out[0].profile == nullptr);
  CHECK(left_out.stack(0).empty());
  CHECK(left_out[0].team == kept[0].team);
  CHECK(left_out[0].status == kept[0].status);
}
