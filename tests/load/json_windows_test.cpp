#include "json_windows.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "migplan/base/random_stream.hpp"

using namespace migplan;

namespace {

// Writes down what it is told, each with its place.
class Recorder {
 public:
  void begin_map(Position at) { add("{", "", at); }
  void end_map() { events.emplace_back("}"); }
  void begin_list(Position at) { add("[", "", at); }
  void end_list() { events.emplace_back("]"); }
  static bool quoted_key(const char*, Position) { return false; }
  void key(std::string_view text, Position at) { add("key ", text, at); }
  void scalar(const Scalar& scalar) { add("value ", scalar.text, scalar.at); }
  std::vector<std::string> events;

  void add(const std::string& what, std::string_view text, Position at) {
    events.push_back(what + std::string(text) + " " + std::to_string(at.line) + ":" + std::to_string(at.column));
  }
};

// Hands out a few bytes at a time.
class Drops final : public ByteSource {
 public:
  explicit Drops(std::string_view text, std::size_t most) : left_(text), most_(most) {}
  std::size_t read(std::span<char> out) override {
    const std::size_t count = std::min({out.size(), left_.size(), most_});
    left_.copy(out.data(), count);
    left_.remove_prefix(count);
    return count;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }

 private:
  std::string_view left_;
  std::size_t most_;
};

std::vector<std::string> events_in_windows(std::string_view text, std::size_t window) {
  Recorder recorder;
  Drops source(text, 7);
  JsonWindows windows(source, window);
  JsonWindowLocator locate;
  JsonTokens tokens;
  const char* end = nullptr;
  try {
    if (!windows(tokens, end, locate)) throw JsonSyntaxError{end, "nothing"};
    JsonWalk<Recorder, JsonWindowLocator&, JsonWindows&>(recorder, locate, tokens, windows.unescaper(), end, windows)
        .document();
  } catch (const JsonSyntaxError& fault) {
    recorder.add("fault ", fault.what, locate(fault.place));
  }
  return recorder.events;
}

std::vector<std::string> events_of_whole(std::string text) {
  Recorder recorder;
  const std::size_t size = text.size();
  text.append(JsonTokenizer::kPadding, '\0');
  JsonTokenizer tokenizer;
  try {
    const JsonTokens tokens = tokenizer.tokens_of(text.data(), size);
    JsonWalk<Recorder, JsonLocator>(recorder, JsonLocator(text.data(), 1), tokens, tokenizer.unescaper,
                                    text.data() + size)
        .document();
  } catch (const JsonSyntaxError& fault) {
    recorder.add("fault ", fault.what, JsonLocator(text.data(), 1)(fault.place));
  }
  return recorder.events;
}

const std::string kText =
    "\n { \"a\" : [1, -2.5e-3,true ,null,\"x\\\"y\\\\\"],\n\"b\":{\"c\":[],\"d\":{}, \"\xC3\xA9\":\"\\u00e9 "
    "[1,2]\"},\r\n"
    "\t\"long enough\":\"a,b:c{d}e[f]\\\\\\\"g\" ,\"e\":[[[\"\"]],\"\\\"\"],\"f\":123456789012345678,\"g\":false}  "
    "\n\n";

}  // namespace

TEST_CASE("json windows: whatever the window, the same tokens stand at the same places") {
  const auto expected = events_of_whole(kText);
  REQUIRE(expected.size() == 36);
  for (std::size_t window = 26; window < 300; ++window) {
    INFO(window);
    CHECK(events_in_windows(kText, window) == expected);
  }
}

TEST_CASE("json windows: a fault of grammar is told with its place, whatever the window") {
  for (const std::string text : {"{\"a\": [1, 2,, 3]}", "{\"a\": 1}\n\n {\"b\": 2}", "{\"a\" 1, \"b\": \"0123456789\"}",
                                 "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13", "[tru, 1]", "{\"abcdefg\": nul}",
                                 "[\"0123456789\", \"\\x\"]", "]", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10 11]"}) {
    INFO(text);
    const auto expected = events_of_whole(text);
    REQUIRE(expected.back().starts_with("fault"));
    for (std::size_t window = 17; window < 60; ++window) CHECK(events_in_windows(text, window) == expected);
  }
}

