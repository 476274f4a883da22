#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

#include "disk.hpp"
#include "interrupt.hpp"

namespace migplan::cli {
namespace {

namespace fs = std::filesystem;

std::string error_text(int number) { return std::error_code(number, std::generic_category()).message(); }

class Descriptor {
 public:
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { static_cast<void>(close()); }

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool close() noexcept {
    const int number = std::exchange(number_, -1);
    return number < 0 || ::close(number) == 0;
  }

 private:
  int number_;
};

class FileSource final : public ByteSource {
 public:
  explicit FileSource(Descriptor file) : file_(std::move(file)) {}
  std::size_t read(std::span<char> out) override {
    for (;;) {
      const ssize_t count = ::read(file_.number(), out.data(), out.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno == EINTR) continue;
      error_ = "cannot be read: " + error_text(errno);
      return 0;
    }
  }
  [[nodiscard]] std::string_view error() const noexcept override { return error_; }

 private:
  Descriptor file_;
  std::string error_;
};

// Where a path leads when its links are followed, the last one even if nothing is there yet.
fs::path target_of(const fs::path& path) {
  constexpr int kMostLinks = 40;
  fs::path at = path;
  std::error_code error;
  for (int i = 0; i < kMostLinks && fs::is_symlink(fs::symlink_status(at, error)); ++i) {
    const fs::path next = fs::read_symlink(at, error);
    if (error) break;
    at = next.is_absolute() ? next : at.parent_path() / next;
  }
  return at;
}

// Writes everything or remembers why not. That nobody reads a pipe any more is no failure.
class DescriptorFile : public OutputFile {
 public:
  explicit DescriptorFile(Descriptor file) : file_(std::move(file)) {}
  void write(std::string_view bytes) override {
    while (!bytes.empty() && error_.empty()) {
      const ssize_t count = ::write(file_.number(), bytes.data(), bytes.size());
      if (count >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno == EPIPE) {
        return;
      } else if (errno != EINTR) {
        error_ = "cannot be written: " + error_text(errno);
      }
    }
  }
  [[nodiscard]] std::string stage() override {
    if (!file_.close() && error_.empty()) error_ = "cannot be written: " + error_text(errno);
    return error_;
  }
  [[nodiscard]] std::string finish() override { return stage(); }

 protected:
  [[nodiscard]] int number() const noexcept { return file_.number(); }
  std::string error_;

 private:
  Descriptor file_;
};

class ReplacingFile final : public DescriptorFile {
 public:
  ReplacingFile(Descriptor file, std::string temporary, std::string target)
      : DescriptorFile(std::move(file)), temporary_(std::move(temporary)), target_(std::move(target)) {
    remove_when_interrupted(temporary_);
  }
  ~ReplacingFile() override {
    if (!is_done_) ::unlink(temporary_.c_str());
    keep_when_interrupted(temporary_);
  }
  [[nodiscard]] std::string stage() override {
    if (is_staged_) return error_;
    is_staged_ = true;
    if (error_.empty() && ::fsync(number()) != 0) error_ = "cannot be written: " + error_text(errno);
    return DescriptorFile::stage();
  }
  [[nodiscard]] std::string finish() override {
    if (!stage().empty()) return error_;
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return error_ = "cannot be replaced: " + error_text(errno);
    is_done_ = true;
    return {};
  }

