#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "migplan/load/byte_source.hpp"

namespace migplan {

// The bytes of a source, unpacked if they are gzip (any number of members one behind the other), else as they are. A
// packed text that breaks off or is damaged is an error.
class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(ByteSource& packed);
  ~GzipSource() override;

  std::size_t read(std::span<char> out) override;
  [[nodiscard]] std::string_view error() const noexcept override { return error_; }
  [[nodiscard]] bool is_packed() const noexcept { return inflater_ != nullptr; }

 private:
  struct Inflater;
  [[nodiscard]] bool refill();
  std::size_t inflate_into(std::span<char> out);

  ByteSource* packed_;
  std::unique_ptr<Inflater> inflater_;
  std::array<char, std::size_t{1} << 16> buffer_{};
  std::span<char> left_;  // of the buffer
  std::string error_;
};

}  // namespace migplan