TEST_CASE("json windows: what is no text in the first place is refused") {
  const auto last = [](std::string_view text) { return events_in_windows(text, 20).back(); };
  CHECK(last("") == "fault nothing 1:1");
  CHECK(last(" \n\n                                            \n ") == "fault nothing 4:2");
  CHECK(last("[\n\"open, and never closed") == "fault not JSON: a text has no closing quote 2:1");
  CHECK(last("[\"open") == "fault not JSON: a text has no closing quote 1:7");
  CHECK(last("[\"tab\there\"]") == "fault not JSON: a control character in a text is not escaped 1:6");
  CHECK(last("[\"\xFF\"]") == "fault found the byte \\xff, expected UTF-8 1:3");
  CHECK(last("[123456789012345678901234567890]") == "fault not JSON: a number or word without end 1:2");
}

TEST_CASE("json windows: a byte-order mark in front is passed over and counts for no column") {
  CHECK(events_in_windows("\xEF\xBB\xBF[1]", 20) == std::vector<std::string>{"[ 1:1", "value 1 1:2", "]"});
}

TEST_CASE(
    "json windows: of a text that is longer than a window the beginning is handed on, and what follows has its place") {
  const std::string long_text(1000, 'x');
  const std::string text = "[\"a\", \"" + long_text + "\",\"b\",\n\"c\"]";
  const auto events = events_in_windows(text, 40);
  REQUIRE(events.size() == 6);
  CHECK(events[1] == "value a 1:2");
  CHECK(events[2] == "value " + std::string(9, 'x') + " 1:7");  // a quarter of 40, the quote among it
  CHECK(events[3] == "value b 1:1010");                         // behind [, "a", a comma, a blank, 1002, a comma
  CHECK(events[4] == "value c 2:1");
}

TEST_CASE("json windows: a long text is cut neither in a character nor in an escape, and checked to its end") {
  const auto second = [](const std::string& inside) { return events_in_windows("[1,\"" + inside + "\"]", 40).at(2); };
  const std::string tail(200, 'y');
  CHECK(second("abcdefgh\xE2\x82\xAC" + tail) == "value abcdefgh 1:4");  // the euro begins at byte 9 of 10
  CHECK(second("abcdef\\uD83D\\uDE00" + tail) == "value abcdef 1:4");    // one character of twelve bytes
  CHECK(second(std::string(300, '\\')) == "value  1:4");                 // nothing but escapes
  CHECK(second(tail + "\\\"" + tail).starts_with("value yyyy"));         // a quote that is none
  CHECK(second(tail + "\xFF" + tail) == "fault found bytes that are no UTF-8 in a text, expected UTF-8 1:4");
  CHECK(second(tail + "\n" + tail) == "fault not JSON: a control character in a text is not escaped 1:4");
  std::string euros;
  for (int i = 0; i < 100; ++i) euros += "\xE2\x82\xAC";
  for (int shift = 0; shift < 3; ++shift) {
    CHECK(second(std::string(static_cast<std::size_t>(shift), 'z') + euros).starts_with("value "));
  }
}

TEST_CASE("json windows: a text that is damaged anywhere is taken or refused as if it were read whole") {
  constexpr std::string_view kBytes = "{}[],:\" \n\\0a\xC3\x01tn";
  RandomStream random(7, 0);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = kText;
    for (int i = round % 3; i >= 0; --i) {
      const std::size_t at = random.below(text.size());
      if (random.below(3) == 0) {
        text.erase(at, 1);
      } else {
        text[at] = kBytes[random.below(kBytes.size())];
      }
    }
    INFO(text);
    const auto whole = events_of_whole(text);
    const bool is_fault = whole.back().starts_with("fault");
    refused += is_fault ? 1 : 0;
    // A text that lost its quote may be longer than the smaller windows, where it is cut.
    for (const std::size_t window : {std::size_t{64}, std::size_t{200}, std::size_t{1000}}) {
      const auto parts = events_in_windows(text, window);
      CHECK(parts.back().starts_with("fault") == is_fault);
      if (!is_fault && window == 1000) CHECK(parts == whole);
    }
  }
  CHECK(refused > 1000);
  CHECK(refused < 2990);
}
