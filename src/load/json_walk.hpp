#pragma once

// The grammar of JSON over simdjson's tokens, for any handler that takes the events of FieldReader.

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "field_spec.hpp"

namespace migplan {

// Line and column of places that only move forward.
class JsonLocator {
 public:
  JsonLocator(const char* text, std::uint32_t first_line) : line_start_(text), seen_(text), line_(first_line) {}

  Position operator()(const char* place) noexcept {
    while (const void* newline = std::memchr(seen_, '\n', static_cast<std::size_t>(std::max(place, seen_) - seen_))) {
      seen_ = static_cast<const char*>(newline) + 1;
      line_start_ = seen_;
      ++line_;
    }
    seen_ = std::max(place, seen_);
    return {line_, static_cast<std::uint32_t>(place - line_start_) + 1};
  }

 private:
  const char* line_start_;
  const char* seen_;
  std::uint32_t line_;
};

// One place for all of a text that is itself a cell of something.
struct JsonCellLocator {
  Position at;
  Position operator()(const char*) const noexcept { return at; }
};

// The same in a text of one line.
struct JsonLineLocator {
  const char* line_start;
  std::uint32_t line;
  Position operator()(const char* place) const noexcept {
    return {line, static_cast<std::uint32_t>(place - line_start) + 1};
  }
};

// A fault ends the text; thrown by what stands in this file, and caught by who calls it.
struct JsonSyntaxError {
  const char* place;
  std::string what;
};

// What a text consists of: the places of its brackets, commas, colons and the beginnings of its values, ascending,
// found by simdjson's first stage, which also checks UTF-8, closing quotes and control characters.
class JsonTokens {
 public:
  JsonTokens() = default;
  JsonTokens(const char* text, const std::uint32_t* first) : text_(text), next_(first) {}

  // Positions behind the text's own are at its length or beyond.
  [[nodiscard]] const char* peek() const noexcept { return text_ + *next_; }
  // The one behind it, unless the text has ended before.
  [[nodiscard]] const char* peek_second() const noexcept { return text_ + next_[1]; }
  void pass(std::size_t count = 1) noexcept { next_ += count; }
  void skip_to(const char* place) noexcept {
    while (peek() < place) ++next_;
  }
  // Whether there may be an escape in the text.
  bool has_escapes = true;

 private:
  const char* text_ = nullptr;
  const std::uint32_t* next_ = nullptr;
};

// Replaces the escapes of a text between quotes.
class JsonUnescaper {
 public:
  // `quoted` is behind the opening quote, `size` bytes before the closing one. Null for a malformed escape.
  std::optional<std::string_view> operator()(const char* quoted, std::size_t size);

 private:
  simdjson::ondemand::parser parser_;
  std::vector<std::uint8_t> buffer_;
};

// The JSON grammar of a number, which is narrower than ours: no leading +, zeros or point.
[[nodiscard]] bool is_json_number(std::string_view text) noexcept;

// What stands behind the last token of a text that is whole: nothing. Of one that comes in windows, the next of them.
struct NoMoreTokens {
  template <class Locate>
  bool operator()(JsonTokens&, const char*&, Locate&) const noexcept {
    return false;
  }
};

// Checks the grammar of one value and tells the handler what it meets.
template <class Handler, class Locate, class More = NoMoreTokens>
class JsonWalk {
 public:
  JsonWalk(Handler& handler, Locate locator, JsonTokens tokens, JsonUnescaper& unescaper, const char* end,
           More more = {})
      : handler_(handler), locator_(locator), tokens_(tokens), unescaper_(unescaper), end_(end), more_(more) {}

  // Returns the tokens behind the value.
  JsonTokens document() {
    value(next("a value"), 0);
    if (tokens_.peek() < end_ || more_(tokens_, end_, locator_))
      throw JsonSyntaxError{tokens_.peek(), "not JSON: text behind the end of the value"};
    return tokens_;
  }

 private:
  static constexpr int kDeepest = 64;
  static constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

  [[gnu::always_inline]] const char* next(const char* expected) {
    const char* place = tokens_.peek();
    if (place >= end_) [[unlikely]]
      place = first_of_more(expected);
    tokens_.pass();
    return place;
  }

  // Nothing points into the tokens before: of them all has been told.
  [[gnu::noinline]] const char* first_of_more(std::string_view expected) {
    if (more_(tokens_, end_, locator_)) return tokens_.peek();
    throw JsonSyntaxError{end_, fmt::format("not JSON: the text ends, expected {}", expected)};
  }

  [[noreturn, gnu::noinline]] void fail(const char* place, std::string_view expected) const {
    std::string_view token = token_at(place);
    if (token.front() == '"') token = token.substr(1, token.size() - 2);
    throw JsonSyntaxError{place, fmt::format("not JSON: found {}, expected {}", in_quotes(token), expected)};
  }

  // The token that begins there and was taken last.
  [[nodiscard]] std::string_view token_at(const char* place) const noexcept {
    const char* last = std::min(tokens_.peek(), end_);
    while (is_space(last[-1])) --last;
    return {place, static_cast<std::size_t>(last - place)};
  }

