#include "memory_file.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace migplan {

MemoryFile::MemoryFile() : number_(memfd_create("migplan", MFD_CLOEXEC)) {
  if (number_ >= 0) path_ = fmt::format("/proc/self/fd/{}", number_);
}

MemoryFile::~MemoryFile() {
  if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  if (number_ >= 0) close(number_);
}

std::string_view MemoryFile::bytes() {
  struct stat about {};
  if (number_ < 0 || fstat(number_, &about) != 0 || about.st_size <= 0) return {};
  const auto size = static_cast<std::size_t>(about.st_size);
  void* const at = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, number_, 0);
  if (at != MAP_FAILED) bytes_ = {static_cast<const char*>(at), size};
  return bytes_;
}

}  // namespace migplan
