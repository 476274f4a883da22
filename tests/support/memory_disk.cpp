#include "memory_disk.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <span>
#include <utility>

namespace migplan::test {
namespace {

namespace fs = std::filesystem;

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::string text, std::size_t chunk, std::optional<std::size_t> breaks_after)
      : text_(std::move(text)), chunk_(chunk), breaks_after_(breaks_after) {}

  std::size_t read(std::span<char> out) override {
    const std::size_t end = std::min(text_.size(), breaks_after_.value_or(text_.size()));
    const std::size_t count = std::min({out.size(), chunk_, end - at_});
    if (count != 0) std::memcpy(out.data(), text_.data() + at_, count);
    at_ += count;
    if (count == 0 && breaks_after_) error_ = "cannot be read: Input/output error";
    return count;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return error_; }

 private:
  std::string text_;
  std::size_t chunk_;
  std::optional<std::size_t> breaks_after_;
  std::size_t at_ = 0;
  std::string error_;
};

constexpr const char* kFull = "cannot be written: No space left on device";

}  // namespace

// Stands on the disk as a temporary file until it is finished.
class MemoryDisk::ReplacingFile final : public cli::OutputFile {
 public:
  ReplacingFile(MemoryDisk& disk, std::string target)
      : disk_(disk), target_(std::move(target)), temporary_(target_ + ".tmp") {
    disk_.files_[temporary_] = "";
  }
  ~ReplacingFile() override { disk_.files_.erase(temporary_); }
  void write(std::string_view bytes) override {
    if (error_.empty() && !disk_.takes_write()) error_ = kFull;
    if (error_.empty()) disk_.files_[temporary_] += bytes;
  }
  [[nodiscard]] std::string stage() override { return error_; }
  [[nodiscard]] std::string finish() override {
    if (error_.empty()) disk_.files_[target_] = disk_.files_[temporary_];
    return error_;
  }

 private:
  MemoryDisk& disk_;
  std::string target_, temporary_, error_;
};

