#include "interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace migplan::cli {
namespace {

// What a signal handler may touch: entries that are complete before they join the list, and never leave it.
struct Temporary {
  std::string path;
  std::atomic<bool> is_there{true};
  Temporary* next = nullptr;
};
std::atomic<Temporary*> newest{nullptr};

void remove_temporaries() noexcept {
  for (const Temporary* at = newest.load(std::memory_order_acquire); at != nullptr; at = at->next) {
    if (at->is_there.load(std::memory_order_acquire)) ::unlink(at->path.c_str());
  }
}

std::atomic<bool> is_caught{false}, was_caught{false};

extern "C" void on_interrupt(int signal_number) {
  if (signal_number == SIGINT && is_caught.exchange(false)) {
    was_caught = true;
    return;
  }
  remove_temporaries();
  constexpr int kSignalBase = 128;
  ::_exit(kSignalBase + signal_number);
}

// A failed assertion has said what is wrong.
extern "C" void on_abort(int) {
  constexpr int kOurBug = 70;
  remove_temporaries();
  ::_exit(kOurBug);
}

}  // namespace

void handle_interrupts() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::sigaction(SIGQUIT, &action, nullptr);
  struct sigaction hangup {};
  const bool is_ignored = ::sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler == SIG_IGN;  // nohup
  if (!is_ignored) ::sigaction(SIGHUP, &action, nullptr);
  action.sa_handler = on_abort;
  ::sigaction(SIGABRT, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write, told as one
}

void catch_interrupt() { is_caught = true; }

bool was_interrupted() noexcept { return was_caught; }

namespace {

sigset_t interrupting_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&signals, number);
  return signals;
}

}  // namespace

InterruptPause::InterruptPause() {
  const sigset_t signals = interrupting_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

InterruptPause::~InterruptPause() {
  const sigset_t signals = interrupting_signals();
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void remove_when_interrupted(const std::string& path) {
  auto* const entry = new Temporary{.path = path};
  entry->next = newest.load(std::memory_order_acquire);
  while (!newest.compare_exchange_weak(entry->next, entry, std::memory_order_release)) {
  }
}

void keep_when_interrupted(const std::string& path) {
  for (Temporary* at = newest.load(std::memory_order_acquire); at != nullptr; at = at->next) {
    if (at->path == path) at->is_there.store(false, std::memory_order_release);
  }
}

}  // namespace migplan::cli
