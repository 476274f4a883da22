#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "disk.hpp"
#include "env.hpp"

namespace migplan::test {

// A disk that is a map, with faults to order. The current folder is kCurrentFolder; relative paths start there.
class MemoryDisk final : public cli::Disk {
 public:
  static constexpr std::string_view kCurrentFolder = "/home/user/project";

  MemoryDisk();

  void add_file(const std::string& path, std::string bytes);
  void add_folder(const std::string& path);
  void add_device(const std::string& path);  // takes everything that is written to it, holds nothing to read

  void fail_open(const std::string& path) { unreadable_.insert(resolved(path)); }
  void fail_read_after(const std::string& path, std::size_t bytes) { breaks_after_[resolved(path)] = bytes; }
  // Somebody else writes the file just before it is opened for the nth time.
  void change_on_open(const std::string& path, std::size_t nth, std::string bytes) {
    changes_[resolved(path)] = {nth, std::move(bytes)};
  }
  void fail_create(const std::string& path) { uncreatable_.insert(resolved(path)); }
  void fail_write(std::size_t nth) {
    failing_write_ = nth;
  }                                                      // counted from 1 over all files: the disk is full from then on
  void set_chunk(std::size_t bytes) { chunk_ = bytes; }  // the most that one read returns

  // Every regular file, half-written temporary ones too; paths below the current folder are relative to it.
  [[nodiscard]] std::map<std::string, std::string> files() const;
  [[nodiscard]] std::string written_to_device(const std::string& path) const;
  [[nodiscard]] std::size_t writes() const noexcept { return writes_; }

  [[nodiscard]] cli::PathKind kind(const std::string& path) const override;
  [[nodiscard]] Result<std::unique_ptr<ByteSource>> open(const std::string& path) const override;
  [[nodiscard]] std::optional<std::uint64_t> size(const std::string& path) const override;
  [[nodiscard]] Result<std::vector<std::string>> files_below(const std::string& folder) const override;
  [[nodiscard]] Result<std::unique_ptr<cli::OutputFile>> create(const std::string& path) override;
  [[nodiscard]] std::unique_ptr<cli::Scratch> scratch(const std::string& folder) override;
  [[nodiscard]] std::string make_folder(const std::string& path) override;
  [[nodiscard]] std::string current_folder() const override { return std::string(kCurrentFolder); }

 private:
  class ReplacingFile;
  class DeviceFile;
  class ScratchText;

  [[nodiscard]] static std::string resolved(const std::string& path);
  [[nodiscard]] bool takes_write();  // false once the disk is full

  struct Change {
    std::size_t opens_left = 0;
    std::string bytes;
  };
  mutable std::map<std::string, Change> changes_;
  mutable std::map<std::string, std::string> files_;
  std::map<std::string, std::string> devices_;
  std::set<std::string> folders_;
  std::set<std::string> unreadable_, uncreatable_;
  std::map<std::string, std::size_t> breaks_after_;
  std::size_t failing_write_ = 0, writes_ = 0;
  std::size_t chunk_ = std::size_t{1} << 16;
};

// Standard output in memory, which may be full or lose its reader after so many bytes.
class MemoryOutput final : public cli::Output {
 public:
  std::optional<std::size_t> full_after, closed_after;

  void write(std::string_view bytes) override;
  [[nodiscard]] std::string error() const override { return error_; }
  [[nodiscard]] bool is_closed() const override { return is_closed_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_, error_;
  bool is_closed_ = false;
};

}  // namespace migplan::test
