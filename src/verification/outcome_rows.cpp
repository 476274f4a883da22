#include "outcome_rows.hpp"

#include <algorithm>
#include <bit>

#include "migplan/base/decimal_text.hpp"

namespace migplan {
namespace {

using FieldKind = OutcomeField::Kind;

constexpr std::size_t kPacked = 16;
constexpr unsigned kLengthBits = 5, kLongLength = (1U << kLengthBits) - 1;
constexpr std::array<std::size_t, 4> kDashes{8, 13, 18, 23};  // of a UUID

constexpr std::size_t kLongestNumber = 10;  // bytes of 64 bits, seven in each

char* put_number(char* at, std::uint64_t value) noexcept {
  for (; value >= 0x80; value >>= 7U) *at++ = static_cast<char>((value & 0x7FU) | 0x80U);
  *at++ = static_cast<char>(value);
  return at;
}

char* put_text(char* at, std::string_view text) noexcept { return std::copy(text.begin(), text.end(), at); }

std::uint64_t take_number(const char*& at) noexcept {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
}

// Small numbers of either sign become small ones without a sign.
constexpr std::uint64_t folded(std::int64_t value) noexcept {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}
constexpr std::int64_t unfolded(std::uint64_t value) noexcept {
  return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
}

// Eight lower-case hexadecimal digits as four bytes, all digits at once; nullopt for anything else.
std::optional<std::uint32_t> packed_digits(const char* text) noexcept {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t kEach = 0x0101'0101'0101'0101;
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  std::uint64_t values = (word & kEach * 0xF) + (word >> 6U & kEach) * 9;  // bit 6 tells letters from digits
  const std::uint64_t is_letter = (values + kEach * 6) >> 4U & kEach;
  if ((values & kEach * 0xF0) != 0 || values + kEach * '0' + is_letter * ('a' - 10 - '0') != word) return std::nullopt;
  values = (values & 0x000F'000F'000F'000F) << 4U | (values >> 8U & 0x000F'000F'000F'000F);
  values = (values | values >> 8U) & 0x0000'FFFF'0000'FFFF;
  return static_cast<std::uint32_t>(values | values >> 16U);
}

// Whether the text was 32 such digits; their bytes are in `packed` then.
bool pack_digits(const char* text, std::array<char, kPacked>& packed) noexcept {
  constexpr std::size_t kAtOnce = 8;
  for (std::size_t i = 0; i < 2 * kPacked / kAtOnce; ++i) {
    const auto bytes = packed_digits(text + i * kAtOnce);
    if (!bytes) return false;
    std::memcpy(packed.data() + i * sizeof *bytes, &*bytes, sizeof *bytes);
  }
  return true;
}

char* put_field(char* at, FieldKind kind, std::string_view text) noexcept {
  const auto length = static_cast<unsigned>(std::min<std::size_t>(text.size(), kLongLength));
  *at++ = static_cast<char>(static_cast<unsigned>(kind) << kLengthBits | length);
  if (length == kLongLength) at = put_number(at, text.size());
  return put_text(at, text);
}

// A canonical number may be longer than it was written; this is by how much at most.
constexpr std::size_t kLongerNumber = 48;

char* put_field(char* at, const OutcomeField& field) {
  if (field.kind == FieldKind::Number && !is_canonical_whole(field.text)) {
    if (const auto canonical = canonical_number(field.text)) return put_field(at, field.kind, *canonical);
  }
  return put_field(at, field.kind, field.text);
}

// Folds two words into one by their product (as wyhash does).
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Product = unsigned __int128;
  const Product product = static_cast<Product>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

constexpr std::uint64_t kFirst = 0xA076'1D64'78BD'642F, kSecond = 0xE703'7ED1'A0B4'28DB;

std::uint64_t hash_of_packed(const char* bytes) noexcept {
  std::array<std::uint64_t, 2> words{};
  std::memcpy(words.data(), bytes, sizeof words);
  return mixed(mixed(words[0] ^ kFirst, words[1] ^ kSecond), kFirst);
}

std::uint64_t hash_of(std::string_view bytes) noexcept {
  std::uint64_t hash = bytes.size() ^ kSecond;
  const auto take_word = [&bytes] {
    std::uint64_t word = 0;
    const std::size_t taken = std::min(sizeof word, bytes.size());
    std::memcpy(&word, bytes.data(), taken);
    bytes.remove_prefix(taken);
    return word;
  };
  while (!bytes.empty()) {
    const std::uint64_t first = take_word(), second = take_word();
    hash = mixed(first ^ kFirst ^ hash, second ^ kSecond);
  }
  return mixed(hash, kFirst);
}

}  // namespace

OutcomeRow::TraceForm OutcomeRow::pack(std::string_view id, std::array<char, kPacked>& packed) noexcept {
  if (id.size() == 2 * kPacked) return pack_digits(id.data(), packed) ? TraceForm::Hex : TraceForm::Text;
  if (id.size() != 2 * kPacked + kDashes.size()) return TraceForm::Text;
  std::array<char, 2 * kPacked> digits{};
  std::size_t used = 0;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool is_dash = std::find(kDashes.begin(), kDashes.end(), i) != kDashes.end();
    if (is_dash && id[i] != '-') return TraceForm::Text;
    if (!is_dash) digits[used++] = id[i];
  }
  return pack_digits(digits.data(), packed) ? TraceForm::Uuid : TraceForm::Text;
}