  // Nearly all values are neither map nor list: those need no call.
  [[gnu::always_inline]] void value(const char* place, int depth) {
    switch (*place) {
      case '"': handler_.scalar({ScalarKind::Text, text(place), locator_(place)}); return;
      case '{': map(place, depth + 1); return;
      case '[': list(place, depth + 1); return;
      default: atom(place); return;
    }
  }

  [[gnu::noinline]] void map(const char* place, int depth) {
    check_depth(place, depth);
    handler_.begin_map(locator_(place));
    if (place = next("a key or }"); *place != '}') {
      if (*place != '"') fail(place, "a key or }");
      do {
        key(place);
        value(behind_colon(), depth);
        place = behind_value();
      } while (place != nullptr);
    }
    handler_.end_map();
  }

  // Where the value begins whose key has been read. The two tokens are mostly there, and as they should be.
  [[gnu::always_inline]] const char* behind_colon() {
    const char* const colon = tokens_.peek();
    if (const char* const place = tokens_.peek_second(); place < end_ && *colon == ':') [[likely]] {
      tokens_.pass(2);
      return place;
    }
    return find_behind_colon();
  }
  [[gnu::noinline]] const char* find_behind_colon() {
    if (const char* const colon = next("a colon"); *colon != ':') fail(colon, "a colon");
    return next("a value");
  }

  // The next key of a map whose value has been read, null at the map's end.
  [[gnu::always_inline]] const char* behind_value() {
    const char* const comma = tokens_.peek();
    if (const char* const place = tokens_.peek_second(); place < end_ && *comma == ',' && *place == '"') [[likely]] {
      tokens_.pass(2);
      return place;
    }
    return find_behind_value();
  }
  [[gnu::noinline]] const char* find_behind_value() {
    const char* place = next("a comma or }");
    if (*place == '}') return nullptr;
    if (*place != ',') fail(place, "a comma or }");
    if (place = next("a key"); *place != '"') fail(place, "a key");
    return place;
  }

  [[gnu::noinline]] void list(const char* place, int depth) {
    check_depth(place, depth);
    handler_.begin_list(locator_(place));
    place = next("a value or ]");
    for (bool is_first = true; *place != ']' || !is_first; is_first = false) {
      value(place, depth);
      if (place = next("a comma or ]"); *place == ']') break;
      if (*place != ',') fail(place, "a comma or ]");
      place = next("a value");
    }
    handler_.end_list();
  }

  static void check_depth(const char* place, int depth) {
    if (depth > kDeepest) throw JsonSyntaxError{place, "nested deeper than 64 levels"};
  }

  void key(const char* place) {
    const Position at = locator_(place);
    if (!handler_.quoted_key(place + 1, at)) handler_.key(text(place), at);
  }

  // What is between the quotes, its escapes replaced.
  std::string_view text(const char* place) {
    std::string_view inside = token_at(place);
    inside.remove_prefix(1);
    inside.remove_suffix(1);
    if (!tokens_.has_escapes || std::memchr(inside.data(), '\\', inside.size()) == nullptr) return inside;
    const auto unescaped = unescaper_(inside.data(), inside.size());
    if (!unescaped) throw JsonSyntaxError{place, "not JSON: an escape in this text is malformed"};
    return *unescaped;
  }

  void atom(const char* place) {
    const std::string_view token = token_at(place);
    const PlainNumber plain = PlainNumber::read(token.data(), token.size());
    if (plain.is_known() || is_json_number(token)) {
      handler_.scalar({ScalarKind::Number, token, locator_(place), plain});
    } else if (token == "true" || token == "false") {
      handler_.scalar({ScalarKind::Boolean, token, locator_(place)});
    } else if (token == "null") {
      handler_.scalar({ScalarKind::Null, token, locator_(place)});
    } else {
      fail(place, "a value");
    }
  }

  Handler& handler_;
  Locate locator_;
  JsonTokens tokens_;
  JsonUnescaper& unescaper_;
  const char* end_;
  [[no_unique_address]] More more_;
};

// Finds the tokens of texts: of one text at a time, or of many lines at once.
class JsonTokenizer {
 public:
  // Bytes that must be readable behind every text.
  static constexpr std::size_t kPadding = 64;

  JsonUnescaper unescaper;

  // The tokens of text[0, length); throws JsonSyntaxError.
  [[nodiscard]] JsonTokens tokens_of(const char* text, std::size_t length);

  // The same for many lines at once; where they have a fault, each line's tokens are found by itself.
  void begin_lines(const char* text, std::size_t length);
  [[nodiscard]] JsonTokens& tokens_of_line(const char* line, std::size_t length);

  // The same for a part of a text that may end inside of a text between quotes: then nullopt.
  [[nodiscard]] std::optional<JsonTokens> tokens_of_part(const char* text, std::size_t length);

 private:
  [[nodiscard]] simdjson::error_code tokenize(const char* text, std::size_t length);

  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
  std::size_t capacity_ = 0;
  JsonTokens lines_;
  bool has_lines_ = false;
};

}  // namespace migplan