class MemoryDisk::DeviceFile final : public cli::OutputFile {
 public:
  DeviceFile(MemoryDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
  void write(std::string_view bytes) override {
    if (error_.empty() && !disk_.takes_write()) error_ = kFull;
    if (error_.empty()) disk_.devices_[path_] += bytes;
  }
  [[nodiscard]] std::string stage() override { return error_; }
  [[nodiscard]] std::string finish() override { return error_; }

 private:
  MemoryDisk& disk_;
  std::string path_, error_;
};

MemoryDisk::MemoryDisk() { add_folder(std::string(kCurrentFolder)); }

std::string MemoryDisk::resolved(const std::string& path) {
  std::string whole = (fs::path(kCurrentFolder) / path).lexically_normal().string();
  if (whole.size() > 1 && whole.ends_with('/')) whole.pop_back();
  return whole;
}

void MemoryDisk::add_file(const std::string& path, std::string bytes) {
  const std::string whole = resolved(path);
  add_folder(fs::path(whole).parent_path().string());
  files_[whole] = std::move(bytes);
}

void MemoryDisk::add_folder(const std::string& path) {
  for (fs::path folder = resolved(path); folders_.insert(folder.string()).second; folder = folder.parent_path()) {
  }
}

void MemoryDisk::add_device(const std::string& path) { devices_[resolved(path)]; }

bool MemoryDisk::takes_write() {
  ++writes_;
  return failing_write_ == 0 || writes_ < failing_write_;
}

std::map<std::string, std::string> MemoryDisk::files() const {
  const std::string prefix = std::string(kCurrentFolder) + "/";
  std::map<std::string, std::string> shown;
  for (const auto& [path, bytes] : files_) {
    shown[path.starts_with(prefix) ? path.substr(prefix.size()) : path] = bytes;
  }
  return shown;
}

std::string MemoryDisk::written_to_device(const std::string& path) const { return devices_.at(resolved(path)); }

cli::PathKind MemoryDisk::kind(const std::string& path) const {
  const std::string whole = resolved(path);
  if (files_.contains(whole)) return cli::PathKind::File;
  if (devices_.contains(whole)) return cli::PathKind::Other;
  return folders_.contains(whole) ? cli::PathKind::Folder : cli::PathKind::Missing;
}

Result<std::unique_ptr<ByteSource>> MemoryDisk::open(const std::string& path) const {
  const std::string whole = resolved(path);
  if (unreadable_.contains(whole)) return cli::access_issue(path, "cannot be opened: Permission denied");
  if (kind(path) == cli::PathKind::Folder) return cli::access_issue(path, "is a folder, expected a file");
  if (const auto change = changes_.find(whole); change != changes_.end() && change->second.opens_left != 0) {
    if (--change->second.opens_left == 0) files_[whole] = change->second.bytes;
  }
  const auto device = devices_.find(whole);
  const auto file = files_.find(whole);
  if (file == files_.end() && device == devices_.end()) {
    return cli::access_issue(path, "cannot be opened: No such file or directory");
  }
  const auto fault = breaks_after_.find(whole);
  return std::unique_ptr<ByteSource>(
      std::make_unique<MemorySource>(file == files_.end() ? "" : file->second, chunk_,
                                     fault == breaks_after_.end() ? std::nullopt : std::optional(fault->second)));
}

std::optional<std::uint64_t> MemoryDisk::size(const std::string& path) const {
  const auto file = files_.find(resolved(path));
  return file == files_.end() ? std::nullopt : std::optional<std::uint64_t>(file->second.size());
}

Result<std::vector<std::string>> MemoryDisk::files_below(const std::string& folder) const {
  const std::string whole = resolved(folder);
  if (unreadable_.contains(whole)) return cli::access_issue(folder, "cannot be listed: Permission denied");
  std::vector<std::string> found;
  for (const auto& [path, bytes] : files_) {
    if (path.starts_with(whole + "/")) found.push_back((fs::path(folder) / path.substr(whole.size() + 1)).string());
  }
  return found;
}

Result<std::unique_ptr<cli::OutputFile>> MemoryDisk::create(const std::string& path) {
  const std::string whole = resolved(path);
  if (kind(path) == cli::PathKind::Folder) return cli::access_issue(path, "is a folder, expected a file");
  if (uncreatable_.contains(whole)) return cli::access_issue(path, "cannot be created: Permission denied");
  if (devices_.contains(whole)) return std::unique_ptr<cli::OutputFile>(std::make_unique<DeviceFile>(*this, whole));
  if (!folders_.contains(fs::path(whole).parent_path().string())) {
    return cli::access_issue(path, "cannot be created: No such file or directory");
  }
  return std::unique_ptr<cli::OutputFile>(std::make_unique<ReplacingFile>(*this, whole));
}

// Counts its writes among those of the disk, so that one of them can be ordered to fail.
class MemoryDisk::ScratchText final : public cli::Scratch {
 public:
  ScratchText(MemoryDisk& disk, bool is_creatable) : disk_(disk) {
    if (!is_creatable) error_ = "cannot be created: Permission denied";
  }
  [[nodiscard]] std::optional<std::uint64_t> write(std::string_view bytes) override {
    const std::lock_guard lock(mutex_);
    if (error_.empty() && !disk_.takes_write()) error_ = kFull;
    if (!error_.empty()) return std::nullopt;
    text_ += bytes;
    return text_.size() - bytes.size();
  }
  [[nodiscard]] bool read(std::uint64_t from, std::span<char> out) override {
    const std::lock_guard lock(mutex_);
    std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(from), out.size(), out.begin());
    return true;
  }
  [[nodiscard]] std::string error() const override { return error_; }

 private:
  MemoryDisk& disk_;
  std::mutex mutex_;
  std::string text_, error_;
};

std::unique_ptr<cli::Scratch> MemoryDisk::scratch(const std::string& folder) {
  return std::make_unique<ScratchText>(*this, !uncreatable_.contains(resolved(folder)));
}

std::string MemoryDisk::make_folder(const std::string& path) {
  if (uncreatable_.contains(resolved(path))) return "Permission denied";
  add_folder(path);
  return {};
}

void MemoryOutput::write(std::string_view bytes) {
  if (!error_.empty() || is_closed_) return;
  const std::size_t room = full_after.value_or(closed_after.value_or(SIZE_MAX));
  if (bytes.size() <= room - std::min(room, text_.size())) {
    text_ += bytes;
    return;
  }
  text_ += bytes.substr(0, room - text_.size());
  if (closed_after) is_closed_ = true;
  if (full_after) error_ = "No space left on device";
}

}  // namespace migplan::test
