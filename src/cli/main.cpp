#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <system_error>
#include <thread>

#include "env.hpp"
#include "interrupt.hpp"

namespace {

class StandardOutput final : public migplan::cli::Output {
 public:
  void write(std::string_view bytes) override {
    while (!bytes.empty() && error_.empty() && !is_closed_) {
      const ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
      if (count >= 0) {
        bytes.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno == EPIPE) {
        is_closed_ = true;
      } else if (errno != EINTR) {
        error_ = std::error_code(errno, std::generic_category()).message();
      }
    }
  }
  [[nodiscard]] std::string error() const override { return error_; }
  [[nodiscard]] bool is_closed() const override { return is_closed_; }

 private:
  std::string error_;
  bool is_closed_ = false;
};

class StandardInput final : public migplan::ByteSource {
 public:
  std::size_t read(std::span<char> out) override {
    for (;;) {
      const ssize_t count = ::read(STDIN_FILENO, out.data(), out.size());
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno == EINTR) continue;
      error_ = "cannot be read: " + std::error_code(errno, std::generic_category()).message();
      return 0;
    }
  }
  [[nodiscard]] std::string_view error() const noexcept override { return error_; }

 private:
  std::string error_;
};

std::size_t terminal_width() {
  winsize size{};
  constexpr std::size_t kUsual = 80;
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : kUsual;
}

std::optional<std::string> variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

migplan::Date today() {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return migplan::Date::create(static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                               static_cast<unsigned>(day.day()))
      .value_or(migplan::Date{});
}

}  // namespace

int main(int count, char** values) {
  migplan::cli::handle_interrupts();
  const auto disk = migplan::cli::real_disk();
  StandardInput in;
  StandardOutput out;
  migplan::cli::Env env{.disk = *disk,
                        .in = in,
                        .out = out,
                        .err = std::cerr,
                        .variable = variable,
                        .today = today,
                        .elapsed =
                            [begin = std::chrono::steady_clock::now()] {
                              return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
                            },
                        .catch_interrupts =
                            [] {
                              migplan::cli::catch_interrupt();
                              return std::function<bool()>(migplan::cli::was_interrupted);
                            },
                        .is_out_terminal = ::isatty(STDOUT_FILENO) != 0,
                        .is_err_terminal = ::isatty(STDERR_FILENO) != 0,
                        .terminal_width = terminal_width(),
                        .processors = std::max(1U, std::thread::hardware_concurrency())};
  const int code = migplan::cli::run({values + 1, values + count}, env);
  // Nothing is left to do that the system does not do faster: a million services need not be freed one by one.
  std::cerr.flush();
  std::_Exit(code);
}
