// Values within commands, code and diagrams.

#include "code_text.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "builders.hpp"

using namespace migplan;

namespace {

// The words that a shell makes of a command line, each behind the other with a NUL in between.
std::string words_in_shell(const std::string& command_line) {
  const std::string script = "printf '%s\\0' " + command_line;
  // The script goes as an environment variable: nothing between us and the shell quotes it again.
  ::setenv("MIGPLAN_TEST_SCRIPT", script.c_str(), 1);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen("sh -c \"$MIGPLAN_TEST_SCRIPT\"", "r"), ::pclose);
  REQUIRE(pipe);
  std::string out;
  std::array<char, 4096> buffer{};
  for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) != 0;) {
    out.append(buffer.data(), count);
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + '\0';
  return out;
}

const std::vector<std::string> kHostile{"$(rm -rf /)", "`id`",   "a'b",   "\"",        "a\nb", "\n",    "end\n\n",
                                        "\x1b[31m",    "\x1b\n", "a|b",   "<script>",  "*",    "~",     "!x",
                                        "#x",          "",       " ",     "-n",        "\\",   "%s\\n", "订单",
                                        "a;b&c",       "{a,b}",  "$HOME", "tab\there", "\x7f", "=x",    "a=b"};

}  // namespace

TEST_CASE("shell: a word is taken as it was meant, whatever it holds") {
  for (const std::string& word : kHostile) {
    INFO(word);
    CHECK(words_in_shell(shell_word(word)) == joined({word}));
  }
}

TEST_CASE("shell: random words are taken as they were meant") {
  testing::Random random(11);
  std::vector<std::string> words;
  for (int i = 0; i < 400; ++i) {
    std::string word;
    for (std::int64_t length = random.between(0, 12); length > 0; --length) {
      word += static_cast<char>(random.between(1, 255));
    }
    words.push_back(std::move(word));
  }
  std::string line;
  for (const std::string& word : words) line += " " + shell_word(word);
  CHECK(words_in_shell(line) == joined(words));
}

TEST_CASE("shell: plain words stay plain, and nothing steers the terminal") {
  CHECK(shell_word("./java-service/") == "./java-service/");
  CHECK(shell_word("--package-name=inventory_core_v2") == "--package-name=inventory_core_v2");
  CHECK(shell_word("$(rm -rf /)") == "'$(rm -rf /)'");
  CHECK(shell_word("a'b") == "'a'\\''b'");
  CHECK(shell_word("\x1b[31m") == "\"$(printf '\\033[31m')\"");
}

TEST_CASE("shell: a long command goes on in the next line, and is one command") {
  const std::vector<std::string> words{"java2go",
                                       "--src",
                                       "./java-service/",
                                       "--output",
                                       "./go-service/",
                                       "--package-name",
                                       "inventory_core_v2",
                                       "--enable-otel-tracing",
                                       "--enable-grpc-middleware"};
  const std::string command = shell_command(words);
  CHECK(command ==
        "java2go --src ./java-service/ --output ./go-service/ --package-name inventory_core_v2 \\\n"
        "  --enable-otel-tracing --enable-grpc-middleware");
  CHECK(words_in_shell(command) == joined(words));
}

TEST_CASE("shell: the first word is no assignment") {
  const std::vector<std::string> words{"A=1", "B=2"};
  CHECK(shell_command(words) == "'A=1' B=2");
}

TEST_CASE("code: a value stays within the Go string or comment that it stands in") {
  CHECK(code_value("go", "plain 订单") == "plain 订单");
  CHECK(code_value("go", "a\"b\\c`d\ne*/f") == "a\\\"b\\\\c\\x60d\\x0ae*\\x2ff");
}

TEST_CASE("code: in other languages quotes and backslashes are escaped, control characters are spaces") {
  CHECK(code_value("yaml", "a\"b\\c\nd") == "a\\\"b\\\\c d");
  CHECK(code_value("sh", "$(x)") == "'$(x)'");
}

TEST_CASE("mermaid: what is no letter or digit goes as an entity") {
  CHECK(mermaid_value("order-core 订单") == "order-core 订单");
  CHECK(mermaid_value("a;b") == "a#59;b");
  CHECK(mermaid_value("<script>\"") == "#60;script#62;#34;");
  CHECK(mermaid_value("a-->b\nc") == "a#45;#45;#62;b c");
}
