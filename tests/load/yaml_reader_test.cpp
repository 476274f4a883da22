// YAML as YAML: encodings, anchors, documents, depth and size.

#include <catch2/catch.hpp>
#include <string>

#include "reading.hpp"

using namespace migplan;
using namespace migplan::reading;

namespace {

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("yaml reader: a file without a document is rejected") {
  CHECK(complaints(read_yaml("")) == "in:1:1: error: found no document, expected a map");
  CHECK(complaints(read_yaml("# only\n# comments\n")) == "in:1:1: error: found no document, expected a map");
  CHECK(complaints(read_yaml("\n  \n")) == "in:1:1: error: found no document, expected a map");
  CHECK_FALSE(read_yaml("---\n").is_ok());
}

TEST_CASE("yaml reader: a byte-order mark is passed over and moves no column") {
  CHECK(read_yaml("\xEF\xBB\xBFservices: []\n").is_ok());
  CHECK(complaints(read_yaml("\xEF\xBB\xBFservices: 5\n")) == "in:1:11: error: services: found 5, expected a list");
}

TEST_CASE("yaml reader: CRLF ends lines") {
  CHECK(profile_of(accepted(read_yaml("services:\r\n  - name: cart\r\n    owner: x\r\n"))[0]).owner == "x");
  CHECK(complaints(read_yaml("services:\r\n  - name: cart\r\n    kind: 5\r\n")) ==
        "in:3:11: error: services[0].kind: found 5, expected one of standard, core, long-tail");
}

TEST_CASE("yaml reader: a tab may not indent, and its place is told") {
  const std::string found = complaints(read_yaml("services:\n\t- name: cart\n"));
  CHECK_THAT(found, Catch::StartsWith("in:2:"));
  CHECK_THAT(found, Catch::Contains("not YAML: "));
}

TEST_CASE("yaml reader: bytes that are not UTF-8 are told with their place, and nothing else is") {
  CHECK(complaints(read_yaml("services:\n  - name: cart\n    owner: a\xC3\x28\n")) ==
        "in:3:13: error: found the byte \\xc3, expected UTF-8");
  CHECK(complaints(read_yaml("services:\n  - \xFFname: cart\n")) ==
        "in:2:5: error: found the byte \\xff, expected UTF-8");
  CHECK(complaints(read_yaml("services: [{name: a, owner: \xED\xA0\x80}]")) ==
        "in:1:29: error: found the byte \\xed, expected UTF-8");
  CHECK(complaints(read_yaml("services: [{name: a, owner: \xE8\xB4")) ==
        "in:1:29: error: found the byte \\xe8, expected UTF-8");
}

TEST_CASE("yaml reader: a bad byte behind the first block of a large file is told with its place") {
  const std::string comment = "# " + std::string(97, 'x') + "\n";  // 100 bytes
  for (const std::size_t lines : {655U, 656U, 1310U, 5000U}) {
    INFO(lines);
    const std::string found = complaints(read_yaml("services: []\n" + repeated(comment, lines) + "  \xFF\n"));
    CHECK(found == "in:" + std::to_string(lines + 2) + ":3: error: found the byte \\xff, expected UTF-8");
  }
}

TEST_CASE("yaml reader: a character that lies across two blocks is whole") {
  for (std::size_t shift = 0; shift < 4; ++shift) {
    const std::string lead = "services: []\n#" + std::string(65536 - 14 - 3 + shift, 'x');
    CHECK(complaints(read_yaml(lead + "购😀购\n")).empty());
  }
}

TEST_CASE("yaml reader: control characters are rejected with their place") {
  CHECK(complaints(read_yaml(std::string("services: []\n# a\0b\n", 19))) ==
        "in:2:4: error: found the control character \\x00, expected text");
  CHECK(complaints(read_yaml("services: []\nx-a: \x1b[31m\n")) ==
        "in:2:6: error: found the control character \\x1b, expected text");
  CHECK(complaints(read_yaml("services: []\nx-a: b\x7f\n")) ==
        "in:2:7: error: found the control character \\x7f, expected text");
}

TEST_CASE("yaml reader: a fault of the bytes brings no complaint about what it cut off") {
  CHECK(read_yaml("services:\n  - \x01name: cart\n").issues().errors() == 1);
  CHECK(read_yaml("x-a: 1\n\x01services: []\n").issues().errors() == 1);
}

TEST_CASE("yaml reader: a syntax error is told with its place") {
  const std::string found = complaints(read_yaml("services:\n  - {name: cart\n  - name: b\n"));
  CHECK_THAT(found, Catch::Contains("in:3:") && Catch::Contains("not YAML: "));
}

TEST_CASE("yaml reader: a second document is rejected") {
  CHECK(complaints(read_yaml("services: []\n---\nservices: []\n")) ==
        "in:2:1: error: a second document begins here, expected one document");
}

TEST_CASE("yaml reader: an alias stands for what is anchored") {
  const Result<Inventory> read = read_yaml(
      "services:\n  - {name: a, owner: &who team-x, impact: &facts {sla_30d: 99.5}, stack: &s [j, k]}\n"
      "  - {name: b, owner: *who, impact: *facts, stack: *s}\n");
  CHECK(complaints(read).empty());
  CHECK(profile_of(accepted(read)[1]).owner == "team-x");
  CHECK(accepted(read)[1].impact.sla_30d == accepted(read)[0].impact.sla_30d);
  CHECK(accepted(read).stack(1).size() == 2);
}

TEST_CASE("yaml reader: a merge key fills in what the map itself leaves out") {
  const Result<Inventory> read = read_yaml(
      "x-base: &base {kind: core, owner: team-x, name: base}\nservices:\n  - {<<: *base, name: a}\n  - {name: b, "
      "owner: y, <<: *base}\n");
  CHECK(complaints(read).empty());
  CHECK(accepted(read)[0].name == "a");
  CHECK(accepted(read)[0].kind == Kind::Core);
  CHECK(profile_of(accepted(read)[1]).owner == "y");
}

TEST_CASE("yaml reader: of several merged maps the first wins") {
  const Result<Inventory> read =
      read_yaml("x-a: &a {owner: one}\nx-b: &b {owner: two, domain: d}\nservices:\n  - {<<: [*a, *b], name: c}\n");
  CHECK(complaints(read).empty());
  CHECK(profile_of(accepted(read)[0]).owner == "one");
  CHECK(accepted(read)[0].domain == "d");
}

TEST_CASE("yaml reader: a merged map may merge another one") {
  const Result<Inventory> read =
      read_yaml("x-a: &a {owner: one}\nx-b: &b {<<: *a, domain: d}\nservices:\n  - {<<: *b, name: c}\n  - {name: d}\n");
  CHECK(complaints(read).empty());
  CHECK(profile_of(accepted(read)[0]).owner == "one");
  CHECK(accepted(read)[0].domain == "d");
  CHECK(profile_of(accepted(read)[1]).owner.empty());
}

TEST_CASE("yaml reader: a map that is merged where it stands may be anchored") {
  const Result<Inventory> read = read_yaml(
      "services:\n  - {<<: &m {impact: {sla_30d: 99}, domain: d}, name: a}\n  - {<<: *m, name: b}\n  - {name: c}\n");
  CHECK(complaints(read).empty());
  CHECK(accepted(read)[1].domain == "d");
  CHECK(accepted(read).size() == 3);
}

TEST_CASE("yaml reader: a merge of anything but maps is rejected") {
  CHECK(complaints(read_yaml("services:\n  - {<<: 5, name: a}\n")) ==
        "in:2:10: error: services[0]: found a single value behind the merge key <<, expected an alias of a map");
  CHECK_FALSE(read_yaml("x-a: &a 5\nservices:\n  - {<<: *a, name: a}\n").is_ok());
}

TEST_CASE("yaml reader: an alias of a mistake is told at the mistake") {
  CHECK(complaints(read_yaml("services:\n  - {name: a, impact: &i {sla_30d: 101}}\n  - {name: b, impact: *i}\n")) ==
        "in:2:36: error: services[0].impact.sla_30d: found 101, expected a number (percent), 0 to 100\n"
        "in:2:36: error: services[1].impact.sla_30d: found 101, expected a number (percent), 0 to 100");
}

TEST_CASE("yaml reader: an alias without an anchor is rejected") {
  CHECK_THAT(complaints(read_yaml("services: [{name: a, owner: *nobody}]")),
             Catch::StartsWith("in:1:") && Catch::Contains("not YAML"));
}

TEST_CASE("yaml reader: an alias inside its own value is rejected") {
  CHECK(complaints(read_yaml("services:\n  - &s {name: a, impact: *s}\n")) ==
        "in:2:26: error: services[0].impact: found an alias inside the value that it stands for");
}

TEST_CASE("yaml reader: aliases that unfold without end are stopped") {
  std::string text = "x-a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "x-a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(last + ", ", 9) + last + "]\n";
  }
  CHECK_THAT(complaints(read_yaml(text + "services: []\n")),
             Catch::EndsWith("aliases unfold to more than 1,000,000 values"));
}

