#include "json_events.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "utf8_stream.hpp"

namespace migplan {
namespace {

static_assert(JsonEvents::kPadding >= simdjson::SIMDJSON_PADDING && JsonEvents::kPadding >= PlainNumber::kBytes);

// Line and column of places that only move forward.
class Locator {
 public:
  Locator(const char* text, std::uint32_t first_line) : line_start_(text), seen_(text), line_(first_line) {}

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
struct CellLocator {
  Position at;
  Position operator()(const char*) const noexcept { return at; }
};

// The same in a text of one line.
struct LineLocator {
  const char* line_start;
  std::uint32_t line;
  Position operator()(const char* place) const noexcept {
    return {line, static_cast<std::uint32_t>(place - line_start) + 1};
  }
};

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// The JSON grammar of a number, which is narrower than ours: no leading +, zeros or point.
bool is_json_number(std::string_view text) noexcept {
  std::size_t i = 0;
  const auto digits = [&text, &i] {
    const std::size_t from = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - from;
  };
  if (text.starts_with('-')) ++i;
  const std::size_t whole_at = i;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[whole_at] == '0')) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

// A fault ends the text; thrown within this file only.
struct SyntaxError {
  const char* place;
  std::string what;
};

// What a text consists of: the places of its brackets, commas, colons and the beginnings of its values, ascending,
// found by simdjson's first stage, which also checks UTF-8, closing quotes and control characters.
class Tokens {
 public:
  Tokens() = default;
  Tokens(const char* text, const std::uint32_t* first) : text_(text), next_(first) {}

  // Positions behind the text's own are at its length or beyond.
  [[nodiscard]] const char* peek() const noexcept { return text_ + *next_; }
  void pass() noexcept { ++next_; }
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
class Unescaper {
 public:
  // `quoted` is behind the opening quote, `size` bytes before the closing one. Null for a malformed escape.
  std::optional<std::string_view> operator()(const char* quoted, std::size_t size) {
    if (parser_.capacity() == 0 && parser_.allocate(JsonEvents::kPadding) != simdjson::SUCCESS) return std::nullopt;
    buffer_.resize(size + JsonEvents::kPadding);  // unescaping never makes it longer
    std::uint8_t* out = buffer_.data();
    std::string_view text;
    const simdjson::ondemand::raw_json_string raw(reinterpret_cast<const std::uint8_t*>(quoted));
    if (parser_.unescape(raw, out).get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
  }

 private:
  simdjson::ondemand::parser parser_;
  std::vector<std::uint8_t> buffer_;
};

// Checks the grammar of one value and tells the reader what it meets.
template <class Locate>
class Walk {
 public:
  Walk(FieldReader& reader, Locate locator, Tokens tokens, Unescaper& unescaper, const char* end)
      : reader_(reader), locator_(locator), tokens_(tokens), unescaper_(unescaper), end_(end) {}

  // Returns the tokens behind the value.
  Tokens document() {
    value(next("a value"), 0);
    if (tokens_.peek() < end_) throw SyntaxError{tokens_.peek(), "not JSON: text behind the end of the value"};
    return tokens_;
  }

 private:
  static constexpr int kDeepest = 64;

  const char* next(std::string_view expected) {
    const char* const place = tokens_.peek();
    if (place >= end_) throw SyntaxError{end_, fmt::format("not JSON: the text ends, expected {}", expected)};
    tokens_.pass();
    return place;
  }

  [[noreturn]] void fail(const char* place, std::string_view expected) const {
    std::string_view token = token_at(place);
    if (token.front() == '"') token = token.substr(1, token.size() - 2);
    throw SyntaxError{place, fmt::format("not JSON: found {}, expected {}", in_quotes(token), expected)};
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
      case '"': reader_.scalar({ScalarKind::Text, text(place), locator_(place)}); return;
      case '{': map(place, depth + 1); return;
      case '[': list(place, depth + 1); return;
      default: atom(place); return;
    }
  }

  [[gnu::noinline]] void map(const char* place, int depth) {
    check_depth(place, depth);
    reader_.begin_map(locator_(place));
    if (place = next("a key or }"); *place != '}') {
      for (std::string_view expected = "a key or }";; expected = "a key") {
        if (*place != '"') fail(place, expected);
        key(place);
        if (place = next("a colon"); *place != ':') fail(place, "a colon");
        value(next("a value"), depth);
        if (place = next("a comma or }"); *place == '}') break;
        if (*place != ',') fail(place, "a comma or }");
        place = next("a key");
      }
    }
    reader_.end_map();
  }

  [[gnu::noinline]] void list(const char* place, int depth) {
    check_depth(place, depth);
    reader_.begin_list(locator_(place));
    place = next("a value or ]");
    for (bool is_first = true; *place != ']' || !is_first; is_first = false) {
      value(place, depth);
      if (place = next("a comma or ]"); *place == ']') break;
      if (*place != ',') fail(place, "a comma or ]");
      place = next("a value");
    }
    reader_.end_list();
  }

  static void check_depth(const char* place, int depth) {
    if (depth > kDeepest) throw SyntaxError{place, "nested deeper than 64 levels"};
  }

  void key(const char* place) {
    const Position at = locator_(place);
    if (!reader_.quoted_key(place + 1, at)) reader_.key(text(place), at);
  }

