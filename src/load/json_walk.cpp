#include "json_walk.hpp"

#include "migplan/base/ascii.hpp"
#include "migplan/base/plain_number.hpp"
#include "utf8_stream.hpp"

namespace migplan {
namespace {

static_assert(JsonTokenizer::kPadding >= simdjson::SIMDJSON_PADDING && JsonTokenizer::kPadding >= PlainNumber::kBytes);

constexpr std::size_t kLeastCapacity = 4096;
constexpr std::size_t kNoTree = 1;  // depth of simdjson's second stage, which is not used

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
JsonSyntaxError fault_of_bytes(simdjson::error_code error, std::string_view text) {
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

std::optional<std::string_view> JsonUnescaper::operator()(const char* quoted, std::size_t size) {
  if (parser_.capacity() == 0 && parser_.allocate(JsonTokenizer::kPadding) != simdjson::SUCCESS) return std::nullopt;
  buffer_.resize(size + JsonTokenizer::kPadding);  // unescaping never makes it longer
  std::uint8_t* out = buffer_.data();
  std::string_view text;
  const simdjson::ondemand::raw_json_string raw(reinterpret_cast<const std::uint8_t*>(quoted));
  if (parser_.unescape(raw, out).get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

JsonTokens JsonTokenizer::tokens_of(const char* text, std::size_t length) {
  if (const auto error = tokenize(text, length); error != simdjson::SUCCESS) {
    throw fault_of_bytes(error, {text, length});
  }
  return {text, stage_->structural_indexes.get()};
}

std::optional<JsonTokens> JsonTokenizer::tokens_of_part(const char* text, std::size_t length) {
  const auto error = tokenize(text, length);
  if (error == simdjson::UNCLOSED_STRING) return std::nullopt;
  if (error != simdjson::SUCCESS) throw fault_of_bytes(error, {text, length});
  return JsonTokens(text, stage_->structural_indexes.get());
}

void JsonTokenizer::begin_lines(const char* text, std::size_t length) {
  has_lines_ = tokenize(text, length) == simdjson::SUCCESS;
  if (!has_lines_) return;
  lines_ = JsonTokens(text, stage_->structural_indexes.get());
  lines_.has_escapes = std::memchr(text, '\\', length) != nullptr;
}

JsonTokens& JsonTokenizer::tokens_of_line(const char* line, std::size_t length) {
  if (has_lines_) {
    lines_.skip_to(line);
  } else {
    lines_ = tokens_of(line, length);
  }
  return lines_;
}

simdjson::error_code JsonTokenizer::tokenize(const char* text, std::size_t length) {
  if (length > capacity_ || !stage_) {
    const std::size_t capacity = std::max(length, kLeastCapacity);
    const auto error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, kNoTree, stage_);
    if (error != simdjson::SUCCESS) return error;
    capacity_ = capacity;
  }
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text);
  return stage_->stage1(bytes, length, simdjson::stage1_mode::regular);
}

}  // namespace migplan
