#include "migplan/load/catalogue_reader.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace {

using namespace migplan;

const std::string kHead = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

// "line: message" of the first problem; empty = there is none.
std::string fault_of(const std::string& entries) {
  const auto read = read_catalogue(kHead + entries, "x.po");
  if (read.is_ok()) return "";
  const Issue& issue = read.issues().kept().front();
  return std::to_string(issue.at.line) + ": " + issue.message;
}

}  // namespace

TEST_CASE("catalogue: entries with context, several lines, escapes and comments are read") {
  const auto read =
      read_catalogue(kHead +
                         "# a comment\n#: src/x.cpp:1\n#, python-brace-format\n"
                         "msgid \"{} of {}\"\nmsgstr \"{1} 中的 {0}\"\n\n"
                         "msgctxt \"help\"\nmsgid \"\"\n\"say \\\"so\\\",\\n\"\n\"tab\\t\\\\\"\nmsgstr \"说\"\n",
                     "x.po");
  REQUIRE(read.is_ok());
  CHECK(read.value().texts().size() == 2);
  CHECK(*read.value().find("{} of {}") == "{1} 中的 {0}");
  CHECK(*read.value().find("say \"so\",\ntab\t\\", "help") == "说");
}

TEST_CASE("catalogue: what would be lost in silence is an error with its line") {
  CHECK(fault_of("msgid \"a\"\nmsgstr \"\"\n") == "5: \"a\" has no translation");
  CHECK(fault_of("msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"b\"\n") == "5: found an entry without msgstr");
  CHECK(fault_of("msgid \"a\"\nmsgstr \"甲\"\nmsgid \"a\"\nmsgstr \"乙\"\n") == "7: \"a\" stands there twice");
  CHECK(fault_of("#, fuzzy\nmsgid \"a\"\nmsgstr \"甲\"\n") ==
        "5: found a fuzzy entry, expected a translation that somebody has read");
  CHECK(fault_of("#~ msgid \"a\"\n") == "5: found an obsolete entry, expected none");
  CHECK(fault_of("msgid \"a\\x\"\nmsgstr \"甲\"\n") == "5: found an unknown escape, expected \\n \\t \\\" \\\\");
  CHECK(fault_of("msgid \"a\nmsgstr \"甲\"\n") == "5: found no text in double quotes that belongs here");
  CHECK(fault_of("\"a\"\n") == "");  // goes on with the head
  CHECK(fault_of("msgid_plural \"a\"\n") ==
        "5: found \"msgid_plural \"a\"\", expected msgctxt, msgid, msgstr, a text or a comment");
  CHECK(fault_of("msgstr \"甲\"\n") ==
        "5: found a part of an entry out of its order, expected msgctxt or none, msgid, msgstr");
}

TEST_CASE("catalogue: a translation shows the same arguments") {
  CHECK(fault_of("msgid \"{} of {}\"\nmsgstr \"{}\"\n") ==
        "5: \"{} of {}\": the translation does not show the same arguments");
  CHECK_FALSE(fault_of("msgid \"{} of {}\"\nmsgstr \"{0}{0}\"\n").empty());
  CHECK_FALSE(fault_of("msgid \"{} of {}\"\nmsgstr \"{1}{2}\"\n").empty());
  CHECK_FALSE(fault_of("msgid \"{} of {}\"\nmsgstr \"{}{1}\"\n").empty());  // which one is meant first?
  CHECK_FALSE(fault_of("msgid \"all\"\nmsgstr \"{}\"\n").empty());
  CHECK_FALSE(fault_of("msgid \"{}\"\nmsgstr \"{\"\n").empty());
  CHECK_FALSE(fault_of("msgid \"{}\"\nmsgstr \"{name}\"\n").empty());
  CHECK(fault_of("msgid \"{} of {}\"\nmsgstr \"{1}{0}\"\n").empty());
}

TEST_CASE("catalogue: its head says that it is UTF-8") {
  CHECK_FALSE(read_catalogue("msgid \"a\"\nmsgstr \"甲\"\n", "x.po").is_ok());
  CHECK_FALSE(read_catalogue("msgid \"\"\nmsgstr \"charset=GB18030\\n\"\n", "x.po").is_ok());
}

TEST_CASE("catalogue: Chinese is built in, English needs none, and there is no other") {
  CHECK(builtin_catalogue("zh").has_value());
  CHECK_FALSE(builtin_catalogue("en").has_value());
  CHECK_FALSE(builtin_catalogue("xx").has_value());
}
