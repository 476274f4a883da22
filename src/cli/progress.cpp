#include "progress.hpp"

#include <fmt/format.h>

#include <chrono>
#include <ostream>
#include <utility>

#include "migplan/base/issue.hpp"

namespace migplan::cli {
namespace {

using Clock = std::chrono::steady_clock;

class ProgressSource final : public ByteSource {
 public:
  ProgressSource(std::unique_ptr<ByteSource> source, std::ostream& err, std::string name,
                 std::optional<std::uint64_t> size)
      : source_(std::move(source)), err_(err), name_(std::move(name)), size_(size) {}
  ~ProgressSource() override { clear(); }

  std::size_t read(std::span<char> out) override {
    const std::size_t count = source_->read(out);
    read_ += count;
    const auto now = Clock::now();
    if (count == 0) {
      clear();
    } else if (now >= next_) {
      next_ = now + std::chrono::milliseconds(200);
      show();
    }
    return count;
  }
  [[nodiscard]] std::string_view error() const noexcept override { return source_->error(); }

 private:
  void show() {
    constexpr std::uint64_t kMegabyte = 1'000'000;
    is_shown_ = true;
    const std::string share = size_ && *size_ != 0 ? fmt::format(" ({} %)", 100 * read_ / *size_) : "";
    err_ << "\r\x1b[Kreading " << printable(name_) << ": " << read_ / kMegabyte << " MB" << share << std::flush;
  }
  void clear() {
    if (is_shown_) err_ << "\r\x1b[K" << std::flush;
    is_shown_ = false;
  }

  std::unique_ptr<ByteSource> source_;
  std::ostream& err_;
  std::string name_;
  std::optional<std::uint64_t> size_;
  std::uint64_t read_ = 0;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
  bool is_shown_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> with_progress(std::unique_ptr<ByteSource> source, std::ostream& err, std::string name,
                                          std::optional<std::uint64_t> size) {
  return std::make_unique<ProgressSource>(std::move(source), err, std::move(name), size);
}

WorkProgress::WorkProgress(std::ostream& err, bool is_shown, std::string name)
    : err_(err),
      is_shown_(is_shown),
      name_(std::move(name)),
      begin_(Clock::now()),
      next_(begin_ + std::chrono::seconds(1)) {}

WorkProgress::~WorkProgress() {
  if (has_line_) err_ << "\r\x1b[K" << std::flush;
}

void WorkProgress::tick() {
  if (!is_shown_) return;
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(500);
  has_line_ = true;
  err_ << fmt::format("\r{} {} s\x1b[K", name_, std::chrono::duration_cast<std::chrono::seconds>(now - begin_).count())
       << std::flush;
}

}  // namespace migplan::cli