 private:
  std::string temporary_;
  std::string target_;
  bool is_staged_ = false, is_done_ = false;
};

mode_t mode_for(const std::string& target) {
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) return status.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

// Names of descriptors that are open already: opening them anew would begin at their front.
int standard_descriptor(const std::string& path) {
  if (path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1") return STDOUT_FILENO;
  return path == "/dev/stderr" || path == "/dev/fd/2" || path == "/proc/self/fd/2" ? STDERR_FILENO : -1;
}

// A file without a name. Places to write are handed out in turn, so that several threads write and read at once.
class UnnamedFile final : public Scratch {
 public:
  explicit UnnamedFile(std::string folder) : folder_(std::move(folder)) {}

  [[nodiscard]] std::optional<std::uint64_t> write(std::string_view bytes) override {
    if (!open()) return std::nullopt;
    const std::uint64_t from = end_.fetch_add(bytes.size());
    for (std::uint64_t at = from; !bytes.empty();) {
      const ssize_t count = ::pwrite(file_->number(), bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        fail("written");
        return std::nullopt;
      }
      bytes.remove_prefix(static_cast<std::size_t>(count));
      at += static_cast<std::uint64_t>(count);
    }
    return from;
  }

  [[nodiscard]] bool read(std::uint64_t from, std::span<char> out) override {
    while (!out.empty()) {
      const ssize_t count = ::pread(file_->number(), out.data(), out.size(), static_cast<off_t>(from));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        fail("read");
        return false;
      }
      out = out.subspan(static_cast<std::size_t>(count));
      from += static_cast<std::uint64_t>(count);
    }
    return true;
  }

  [[nodiscard]] std::string error() const override {
    const std::lock_guard lock(mutex_);
    return error_;
  }

 private:
  bool open() {
    const std::lock_guard lock(mutex_);
    if (file_) return true;
    if (!error_.empty()) return false;
    std::string name = folder_ + "/migplan.XXXXXX";
    const InterruptPause pause;
    Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (file.number() < 0) {
      error_ = "cannot be created: " + error_text(errno);
      return false;
    }
    ::unlink(name.c_str());
    file_.emplace(std::move(file));
    return true;
  }

  void fail(const char* what) {
    const std::string text = fmt::format("cannot be {}: {}", what, error_text(errno));
    const std::lock_guard lock(mutex_);
    if (error_.empty()) error_ = text;
  }

  std::string folder_;
  mutable std::mutex mutex_;
  std::optional<Descriptor> file_;
  std::atomic<std::uint64_t> end_ = 0;
  std::string error_;
};

class RealDisk final : public Disk {
 public:
  [[nodiscard]] PathKind kind(const std::string& path) const override {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return PathKind::Missing;
    if (S_ISREG(status.st_mode)) return PathKind::File;
    return S_ISDIR(status.st_mode) ? PathKind::Folder : PathKind::Other;
  }

  [[nodiscard]] Result<std::unique_ptr<ByteSource>> open(const std::string& path) const override {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) return access_issue(path, "cannot be opened: " + error_text(errno));
    if (kind(path) == PathKind::Folder) return access_issue(path, "is a folder, expected a file");
    return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(std::move(file)));
  }

  [[nodiscard]] std::optional<std::uint64_t> size(const std::string& path) const override {
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return error ? std::nullopt : std::optional<std::uint64_t>(size);
  }

  [[nodiscard]] Result<std::vector<std::string>> files_below(const std::string& folder) const override {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      std::error_code ignored;
      if (at->is_regular_file(ignored)) files.push_back(at->path().string());
    }
    if (error) return access_issue(folder, "cannot be listed: " + error.message());
    std::sort(files.begin(), files.end());
    return files;
  }

  [[nodiscard]] Result<std::unique_ptr<OutputFile>> create(const std::string& path) override {
    const PathKind what = kind(path);
    if (what == PathKind::Folder) return access_issue(path, "is a folder, expected a file");
    // A name of an open descriptor may lead to a regular file: it is added to, never replaced.
    if (const int standard = standard_descriptor(path); standard >= 0) {
      return std::unique_ptr<OutputFile>(std::make_unique<DescriptorFile>(Descriptor(::dup(standard))));
    }
    if (what == PathKind::Other || path.starts_with("/dev/") || path.starts_with("/proc/")) {
      Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
      if (file.number() < 0) return access_issue(path, "cannot be opened: " + error_text(errno));
      return std::unique_ptr<OutputFile>(std::make_unique<DescriptorFile>(std::move(file)));
    }
    const std::string target = target_of(path).string();
    if (what == PathKind::File && ::access(target.c_str(), W_OK) != 0) {
      return access_issue(path, "cannot be written: " + error_text(errno));
    }
    std::string temporary = target + ".XXXXXX";
    const InterruptPause pause;
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.number() < 0) return access_issue(path, "cannot be created: " + error_text(errno));
    static_cast<void>(::fchmod(file.number(), mode_for(target)));
    return std::unique_ptr<OutputFile>(std::make_unique<ReplacingFile>(std::move(file), std::move(temporary), target));
  }

  [[nodiscard]] std::unique_ptr<Scratch> scratch(const std::string& folder) override {
    return std::make_unique<UnnamedFile>(folder);
  }

  [[nodiscard]] std::string make_folder(const std::string& path) override {
    std::error_code error;
    fs::create_directories(path, error);
    return error ? error.message() : std::string();
  }

  [[nodiscard]] std::string current_folder() const override {
    std::error_code error;
    return fs::current_path(error).string();
  }
};

}  // namespace

Issue access_issue(std::string_view path, std::string message) {
  return {Severity::Error, std::string(path), {}, "", std::move(message), "", Cause::Access};
}

std::unique_ptr<Disk> real_disk() { return std::make_unique<RealDisk>(); }

}  // namespace migplan::cli