  // What is between the quotes, its escapes replaced.
  std::string_view text(const char* place) {
    std::string_view inside = token_at(place);
    inside.remove_prefix(1);
    inside.remove_suffix(1);
    if (!tokens_.has_escapes || std::memchr(inside.data(), '\\', inside.size()) == nullptr) return inside;
    const auto unescaped = unescaper_(inside.data(), inside.size());
    if (!unescaped) throw SyntaxError{place, "not JSON: an escape in this text is malformed"};
    return *unescaped;
  }

  void atom(const char* place) {
    const std::string_view token = token_at(place);
    const PlainNumber plain = PlainNumber::read(token.data(), token.size());
    if (plain.is_known() || is_json_number(token)) {
      reader_.scalar({ScalarKind::Number, token, locator_(place), plain});
    } else if (token == "true" || token == "false") {
      reader_.scalar({ScalarKind::Boolean, token, locator_(place)});
    } else if (token == "null") {
      reader_.scalar({ScalarKind::Null, token, locator_(place)});
    } else {
      fail(place, "a value");
    }
  }

  FieldReader& reader_;
  Locate locator_;
  Tokens tokens_;
  Unescaper& unescaper_;
  const char* end_;
};

// The first control character inside quotes, or 0.
std::size_t control_in_quotes(std::string_view text) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_quoted && static_cast<unsigned char>(text[i]) < 0x20) return i;
    if (is_quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      is_quoted = !is_quoted;
    }
  }
  return 0;
}

// Faults that the first pass over the bytes finds, with their place.
SyntaxError fault_of_bytes(simdjson::error_code error, std::string_view text) {
  if (error == simdjson::UTF8_ERROR) {
    const std::size_t good = well_formed_prefix(text);
    const auto byte = static_cast<unsigned char>(good < text.size() ? text[good] : '\0');
    return {text.data() + good, fmt::format("found the byte \\x{:02x}, expected UTF-8", byte)};
  }
  if (error == simdjson::UNESCAPED_CHARS) {
    return {text.data() + control_in_quotes(text), "not JSON: a control character in a text is not escaped"};
  }
  if (error == simdjson::UNCLOSED_STRING) return {text.data() + text.size(), "not JSON: a text has no closing quote"};
  if (error == simdjson::EMPTY) return {text.data(), "found nothing, expected a map"};
  return {text.data(), fmt::format("not JSON: {}", simdjson::error_message(error))};
}

}  // namespace

class JsonEvents::Tokenizer {
 public:
  Unescaper unescaper;

  // The tokens of text[0, length); throws SyntaxError.
  Tokens tokens_of(const char* text, std::size_t length) {
    if (const auto error = tokenize(text, length); error != simdjson::SUCCESS) {
      throw fault_of_bytes(error, {text, length});
    }
    return {text, stage_->structural_indexes.get()};
  }

  // The same for many lines at once; where they have a fault, each line's tokens are found by itself.
  void begin_lines(const char* text, std::size_t length) {
    has_lines_ = tokenize(text, length) == simdjson::SUCCESS;
    if (!has_lines_) return;
    lines_ = Tokens(text, stage_->structural_indexes.get());
    lines_.has_escapes = std::memchr(text, '\\', length) != nullptr;
  }
  Tokens& tokens_of_line(const char* line, std::size_t length) {
    if (has_lines_) {
      lines_.skip_to(line);
    } else {
      lines_ = tokens_of(line, length);
    }
    return lines_;
  }

 private:
  simdjson::error_code tokenize(const char* text, std::size_t length) {
    if (length > capacity_ || !stage_) {
      const std::size_t capacity = std::max(length, kLeast);
      const auto error =
          simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, kNoTree, stage_);
      if (error != simdjson::SUCCESS) return error;
      capacity_ = capacity;
    }
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text);
    return stage_->stage1(bytes, length, simdjson::stage1_mode::regular);
  }

  static constexpr std::size_t kLeast = 4096;
  static constexpr std::size_t kNoTree = 1;  // depth of the second stage, which is not used
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
  std::size_t capacity_ = 0;
  Tokens lines_;
  bool has_lines_ = false;
};

JsonEvents::JsonEvents() : tokenizer_(std::make_unique<Tokenizer>()) {}
JsonEvents::~JsonEvents() = default;

// Walks over the tokens that `tokens_of_text` returns; where that ends by a fault, the reader is told.
template <class Locate, class TokensOfText>
void JsonEvents::feed_with(Locate locate, const char* end, FieldReader& reader, const TokensOfText& tokens_of_text) {
  try {
    auto&& tokens = tokens_of_text();
    tokens = Walk<Locate>(reader, locate, tokens, tokenizer_->unescaper, end).document();
  } catch (const SyntaxError& fault) {
    reader.abandon();
    reader.reject_source(locate(fault.place), fault.what);
  }
}

void JsonEvents::feed(const char* text, std::size_t length, std::uint32_t first_line, FieldReader& reader) {
  feed_with(Locator(text, first_line), text + length, reader, [&] { return tokenizer_->tokens_of(text, length); });
}

void JsonEvents::feed_cell(const char* text, std::size_t length, Position at, FieldReader& reader) {
  feed_with(CellLocator{at}, text + length, reader, [&] { return tokenizer_->tokens_of(text, length); });
}

void JsonEvents::begin_lines(const char* text, std::size_t length) { tokenizer_->begin_lines(text, length); }

void JsonEvents::feed_line(const char* line, std::size_t length, std::uint32_t number, FieldReader& reader) {
  feed_with(LineLocator{line, number}, line + length, reader,
            [&]() -> Tokens& { return tokenizer_->tokens_of_line(line, length); });
}

}  // namespace migplan
