#include "json_events.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <cstring>
#include <string>

#include "utf8_stream.hpp"

namespace migplan {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(JsonEvents::kPadding >= simdjson::SIMDJSON_PADDING);

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

constexpr std::string_view trimmed_end(std::string_view token) noexcept {
  while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
  return token;
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// The JSON grammar of a number, which is narrower than ours: no leading +, zeros or point.
bool is_json_number(std::string_view text) noexcept {
  std::size_t i = 0;
  const auto digits = [&text, &i] {
    const std::size_t from = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - from;
  };
  if (text[i] == '-') ++i;
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

// A syntax error ends the text; thrown within this file only.
struct IncompleteText {};
struct SyntaxError {
  const char* place;
  std::string what;
};

template <class Locate>
class Walk {
 public:
  Walk(FieldReader& reader, Locate& locator, ondemand::parser& parser, const char* end)
      : reader_(reader), locator_(locator), parser_(parser), end_(end) {}

  void document(ondemand::document& document) {
    const auto type = document.type();
    if (type.error() != simdjson::SUCCESS) throw SyntaxError{last_, "not JSON: nothing that begins a value"};
    ondemand::object object;
    ondemand::array array;
    if (type.value_unsafe() == ondemand::json_type::object) {
      check(document.get_object().get(object));
      walk(object, 0);
    } else if (type.value_unsafe() == ondemand::json_type::array) {
      check(document.get_array().get(array));
      walk(array, 0);
    } else {
      reader_.scalar({ScalarKind::Untyped, {last_, static_cast<std::size_t>(end_ - last_)}, locator_(last_)});
      return;
    }
    const auto rest = document.current_location();
    if (rest.error() == simdjson::SUCCESS && rest.value_unsafe() < end_) {
      throw SyntaxError{rest.value_unsafe(), "not JSON: text behind the end of the value"};
    }
  }

  void start_at(const char* place) noexcept { last_ = place; }

 private:
  static constexpr int kDeepest = 64;

  void check(simdjson::error_code error) const {
    if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) throw IncompleteText{};
    if (error != simdjson::SUCCESS) throw SyntaxError{last_, fmt::format("not JSON: {}", reason(error))};
  }

  static std::string_view reason(simdjson::error_code error) {
    switch (error) {
      case simdjson::TAPE_ERROR: return "a comma, colon, bracket or value is missing or misplaced near here";
      default: return simdjson::error_message(error);
    }
  }

  void walk(ondemand::object& object, int depth) {
    reader_.begin_map(locator_(last_));
    for (auto field : object) {
      ondemand::field entry;
      check(std::move(field).get(entry));
      last_ = entry.key().raw() - 1;
      key(entry.key());
      walk(entry.value(), depth);
    }
    reader_.end_map();
  }

  void walk(ondemand::array& array, int depth) {
    reader_.begin_list(locator_(last_));
    for (auto element : array) {
      ondemand::value item;
      check(std::move(element).get(item));
      walk(item, depth);
    }
    reader_.end_list();
  }

  void key(ondemand::raw_json_string raw) {
    const char* const begin = raw.raw();
    const char* at = begin;
    bool has_escape = false;
    for (; *at != '"'; ++at) {
      if (*at != '\\') continue;
      has_escape = true;
      ++at;
    }
    const auto length = static_cast<std::size_t>(at - begin);
    reader_.key(has_escape ? unescaped(raw, length) : std::string_view(begin, length), locator_(last_));
  }

  // `length` of the raw text: unescaping never makes it longer.
  std::string_view unescaped(ondemand::raw_json_string raw, std::size_t length) {
    if (escape_buffer_.size() < length + JsonEvents::kPadding) escape_buffer_.resize(length + JsonEvents::kPadding);
    std::uint8_t* place = escape_buffer_.data();
    std::string_view text;
    if (parser_.unescape(raw, place).get(text) != simdjson::SUCCESS) {
      throw SyntaxError{last_, "not JSON: an escape in this text is malformed"};
    }
    return text;
  }

  void walk(ondemand::value& value, int depth) {
    std::string_view token;
    token = value.raw_json_token();
    last_ = token.data();
    switch (token.front()) {
      case '{':
      case '[': nested(value, token.front() == '{', depth + 1); return;
      case '"': text(value, token); return;
      default: atom(trimmed_end(token)); return;
    }
  }

  void nested(ondemand::value& value, bool is_map, int depth) {
    if (depth > kDeepest) throw SyntaxError{last_, "nested deeper than 64 levels"};
    if (is_map) {
      ondemand::object object;
      check(value.get_object().get(object));
      walk(object, depth);
    } else {
      ondemand::array array;
      check(value.get_array().get(array));
      walk(array, depth);
    }
  }

  void text(ondemand::value& value, std::string_view token) {
    token = trimmed_end(token);
    const std::string_view inside = token.substr(1, token.size() - 2);
    if (std::memchr(inside.data(), '\\', inside.size()) == nullptr) {
      reader_.scalar({ScalarKind::Text, inside, locator_(last_)});
      return;
    }
    ondemand::raw_json_string raw;
    check(value.get_raw_json_string().get(raw));
    reader_.scalar({ScalarKind::Text, unescaped(raw, inside.size()), locator_(last_)});
  }

  void atom(std::string_view token) {
    ScalarKind kind = ScalarKind::Number;
    if (token == "true" || token == "false") {
      kind = ScalarKind::Boolean;
    } else if (token == "null") {
      kind = ScalarKind::Null;
    } else if (token.empty() || !is_json_number(token)) {
      throw SyntaxError{last_, fmt::format("not JSON: found {}", in_quotes(token))};
    }
    reader_.scalar({kind, token, locator_(last_)});
  }

  FieldReader& reader_;
  Locate& locator_;
  ondemand::parser& parser_;
  const char* end_;
  const char* last_ = nullptr;
  std::vector<std::uint8_t> escape_buffer_;
};

// Where the first value of a text ends, quotes heeded; text.size() if it does not.
std::size_t end_of_first_value(std::string_view text) {
  std::size_t depth = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted) {
      if (c == '\\') ++i;
      if (c == '"') is_quoted = false;
    } else if (c == '"') {
      is_quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  return text.size();
}

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

SyntaxError fault_of_ends(std::string_view text) {
  const std::size_t end = end_of_first_value(text);
  const std::size_t rest = text.find_first_not_of(" \t\r\n", end);
  if (rest != std::string_view::npos) return {text.data() + rest, "not JSON: text behind the end of the value"};
  return {text.data() + text.size(), "not JSON: a list or map has no end"};
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

struct JsonEvents::State {
  ondemand::parser parser;
};

JsonEvents::JsonEvents() : state_(std::make_unique<State>()) {}
JsonEvents::~JsonEvents() = default;

template <class Locate>
void JsonEvents::feed_with(Locate locate, const char* text, std::size_t length, std::size_t capacity,
                           FieldReader& reader) {
  Locate from_start = locate;
  const char* const end = text + length;
  try {
    ondemand::document document;
    const auto error = state_->parser.iterate(text, length, capacity).get(document);
    if (error != simdjson::SUCCESS) throw fault_of_bytes(error, {text, length});
    Walk<Locate> walk(reader, locate, state_->parser, end);
    const char* first = text;
    while (first < end && is_space(*first)) ++first;
    walk.start_at(first);
    walk.document(document);
  } catch (const IncompleteText&) {
    const SyntaxError fault = fault_of_ends({text, length});
    reader.abandon();
    reader.reject_source(from_start(fault.place), fault.what);
  } catch (const SyntaxError& fault) {
    reader.abandon();
    reader.reject_source(from_start(std::min(fault.place, end)), fault.what);
  }
}

void JsonEvents::feed(const char* text, std::size_t length, std::size_t capacity, std::uint32_t first_line,
                      FieldReader& reader) {
  feed_with(Locator(text, first_line), text, length, capacity, reader);
}

void JsonEvents::feed_line(const char* text, std::size_t length, std::size_t capacity, std::uint32_t line,
                           FieldReader& reader) {
  feed_with(LineLocator{text, line}, text, length, capacity, reader);
}

void JsonEvents::feed_cell(const char* text, std::size_t length, std::size_t capacity, Position at,
                           FieldReader& reader) {
  feed_with(CellLocator{at}, text, length, capacity, reader);
}

}  // namespace migplan
