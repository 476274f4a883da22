#include "line_stream.hpp"

#include <algorithm>

#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace migplan {
namespace {

// Gives a text in small pieces.
class Trickle final : public ByteSource {
 public:
  Trickle(std::string_view text, std::size_t piece) : text_(text), piece_(piece) {}
  std::size_t read(std::span<char> out) override { return text_.read(out.first(std::min(piece_, out.size()))); }
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }

 private:
  TextSource text_;
  std::size_t piece_;
};

std::vector<std::string> lines_of(std::string_view text, std::size_t piece) {
  Trickle source(text, piece);
  LineStream lines(source);
  std::vector<std::string> all;
  while (lines.next()) all.emplace_back(lines.line());
  return all;
}

// One line without an end.
class Endless final : public ByteSource {
 public:
  std::size_t read(std::span<char> out) override {
    std::fill(out.begin(), out.end(), 'x');
    return out.size();
  }
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }
};

}  // namespace

TEST_CASE("line stream: lines are the same in whatever pieces the source gives them", "[load]") {
  const std::string text =
      "\xEF\xBB\xBF"
      "first\n\r\nthird\tline\r\n\nlast";
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) {
    CHECK(lines_of(text, piece) == std::vector<std::string>{"first", "", "third\tline", "", "last"});
  }
  CHECK(lines_of("", 8).empty());
  CHECK(lines_of("\n", 8) == std::vector<std::string>{""});
}

TEST_CASE("line stream: a last line without an end is unfinished", "[load]") {
  TextSource source("a\nb");
  LineStream lines(source);
  REQUIRE(lines.next());
  CHECK_FALSE(lines.is_unfinished());
  CHECK(lines.line_with_end() == "a\n");
  REQUIRE(lines.next());
  CHECK(lines.is_unfinished());
  CHECK(lines.line_with_end() == "b");
  CHECK(lines.at(1).line == 2);
  CHECK_FALSE(lines.next());
}

TEST_CASE("line stream: a line that does not end stops it", "[load]") {
  Endless source;
  LineStream lines(source);
  CHECK_FALSE(lines.next());
  CHECK(lines.is_too_long());
  CHECK_FALSE(lines.next());
}

TEST_CASE("line stream: lines are counted beyond 32 bits, where no place can name them", "[load]") {
  STATIC_REQUIRE(std::is_same_v<decltype(std::declval<LineStream>().number()), std::uint64_t>);
  CHECK(LineStream::place_of(4'294'967'295, 7).line == 4'294'967'295U);
  CHECK(LineStream::place_of(4'294'967'296, 7).line == 0);
  CHECK(LineStream::place_of(4'294'967'296, 7).column == 0);
}

TEST_CASE("line stream: text that is no UTF-8 is shown up to where it is", "[load]") {
  CHECK(quoted_bytes("caf\xE9 noir") == "\"caf\"");
  CHECK(quoted_bytes("café") == "\"café\"");
}

}  // namespace migplan
