// Markdown tables, and the list of formats.

#include <catch2/catch.hpp>
#include <string>

#include "hand_made.hpp"

using namespace migplan;
using namespace migplan::hand_made;

namespace {

std::string cell(std::string_view text) {
  const std::string whole = written(write_markdown, table({{"v"}}, {{text}}));
  const std::string head = "| v |\n| --- |\n| ";
  REQUIRE(whole.starts_with(head));
  return whole.substr(head.size(), whole.size() - head.size() - 3);
}

}  // namespace

TEST_CASE("markdown format: numbers stand to the right") {
  CHECK(written(write_markdown, table({{"name"}, {"score", true}}, {{"cart", number(8840, 2)}}, "Services")) ==
        "### Services\n\n| name | score |\n| --- | ---: |\n| cart | 88.40 |\n");
}

TEST_CASE("markdown format: a pipe does not end a cell") { CHECK(cell("a|b") == "a\\|b"); }

TEST_CASE("markdown format: HTML is text") {
  CHECK(cell("<script>&amp;</script>") == "&lt;script&gt;&amp;amp;&lt;/script&gt;");
}

TEST_CASE("markdown format: markup is text") {
  CHECK(cell("`x` *b* _i_ ~s~ [l](u) ![i] #h \\") == "\\`x\\` \\*b\\* \\_i\\_ \\~s\\~ \\[l\\](u) \\!\\[i\\] \\#h \\\\");
}

TEST_CASE("markdown format: a newline does not end a row, control characters are shown") {
  CHECK(cell("a\nb") == "a\\\\nb");
  CHECK(cell("a\x1b[m") == "a\\\\x1b\\[m");
}

TEST_CASE("markdown format: titles, headings and notes are escaped") {
  Report said = report(table({{"a|b"}}, {}, "x_y"));
  said.notes = {"<b>"};
  CHECK(written(write_markdown, said) == "### x\\_y\n\n| a\\|b |\n| --- |\n\n&lt;b&gt;\n");
}

TEST_CASE("formats: each is found by its name and by a file's ending") {
  CHECK(formats().front().name == "text");
  for (const Format& format : formats()) {
    CHECK(find_format(format.name) == &format);
    if (!format.ending.empty()) CHECK(format_of_file("out" + std::string(format.ending)) == &format);
  }
  CHECK(find_format("yaml") == nullptr);
  CHECK(format_of_file("plan.msproject") == nullptr);
  CHECK(find_format("") == nullptr);
  CHECK(format_of_file("out") == nullptr);
}

TEST_CASE("markdown format: rows that matter less are folded behind their summary") {
  Table rows = table({{"v"}}, {{"1"}, {"2"}, {"3"}});
  rows.fold_from(1, "2 <more>");
  CHECK(written(write_markdown, std::move(rows)) ==
        "| v |\n| --- |\n| 1 |\n\n<details>\n<summary>2 &lt;more&gt;</summary>\n\n| v |\n| --- |\n| 2 |\n| 3 |\n\n"
        "</details>\n");
}

TEST_CASE("markdown format: where all rows are folded nothing stands before them") {
  Table rows = table({{"v"}}, {{"1"}});
  rows.fold_from(0, "all");
  CHECK(written(write_markdown, std::move(rows)) ==
        "<details>\n<summary>all</summary>\n\n| v |\n| --- |\n| 1 |\n\n</details>\n");
}

TEST_CASE("markdown format: a fold behind the last row folds nothing") {
  Table rows = table({{"v"}}, {{"1"}});
  rows.fold_from(1, "none");
  CHECK(written(write_markdown, std::move(rows)) == "| v |\n| --- |\n| 1 |\n");
}

TEST_CASE("markdown format: nobody is mentioned") { CHECK(cell("@org/team a@b") == "@<!-- -->org/team a@<!-- -->b"); }
