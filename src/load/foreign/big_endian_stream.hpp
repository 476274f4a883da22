#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "migplan/load/byte_source.hpp"

namespace migplan {

// Whole numbers, the most significant byte first, from a source of any size. Behind its end everything reads as 0, and
// `is_cut` says so.
class BigEndianStream {
 public:
  explicit BigEndianStream(ByteSource& source) : source_(&source), buffer_(kBuffer) {}

  [[nodiscard]] std::uint8_t u8() { return number<std::uint8_t>(); }
  [[nodiscard]] std::int32_t i32() { return static_cast<std::int32_t>(number<std::uint32_t>()); }
  [[nodiscard]] std::int64_t i64() { return static_cast<std::int64_t>(number<std::uint64_t>()); }
  void skip(std::uint64_t bytes) {
    while (bytes > used_ - at_) {
      bytes -= used_ - at_;
      at_ = used_;
      if (!fill()) {
        is_cut_ = true;
        return;
      }
    }
    at_ += static_cast<std::size_t>(bytes);
  }

  // Whether all has been read, and nothing beyond.
  [[nodiscard]] bool is_at_end() { return at_ == used_ && !fill(); }
  // Whether something was asked for that the source no longer had.
  [[nodiscard]] bool is_cut() const noexcept { return is_cut_; }
  // Bytes before the next one.
  [[nodiscard]] std::uint64_t offset() const noexcept { return passed_ + at_; }

 private:
  static constexpr std::size_t kBuffer = std::size_t{1} << 18;

  template <class Unsigned>
  Unsigned number() {
    if (used_ - at_ < sizeof(Unsigned) && !gather(sizeof(Unsigned))) return 0;
    Unsigned value = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
      value = static_cast<Unsigned>(std::uint64_t{value} << 8U | static_cast<unsigned char>(buffer_[at_ + i]));
    }
    at_ += sizeof(Unsigned);
    return value;
  }

  // Has so many bytes in the buffer; false, and all of it read, where the source ends before.
  [[nodiscard]] bool gather(std::size_t bytes) {
    while (used_ - at_ < bytes) {
      if (fill()) continue;
      at_ = used_;
      is_cut_ = true;
      return false;
    }
    return true;
  }

  // Reads more behind what is left.
  bool fill() {
    std::memmove(buffer_.data(), buffer_.data() + at_, used_ - at_);
    used_ -= at_;
    passed_ += at_;
    at_ = 0;
    const std::size_t got = source_->read(std::span<char>(buffer_).subspan(used_));
    used_ += got;
    return got != 0;
  }

  ByteSource* source_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, used_ = 0;
  std::uint64_t passed_ = 0;  // bytes before the buffer
  bool is_cut_ = false;
};

}  // namespace migplan
