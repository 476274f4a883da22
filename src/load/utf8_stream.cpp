#include "utf8_stream.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace migplan {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_stray_control(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  // Without branches, so that the compiler looks at many bytes at once.
  const bool is_blank = (byte == '\t') | (byte == '\n') | (byte == '\r');
  return ((byte < 0x20) & !is_blank) | (byte == 0x7F);
}

}  // namespace

std::size_t well_formed_prefix(std::string_view text) {
  if (simdjson::validate_utf8(text.data(), text.size())) return text.size();
  std::size_t good = 0, bad = text.size();  // the answer is in [good, bad), apart from a character cut at the probe
  while (bad - good > 1) {
    const std::size_t middle = good + (bad - good) / 2;
    std::size_t end = middle;
    while (end > good && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    if (end == good) break;
    (simdjson::validate_utf8(text.data() + good, end - good) ? good : bad) = end;
  }
  while (good < text.size()) {
    std::size_t length = 1;
    while (length <= 4 && good + length <= text.size() && !simdjson::validate_utf8(text.data() + good, length))
      ++length;
    if (length > 4 || good + length > text.size()) return good;
    good += length;
  }
  return good;
}

std::size_t Utf8Stream::complete_prefix(std::size_t used) const noexcept {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, used); ++back) {
    const auto byte = static_cast<unsigned char>(buffer_[used - back]);
    if ((byte & 0xC0U) == 0x80U) continue;
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return length > back ? used - back : used;
  }
  return used;
}

std::size_t clean_prefix(std::string_view text) {
  const std::string_view good = text.substr(0, well_formed_prefix(text));
  // Mostly there is none.
  unsigned char any = 0;
  for (const char c : good) any |= static_cast<unsigned char>(is_stray_control(c));
  if (any == 0) return good.size();
  return static_cast<std::size_t>(std::find_if(good.begin(), good.end(), is_stray_control) - good.begin());
}

std::string fault_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return is_stray_control(text[at]) ? fmt::format("found the control character \\x{:02x}, expected text", byte)
                                    : fmt::format("found the byte \\x{:02x}, expected UTF-8", byte);
}

std::size_t Utf8Stream::check(std::size_t used) {
  const std::string_view block(buffer_.data(), used);
  const std::size_t good = clean_prefix(block);
  if (good == used) return used;
  count_lines(good);
  fault_.at = next_;
  fault_.what = fault_at(block, good);
  return good;
}

void Utf8Stream::count_lines(std::size_t used) {
  const std::string_view block(buffer_.data(), used);
  const std::size_t last = block.rfind('\n');
  if (last == std::string_view::npos) {
    next_.column += static_cast<std::uint32_t>(used);
    return;
  }
  next_.line += static_cast<std::uint32_t>(std::count(block.begin(), block.end(), '\n'));
  next_.column = static_cast<std::uint32_t>(used - last);
}

Utf8Stream::int_type Utf8Stream::underflow() {
  if (has_fault() && stops_) throw Stopped{};
  if (has_fault()) return traits_type::eof();
  std::memcpy(buffer_.data(), carry_.data(), carried_);
  std::size_t used = carried_;
  std::size_t got = 0;
  do {
    got = source_->read({buffer_.data() + used, kSize - used});
    used += got;
  } while (got != 0 && used < 16);
  if (got == 0 && !source_->error().empty()) fault_ = {std::string(source_->error()), {}, Cause::Access};
  if (is_first_ && std::string_view(buffer_.data(), used).starts_with(kByteOrderMark)) {
    used -= kByteOrderMark.size();
    std::memmove(buffer_.data(), buffer_.data() + kByteOrderMark.size(), used);
  }
  is_first_ = false;
  const std::size_t complete = got == 0 ? used : complete_prefix(used);
  carried_ = used - complete;
  std::memcpy(carry_.data(), buffer_.data() + complete, carried_);
  const std::size_t good = check(complete);
  if (good == complete) count_lines(good);
  if (good == 0 && has_fault() && stops_) throw Stopped{};
  if (good == 0) return traits_type::eof();
  setg(buffer_.data(), buffer_.data(), buffer_.data() + good);
  return traits_type::to_int_type(buffer_[0]);
}

}  // namespace migplan
