// Values within Markdown, wherever they stand.

#include "markdown_text.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace migplan;

namespace {

// @ stands for the value.
std::string with(std::string text, std::string_view value) {
  const std::string marks = marked(value);
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + marks.size())) {
    text.replace(at, 1, marks);
  }
  return with_values_in_markdown(text);
}

}  // namespace

TEST_CASE("markdown: a value in text is text") {
  CHECK(with("see @ here", "a*b_c") == "see a\\*b\\_c here");
  CHECK(with("see @.", "<script>alert(1)</script>") == "see &lt;script&gt;alert(1)&lt;/script&gt;.");
  CHECK(with("see @", "$(rm -rf /)") == "see $(rm -rf /)");
  CHECK(with("see @", "a\nb\x1b[31m") == "see a\\\\nb\\\\x1b\\[31m");
}

TEST_CASE("markdown: a value in a code span is code") {
  CHECK(with("see `@` and @", "inventory_core_v2") == "see `inventory_core_v2` and inventory\\_core\\_v2");
  CHECK(with("see ``a ` @`` and @", "x_y") == "see ``a ` x_y`` and x\\_y");
  CHECK(with("`@`", "a`b") == "`a'b`");
  CHECK(with("a ` alone, @", "x_y") == "a ` alone, x\\_y");
  CHECK(with("a \\` b `@`", "x_y") == "a \\` b `x_y`");
  CHECK(with("`open\n\n@` later", "x_y") == "`open\n\nx\\_y` later");
  CHECK(with("`over\n@`", "x_y") == "`over\nx_y`");
}

TEST_CASE("markdown: a value in a fence is code") {
  CHECK(with("```sh\nrun @\n```\n@\n", "x_y") == "```sh\nrun x_y\n```\nx\\_y\n");
  CHECK(with("~~~\n@\n```\n@\n~~~\n@", "x_y") == "~~~\nx_y\n```\nx_y\n~~~\nx\\_y");
  CHECK(with("- item\n\n  ```go\n  @\n  ```\n\n  @", "x_y") == "- item\n\n  ```go\n  x_y\n  ```\n\n  x\\_y");
  CHECK(with("```\n@\n```\n", "```") == "```\n'''\n```\n");
}

TEST_CASE("markdown: a value parts no cells of a table") {
  CHECK(with("| @ | `@` |", "a|b") == "| a\\|b | `a\\|b` |");
  CHECK(with("no row `@`", "a|b") == "no row `a|b`");
}

TEST_CASE("markdown: a value that begins a line begins no list, heading or code") {
  CHECK(with("@", "- x") == "\\- x");
  CHECK(with("@", "+ x") == "\\+ x");
  CHECK(with("@", "12. x") == "12\\. x");
  CHECK(with("@ x", "12.") == "12\\. x");
  CHECK(with("@", "0.35") == "0.35");
  CHECK(with("@", "# x") == "\\# x");
  CHECK(with("x\n@", "===") == "x\n\\===");
  CHECK(with("@", "     code") == "code");
  CHECK(with("- @", "- x") == "- \\- x");
  CHECK(with("> @", "> x") == "> &gt; x");
  CHECK(with("x @", "- x") == "x - x");
}

TEST_CASE("markdown: a value cannot smuggle the marks of values") {
  CHECK(with("@", "a\x02`b`\x01 c") == "a\\\\x02\\`b\\`\\\\x01 c");
}

TEST_CASE("markdown: without marks the values are as they are") {
  CHECK(without_marks("a " + marked("b*c") + " d") == "a b*c d");
}

TEST_CASE("markdown: nothing closes a fence or a code span from within") {
  CHECK(fenced("sh", "a\n") == "```sh\na\n```\n");
  CHECK(fenced("sh", "a\n````\nb") == "`````sh\na\n````\nb\n`````\n");
  CHECK(code_span("a") == "`a`");
  CHECK(code_span("a`b``c") == "```a`b``c```");
  CHECK(code_span("`a") == "`` `a ``");
}
