#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migplan/base/result.hpp"
#include "migplan/load/byte_source.hpp"
#include "migplan/report/report.hpp"
#include "migplan/verification/spill_store.hpp"

namespace migplan::cli {

enum class PathKind : std::uint8_t { Missing, File, Folder, Other /* a device, a pipe */ };

// Somewhere that results go. Errors stick; `finish` tells the first.
class OutputFile : public ByteSink {
 public:
  // Everything is safely there, under a name of its own where a regular file will be replaced: what needs room or may
  // fail for other reasons than the replacing itself has been done. Nothing is written behind it. Empty = it worked.
  [[nodiscard]] virtual std::string stage() = 0;
  // Makes the result visible as a whole, staged or not; without it nothing is left. Empty = it worked.
  [[nodiscard]] virtual std::string finish() = 0;
};

// Room on the disk for what does not fit the memory; nobody else sees it, and it is gone with the program.
class Scratch : public SpillStore {
 public:
  // Empty while all is well.
  [[nodiscard]] virtual std::string error() const = 0;
};

// The files that the program sees: real ones, or a map in tests.
class Disk {
 public:
  Disk() = default;
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  virtual ~Disk() = default;

  [[nodiscard]] virtual PathKind kind(const std::string& path) const = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<ByteSource>> open(const std::string& path) const = 0;
  [[nodiscard]] virtual std::optional<std::uint64_t> size(const std::string& path) const = 0;
  // Regular files anywhere below a folder, by path.
  [[nodiscard]] virtual Result<std::vector<std::string>> files_below(const std::string& folder) const = 0;
  // A regular file is replaced only by `finish`, by way of a temporary file beside it; a link's target is replaced with
  // its mode kept; a device or pipe is written to directly.
  [[nodiscard]] virtual Result<std::unique_ptr<OutputFile>> create(const std::string& path) = 0;
  // In this folder, made when it is first written to.
  [[nodiscard]] virtual std::unique_ptr<Scratch> scratch(const std::string& folder) = 0;
  [[nodiscard]] virtual std::string make_folder(const std::string& path) = 0;  // empty = it worked
  [[nodiscard]] virtual std::string current_folder() const = 0;
};

[[nodiscard]] std::unique_ptr<Disk> real_disk();
[[nodiscard]] Issue access_issue(std::string_view path, std::string message);

}  // namespace migplan::cli
