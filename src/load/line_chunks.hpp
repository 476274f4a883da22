#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/load/byte_source.hpp"

namespace migplan {

// A piece of a source that ends at a line's end.
struct LineChunk {
  // Readable behind every piece, for parsers that look ahead.
  static constexpr std::size_t kPadding = 64;

  std::vector<char> bytes;
  std::size_t size = 0;
  std::size_t number = 0;
  std::uint64_t first_line = 1;
  std::vector<std::size_t> line_ends;

  [[nodiscard]] std::string_view text() const noexcept { return {bytes.data(), size}; }
  // Its place in a line of a source, whose number an Issue can hold.
  [[nodiscard]] static std::uint32_t line_for_people(std::uint64_t line) noexcept {
    return line < UINT32_MAX ? static_cast<std::uint32_t>(line) : UINT32_MAX;
  }
};

// Where a source may be cut.
enum class CutAt : std::uint8_t { Lines, CsvRows /* newlines outside quotes */ };

// Hands a source out in pieces, to several threads in turn.
class LineChunks {
 public:
  explicit LineChunks(ByteSource& source, CutAt cut = CutAt::Lines) : source_(&source), cut_(cut) {}

  // False at the end. Keeps the memory of `chunk` for the next call.
  bool next(LineChunk& chunk);

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 18;

  void fill(LineChunk& chunk, std::size_t used);
  [[nodiscard]] std::size_t last_cut(std::string_view text) const noexcept;

  std::mutex mutex_;
  ByteSource* source_;
  CutAt cut_;
  std::string rest_;
  std::size_t count_ = 0;
  std::uint64_t next_line_ = 1;
};

// Without anything but blanks.
[[nodiscard]] inline bool is_blank_line(std::string_view line) noexcept {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace migplan
