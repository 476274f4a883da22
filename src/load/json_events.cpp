#include "json_events.hpp"

#include "json_walk.hpp"

namespace migplan {

static_assert(JsonEvents::kPadding == JsonTokenizer::kPadding);

JsonEvents::JsonEvents() : tokenizer_(std::make_unique<JsonTokenizer>()) {}
JsonEvents::~JsonEvents() = default;

// Walks over the tokens that `tokens_of_text` returns; where that ends by a fault, the reader is told.
template <class Locate, class TokensOfText>
void JsonEvents::feed_with(Locate locate, const char* end, FieldReader& reader, const TokensOfText& tokens_of_text) {
  try {
    auto&& tokens = tokens_of_text();
    tokens = JsonWalk<FieldReader, Locate>(reader, locate, tokens, tokenizer_->unescaper, end).document();
  } catch (const JsonSyntaxError& fault) {
    reader.abandon();
    reader.reject_source(locate(fault.place), fault.what);
  }
}

void JsonEvents::feed(const char* text, std::size_t length, std::uint32_t first_line, FieldReader& reader) {
  feed_with(JsonLocator(text, first_line), text + length, reader, [&] { return tokenizer_->tokens_of(text, length); });
}

void JsonEvents::feed_cell(const char* text, std::size_t length, Position at, FieldReader& reader) {
  feed_with(JsonCellLocator{at}, text + length, reader, [&] { return tokenizer_->tokens_of(text, length); });
}

void JsonEvents::begin_lines(const char* text, std::size_t length) { tokenizer_->begin_lines(text, length); }

void JsonEvents::feed_line(const char* line, std::size_t length, std::uint32_t number, FieldReader& reader) {
  feed_with(JsonLineLocator{line, number}, line + length, reader,
            [&]() -> JsonTokens& { return tokenizer_->tokens_of_line(line, length); });
}

}  // namespace migplan
