// Ctrl-C and SIGTERM as an end that the command can speak about.
#ifndef KUGGE_CLIENTS_CTL_INTERRUPTION_H_
#define KUGGE_CLIENTS_CTL_INTERRUPTION_H_

#include <atomic>
#include <functional>
#include <thread>

namespace kugge::ctl {

// While one lives, the first SIGINT or SIGTERM calls `stop`, on another thread,
// instead of ending the program; a second one ends it as ever. One at a time.
class Interruption {
 public:
  explicit Interruption(std::function<void()> stop);
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  bool happened() const { return happened_; }

 private:
  void WaitForSignal();

  const std::function<void()> stop_;
  std::atomic<bool> happened_ = false;
  // What a signal handler may do is write a byte: read at [0].
  int pipe_[2] = {-1, -1};
  std::thread waiter_;
};

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_INTERRUPTION_H_
