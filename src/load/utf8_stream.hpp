#pragma once

#include <array>
#include <cstdint>
#include <streambuf>
#include <string>

#include "migplan/base/issue.hpp"
#include "migplan/load/byte_source.hpp"

namespace migplan {

// The text of a source for libraries that read from a std::istream: without a byte-order mark, checked to be UTF-8
// without control characters. A fault ends the stream; `fault` then says what and where.
class Utf8Stream final : public std::streambuf {
 public:
  explicit Utf8Stream(ByteSource& source) : source_(&source) {}

  // Thrown at the fault through the library that reads, so that nothing is said of what the fault cut off.
  struct Stopped {};
  // From now on; before, a fault looks like the end: yaml-cpp's constructor reads already and would leak.
  void stop_at_fault() noexcept { stops_ = true; }

  struct Fault {
    std::string what;
    Position at;
    Cause cause = Cause::Syntax;
  };
  [[nodiscard]] bool has_fault() const noexcept { return !fault_.what.empty(); }
  [[nodiscard]] const Fault& fault() const noexcept { return fault_; }

 protected:
  int_type underflow() override;

 private:
  static constexpr std::size_t kSize = std::size_t{1} << 16;

  [[nodiscard]] std::size_t complete_prefix(std::size_t used) const noexcept;
  // Bytes of the good text; below `used` if a fault was found.
  [[nodiscard]] std::size_t check(std::size_t used);
  void count_lines(std::size_t used);

  ByteSource* source_;
  std::array<char, kSize> buffer_{};
  std::size_t carried_ = 0;  // bytes of an unfinished character at the front of the next block
  std::array<char, 4> carry_{};
  bool is_first_ = true;
  bool stops_ = false;
  Position next_{1, 1};  // where the next block begins
  Fault fault_;
};

// The first byte that is not part of well-formed UTF-8, or text.size().
[[nodiscard]] std::size_t well_formed_prefix(std::string_view text);
// The same for control characters other than tab, newline and carriage return too.
[[nodiscard]] std::size_t clean_prefix(std::string_view text);
// What is wrong with the byte at which a clean prefix ends.
[[nodiscard]] std::string fault_at(std::string_view text, std::size_t at);

}  // namespace migplan