OutcomeRow::Key::Key(std::string_view trace_id) noexcept : text_(trace_id), form_(pack(trace_id, packed_)) {}

std::uint64_t OutcomeRow::Key::hash() const noexcept {
  return form_ == TraceForm::Text ? hash_of(text_) : hash_of_packed(packed_.data());
}

std::size_t OutcomeRow::bound(const Outcome& outcome) noexcept {
  std::size_t bytes = sizeof(std::uint32_t) + 1 + 3 * kLongestNumber + std::max(kPacked, outcome.trace_id.size());
  for (const OutcomeField& field : outcome.fields) bytes += 1 + kLongestNumber + field.text.size() + kLongerNumber;
  return bytes;
}

char* OutcomeRow::write(char* first, const Key& key, Side side, const Outcome& outcome) {
  char* at = first + sizeof(std::uint32_t);
  char* const body = at;
  *at++ = static_cast<char>(static_cast<unsigned>(side) | static_cast<unsigned>(key.form_) << 1U |
                            (outcome.time_ms ? 1U << 3U : 0U));
  if (key.form_ == TraceForm::Text) {
    at = put_text(put_number(at, key.text_.size()), key.text_);
  } else {
    at = put_text(at, {key.packed_.data(), key.packed_.size()});
  }
  at = put_number(at, outcome.line);
  if (outcome.time_ms) at = put_number(at, folded(*outcome.time_ms));
  for (const OutcomeField& field : outcome.fields) at = put_field(at, field);
  const auto size = static_cast<std::uint32_t>(at - body);
  std::memcpy(first, &size, sizeof size);
  return at;
}

std::string_view OutcomeRow::trace_bytes() const noexcept {
  const char* at = body_ + 1;
  if (trace_form() != TraceForm::Text) return {at, kPacked};
  const std::uint64_t size = take_number(at);
  return {at, size};
}

std::uint64_t OutcomeRow::hash() const noexcept {
  const std::string_view bytes = trace_bytes();
  return trace_form() == TraceForm::Text ? hash_of(bytes) : hash_of_packed(bytes.data());
}

std::string OutcomeRow::trace_id() const {
  const std::string_view bytes = trace_bytes();
  if (trace_form() == TraceForm::Text) return std::string(bytes);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (const char c : bytes) {
    if (trace_form() == TraceForm::Uuid && std::find(kDashes.begin(), kDashes.end(), id.size()) != kDashes.end())
      id += '-';
    const auto byte = static_cast<unsigned char>(c);
    id += kDigits[byte >> 4U];
    id += kDigits[byte & 0xFU];
  }
  return id;
}

OutcomeRow::Content OutcomeRow::content() const noexcept {
  const std::string_view trace = trace_bytes();
  const char* at = trace.data() + trace.size();
  Content content;
  content.line = take_number(at);
  if (has_time()) content.time_ms = unfolded(take_number(at));
  content.field_bytes = {at, static_cast<std::size_t>(behind() - at)};
  return content;
}

OutcomeField OutcomeRow::Fields::next() noexcept {
  const auto tag = static_cast<unsigned char>(left_.front());
  const char* at = left_.data() + 1;
  std::size_t length = tag & kLongLength;
  if (length == kLongLength) length = take_number(at);
  const OutcomeField field{static_cast<FieldKind>(tag >> kLengthBits), {at, length}};
  left_.remove_prefix(static_cast<std::size_t>(at - left_.data()) + length);
  return field;
}

}  // namespace migplan
