#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace migplan {

// Keeps texts in large blocks for as long as it lives; the views it hands out stay valid when it is moved.
class TextArena {
 public:
  TextArena() = default;
  TextArena(TextArena&&) noexcept = default;
  TextArena& operator=(TextArena&&) noexcept = default;
  TextArena(const TextArena&) = delete;
  TextArena& operator=(const TextArena&) = delete;
  ~TextArena() = default;

  [[nodiscard]] std::string_view keep(std::string_view text);
  // Like `keep`, for texts that recur (a domain, a team): mostly returns the copy that it has already. O(1) in text count.
  [[nodiscard]] std::string_view keep_shared(std::string_view text);

 private:
  static constexpr std::size_t kBlockSize = std::size_t{1} << 16;
  static constexpr std::size_t kRecent = 512;

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::unique_ptr<std::array<std::string_view, kRecent>> recent_;
};

}  // namespace migplan
