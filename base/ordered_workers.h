// Work cut into pieces that are done on threads of their own and handed over in
// the order they were cut, whichever is done first. Memory is bounded: nothing
// is cut while as many results as may be wait to be taken.
#ifndef KUGGE_BASE_ORDERED_WORKERS_H_
#define KUGGE_BASE_ORDERED_WORKERS_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/mutex.h"
#include "base/status_macros.h"

namespace kugge {

// The calling thread is the one that takes results; the others end with this.
template <typename Piece, typename Result>
class OrderedWorkers {
 public:
  struct Options {
    // At least one of each.
    size_t threads = 1;
    // Most pieces that were cut and whose results weren't taken yet.
    size_t ahead = 1;
    // Called first by each thread, where it is given.
    std::function<void()> prepare = nullptr;
  };
  // The next piece, nothing at the end. Called by one worker at a time.
  using Cut = std::function<std::optional<Piece>()>;
  // Does a piece; several at once. Ends soon, with any result, once `stopped`
  // says so.
  using Work = std::function<absl::StatusOr<Result>(
      const Piece& piece, const std::function<bool()>& stopped)>;

  OrderedWorkers(const Options& options, Cut cut, Work work)
      : cut_(std::move(cut)), work_(std::move(work)), results_(options.ahead) {
    threads_.reserve(options.threads);
    for (size_t i = 0; i < options.threads; ++i) {
      threads_.emplace_back([this, prepare = options.prepare] {
        if (prepare) prepare();
        while (DoOne()) {
        }
      });
    }
  }

  // Stops what is under way and waits for it.
  ~OrderedWorkers() {
    {
      MutexLock lock(&mutex_);
      stopped_ = true;
      room_.NotifyAll();
    }
    for (std::thread& thread : threads_) thread.join();
  }

  OrderedWorkers(const OrderedWorkers&) = delete;
  OrderedWorkers& operator=(const OrderedWorkers&) = delete;

  // Waits for the next result; nothing at the end. Errors: a piece's own;
  // CANCELLED when `cancelled` says so, which is asked several times a second.
  // After an error there is nothing more to take.
  absl::StatusOr<std::optional<Result>> Next(
      absl::FunctionRef<bool()> cancelled) {
    for (;;) {
      if (cancelled()) return absl::CancelledError("told to stop");
      MutexLock lock(&mutex_);
      Slot& slot = SlotOf(taken_);
      if (slot.done) {
        Slot taken = std::exchange(slot, Slot{});
        ++taken_;
        room_.NotifyAll();
        KUGGE_RETURN_IF_ERROR(taken.status);
        return std::move(taken.result);
      }
      if (ended_ && taken_ == cut_count_) return std::optional<Result>();
      done_.WaitFor(&mutex_, kBetweenPolls);
    }
  }

 private:
  // A piece that was cut and not taken yet.
  struct Slot {
    bool done = false;
    // Of a piece that is done: OK with a result, or why there is none.
    absl::Status status{};
    std::optional<Result> result{};
  };

  static constexpr std::chrono::milliseconds kBetweenPolls{100};

  // False: there is nothing more to do.
  bool DoOne() {
    std::optional<Piece> piece;
    size_t number = 0;
    {
      // Pieces are cut one after the other; meanwhile results can be taken.
      MutexLock cutting(&cut_mutex_);
      if (!WaitForRoom()) return false;
      piece = cut_();
      MutexLock lock(&mutex_);
      if (!piece.has_value()) {
        ended_ = true;
        done_.NotifyAll();
        return false;
      }
      number = cut_count_++;
    }
    absl::StatusOr<Result> result =
        work_(*piece, [this] { return stopped_.load(); });
    MutexLock lock(&mutex_);
    Slot& slot = SlotOf(number);
    slot.done = true;
    slot.status = result.status();
    if (result.ok()) slot.result.emplace(*std::move(result));
    done_.NotifyAll();
    return true;
  }

  // False: nothing more is to be cut.
  bool WaitForRoom() {
    MutexLock lock(&mutex_);
    while (!stopped_ && !ended_ && cut_count_ - taken_ >= results_.size()) {
      room_.Wait(&mutex_);
    }
    return !stopped_ && !ended_;
  }

  Slot& SlotOf(size_t number) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return results_[number % results_.size()];
  }

  // Held while a piece is cut; taken before mutex_.
  Mutex cut_mutex_;
  const Cut cut_;
  const Work work_;

  Mutex mutex_;
  CondVar room_;
  CondVar done_;
  // By a piece's number; as many as may be ahead.
  std::vector<Slot> results_ ABSL_GUARDED_BY(mutex_);
  // Pieces cut, and results taken, so far.
  size_t cut_count_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t taken_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  // Written under mutex_; read without it by work under way.
  std::atomic<bool> stopped_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace kugge

#endif  // KUGGE_BASE_ORDERED_WORKERS_H_
