#include "interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>
#include <cstring>

namespace migplan::cli {
namespace {

// What a signal handler may touch: bytes that are complete before the flag is set.
std::array<char, PATH_MAX> temporary_path{};
std::atomic<bool> has_temporary{false};

extern "C" void on_interrupt(int signal_number) {
  if (has_temporary.load(std::memory_order_acquire)) ::unlink(temporary_path.data());
  constexpr int kSignalBase = 128;
  ::_exit(kSignalBase + signal_number);
}

}  // namespace

void handle_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

void remove_when_interrupted(const std::string& path) {
  has_temporary.store(false, std::memory_order_release);
  if (path.empty() || path.size() >= temporary_path.size()) return;
  std::memcpy(temporary_path.data(), path.c_str(), path.size() + 1);
  has_temporary.store(true, std::memory_order_release);
}

}  // namespace migplan::cli