TEST_CASE("yaml reader: a long chain of aliases does no harm") {
  std::string text = "x-a0: &a0 [1]\n";
  for (int i = 1; i < 20'000; ++i) {
    text += "x-a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  CHECK_FALSE(read_yaml(text + "services: []\n").is_ok());
}

TEST_CASE("yaml reader: a key that is no text is rejected and its value passed over") {
  CHECK(complaints(read_yaml("services:\n  - name: a\n    ? [x, y]\n    : 1\n    kind: core\n")) ==
        "in:3:7: error: services[0]: found a map, list or alias as a key, expected text");
  CHECK(complaints(read_yaml("services:\n  - name: a\n    ? {x: y}\n    : {z: 1}\n")) ==
        "in:3:7: error: services[0]: found a map, list or alias as a key, expected text");
}

TEST_CASE("yaml reader: a key that only looks like a number is text") {
  CHECK_THAT(complaints(read_yaml(service_yaml("5: x"))),
             Catch::StartsWith("in:3:5: error: services[0]: unknown key \"5\""));
}

TEST_CASE("yaml reader: tags of the core schema are obeyed, others rejected") {
  CHECK(profile_of(accepted(read_yaml(service_yaml("owner: !!str 5")))[0]).owner == "5");
  CHECK(read_yaml(service_yaml("impact: {sla_30d: !!float \"99.5\"}")).is_ok());
  CHECK(complaints(read_yaml(service_yaml("owner: !vault abc"))) ==
        "in:3:12: error: services[0].owner: found the tag \"!vault\", expected none");
  CHECK_THAT(complaints(read_yaml(service_yaml("impact: !set {sla_30d: 99}"))),
             Catch::Contains("found the tag \"!set\", expected none"));
}

TEST_CASE("yaml reader: 10,000 levels are rejected, not followed") {
  CHECK_FALSE(read_yaml("services: " + std::string(10'000, '[') + std::string(10'000, ']')).is_ok());
  CHECK_FALSE(read_yaml("services: " + repeated("{a: ", 10'000) + std::string(10'000, '}')).is_ok());
  CHECK_FALSE(read_yaml("services:\n  " + repeated("- ", 10'000) + "a\n").is_ok());
  CHECK_FALSE(read_yaml("x-a: " + std::string(10'000, '[')).is_ok());
  CHECK_FALSE(read_yaml(repeated("? ", 10'000) + "a\n").is_ok());
}

TEST_CASE("yaml reader: a text of 10 MB is read, or rejected with a short message") {
  const std::string large(10'000'000, 'x');
  CHECK(profile_of(accepted(read_yaml(service_yaml("display_name: " + large)))[0]).display_name.size() == large.size());
  const std::string found = complaints(read_yaml(service_yaml("kind: \"" + large + "\"")));
  CHECK(found.size() < 300);
  CHECK_THAT(found, Catch::Contains("(10000000 bytes)"));
}

TEST_CASE("yaml reader: a key of 1 MB is rejected with a short message") {
  CHECK(complaints(read_yaml(service_yaml("? " + std::string(1'000'000, 'k') + "\n    : 1"))).size() < 500);
}

TEST_CASE("yaml reader: places behind wide characters count bytes") {
  CHECK(complaints(read_yaml("services: [{name: a, owner: 购, kind: 5}]")) ==
        "in:1:40: error: services[0].kind: found 5, expected one of standard, core, long-tail");
}

TEST_CASE("yaml reader: block texts keep their lines") {
  CHECK(profile_of(accepted(read_yaml(service_yaml("display_name: |-\n      one\n      two")))[0]).display_name ==
        "one\ntwo");
}
