#pragma once

#include <string>
#include <string_view>

namespace migplan {

// Memory for a library that writes only to files which it opens by their name: it has a path while this object lives,
// and lies on no disk.
class MemoryFile {
 public:
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  // Empty where the system has no such memory.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  // What was written; valid while this object lives. Asked for once, when nobody writes any more.
  [[nodiscard]] std::string_view bytes();

 private:
  int number_ = -1;
  std::string path_;
  std::string_view bytes_;
};

}  // namespace migplan
