#include "clients/ctl/interruption.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace kugge::ctl {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM};
constexpr char kSignal = 's';
constexpr char kEnd = 'e';

// The only state that a signal handler can reach.
std::atomic<int> write_end = -1;

void Tell(int file, char what) {
  while (write(file, &what, 1) < 0 && errno == EINTR) {
  }
}

extern "C" void OnSignal(int) {
  const int saved = errno;
  Tell(write_end, kSignal);
  errno = saved;
}

void Handle(void (*handler)(int), int flags) {
  for (const int number : kSignals) {
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(number, &action, nullptr);
  }
}

}  // namespace

// Without a pipe signals end the program, as they do outside.
Interruption::Interruption(std::function<void()> stop)
    : stop_(std::move(stop)) {
  if (pipe2(pipe_, O_CLOEXEC) != 0) return;
  waiter_ = std::thread([this] { WaitForSignal(); });
  write_end = pipe_[1];
  Handle(OnSignal, SA_RESTART | static_cast<int>(SA_RESETHAND));
}

Interruption::~Interruption() {
  if (!waiter_.joinable()) return;
  Handle(SIG_DFL, 0);
  Tell(pipe_[1], kEnd);
  waiter_.join();
  write_end = -1;
  close(pipe_[0]);
  close(pipe_[1]);
}

void Interruption::WaitForSignal() {
  for (;;) {
    char what = kEnd;
    const ssize_t bytes = read(pipe_[0], &what, 1);
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes != 1 || what == kEnd) return;
    happened_ = true;
    stop_();
  }
}

}  // namespace kugge::ctl
