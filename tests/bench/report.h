// How benchmarks say what they found: one line a figure.
#ifndef KUGGE_TESTS_BENCH_REPORT_H_
#define KUGGE_TESTS_BENCH_REPORT_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kugge::bench {

// Which side of the goal is good.
enum class Goal { kAtLeast, kAtMost };

// Prints `<id> <name> <value> <unit> goal <goal> met|short`. Being short is
// information, not a failure.
void Figure(const std::string& id, const std::string& name, double value,
            const std::string& unit, Goal side, double goal);

// The same without a goal: what a ratio was made from.
void Figure(const std::string& id, const std::string& name, double value,
            const std::string& unit);

// A result that must hold whatever the machine. Prints `... met` or
// `... FAILED`, and makes ExitCode 1 when it doesn't.
void Check(const std::string& id, const std::string& name, bool holds,
           const std::string& words);

// 0, or 1 after a Check that didn't hold.
int ExitCode();

// What is told on the way; not a figure.
void Note(const std::string& words);

// The smallest value that `share` of them don't exceed; 0 of none.
double Quantile(std::vector<double> values, double share);

// Microseconds since some moment.
inline double NowMicros() {
  return std::chrono::duration<double, std::micro>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Bytes that malloc has handed out and not got back.
size_t AllocatedBytes();

// The least of several measurements of each of `count` things: neighbours on
// the machine only ever add.
class Least {
 public:
  explicit Least(size_t count) : micros_(count, -1.0) {}
  void Add(size_t i, double micros) {
    if (micros_[i] < 0 || micros < micros_[i]) micros_[i] = micros;
  }
  // Those that were measured.
  std::vector<double> Values() const;
  double P50() const { return Quantile(Values(), 0.50); }
  double P95() const { return Quantile(Values(), 0.95); }
  double P99() const { return Quantile(Values(), 0.99); }

 private:
  std::vector<double> micros_;
};

// Prints p50, p95 and p99 as `<name>_p50` and so on.
void Latencies(const std::string& id, const std::string& name,
               const Least& least);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_REPORT_H_
