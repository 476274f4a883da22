#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "migplan/verification/outcome.hpp"

namespace migplan {

// An outcome as few bytes, all that a comparison asks for, so that millions fit the memory and rows can go to a store
// and come back. A trace id of 32 hexadecimal digits, with or without the dashes of a UUID, takes 16 bytes. Fields of
// two rows with the same bytes are equal.
class OutcomeRow {
  enum class TraceForm : std::uint8_t { Text, Hex, Uuid };

 public:
  // A trace id as rows keep it.
  class Key {
   public:
    explicit Key(std::string_view trace_id) noexcept;
    [[nodiscard]] std::uint64_t hash() const noexcept;

   private:
    friend class OutcomeRow;
    std::array<char, 16> packed_{};
    std::string_view text_;  // of one that is not packed
    TraceForm form_;
  };
  // No row of this outcome takes more bytes.
  [[nodiscard]] static std::size_t bound(const Outcome& outcome) noexcept;
  // Writes the row of an outcome and returns where it ends.
  static char* write(char* at, const Key& key, Side side, const Outcome& outcome);

  // The row that begins there; `behind` is where the next one begins.
  explicit OutcomeRow(const char* first) noexcept : body_(first + sizeof(std::uint32_t)) {
    std::uint32_t size = 0;
    std::memcpy(&size, first, sizeof size);
    size_ = size;
  }
  [[nodiscard]] const char* behind() const noexcept { return body_ + size_; }

  [[nodiscard]] Side side() const noexcept { return static_cast<Side>(head() & 1U); }
  [[nodiscard]] std::uint64_t hash() const noexcept;
  [[nodiscard]] bool is_same_trace(const OutcomeRow& other) const noexcept {
    const std::string_view own = trace_bytes();
    return trace_form() == other.trace_form() && own == other.trace_bytes();
  }
  [[nodiscard]] std::string trace_id() const;
  // What stands behind the trace id.
  struct Content {
    std::uint64_t line = 0;
    std::optional<std::int64_t> time_ms;
    std::string_view field_bytes;
  };
  [[nodiscard]] Content content() const noexcept;

  // Steps through the fields of a content's field_bytes.
  class Fields {
   public:
    explicit Fields(std::string_view bytes) noexcept : left_(bytes) {}
    OutcomeField next() noexcept;

   private:
    std::string_view left_;
  };

 private:
  [[nodiscard]] unsigned head() const noexcept { return static_cast<unsigned char>(body_[0]); }
  [[nodiscard]] TraceForm trace_form() const noexcept { return static_cast<TraceForm>(head() >> 1U & 3U); }
  [[nodiscard]] bool has_time() const noexcept { return (head() >> 3U & 1U) != 0; }
  [[nodiscard]] std::string_view trace_bytes() const noexcept;
  static TraceForm pack(std::string_view trace_id, std::array<char, 16>& packed) noexcept;

  const char* body_;
  std::size_t size_;
};

}  // namespace migplan
