#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "field_reader.hpp"

namespace migplan {

class JsonTokenizer;

// Feeds JSON texts to a FieldReader: simdjson finds the tokens, their grammar is checked here, so that numbers arrive
// as they are written and every fault has its place. Serves any number of texts; one text at a time.
class JsonEvents {
 public:
  JsonEvents();
  JsonEvents(const JsonEvents&) = delete;
  JsonEvents& operator=(const JsonEvents&) = delete;
  ~JsonEvents();

  // Bytes that must be readable behind every text.
  static constexpr std::size_t kPadding = 64;

  // One JSON value in text[0, length). Lines count from `first_line`.
  void feed(const char* text, std::size_t length, std::uint32_t first_line, FieldReader& reader);

  // The same for a text inside something else: everything in it is placed at `at`.
  void feed_cell(const char* text, std::size_t length, Position at, FieldReader& reader);

  // The same for each line of a text: begin_lines for all of it, then feed_line for lines in order.
  void begin_lines(const char* text, std::size_t length);
  void feed_line(const char* line, std::size_t length, std::uint32_t number, FieldReader& reader);

 private:
  template <class Locate, class TokensOfText>
  void feed_with(Locate locate, const char* end, FieldReader& reader, const TokensOfText& tokens_of_text);
  std::unique_ptr<JsonTokenizer> tokenizer_;
};

}  // namespace migplan
