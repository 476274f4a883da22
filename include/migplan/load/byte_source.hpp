#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace migplan {

// Bytes from somewhere: a file, standard input, a text in memory. Readers take these and never touch the disk.
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  // Fills the front of `out` and returns how much; 0 is the end, or an error that `error` tells.
  virtual std::size_t read(std::span<char> out) = 0;
  // Empty while all is well.
  [[nodiscard]] virtual std::string_view error() const noexcept = 0;
};

class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : left_(text) {}
  std::size_t read(std::span<char> out) override;
  [[nodiscard]] std::string_view error() const noexcept override { return {}; }

 private:
  std::string_view left_;
};

// A source whose first bytes can be looked at before they are read.
class PeekedSource final : public ByteSource {
 public:
  explicit PeekedSource(ByteSource& rest);
  // Up to 64 KiB.
  [[nodiscard]] std::string_view front() const noexcept { return front_; }
  std::size_t read(std::span<char> out) override;
  [[nodiscard]] std::string_view error() const noexcept override { return rest_->error(); }

 private:
  ByteSource* rest_;
  std::string front_;
  std::size_t taken_ = 0;
};

// Everything that is left in the source.
[[nodiscard]] std::string read_all(ByteSource& source);

}  // namespace migplan
