// A method of the service asked over gRPC, one question at a time, each
// followed by an empty call of the same sizes.
#ifndef KUGGE_TESTS_BENCH_TIMED_METHOD_H_
#define KUGGE_TESTS_BENCH_TIMED_METHOD_H_

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>

#include "tests/bench/options.h"

namespace kugge::bench {

// Questions asked before anything is timed: those after options.queries.
inline constexpr size_t kWarmUp = 20;

// One method as it is asked. `ask` encodes the question `i`.
struct Method {
  std::string id;
  std::string name;
  // Of the slowest in a hundred; absent: a plain figure.
  std::optional<double> goal_ms{};
  std::function<std::string(size_t)> ask;
  // What an answer tells beside its time.
  std::function<void(const std::string&)> look = [](const std::string&) {};
};

// Dies where it is none.
template <typename Answer>
Answer Parsed(const std::string& bytes) {
  Answer answer;
  if (!answer.ParseFromString(bytes)) std::abort();
  return answer;
}

// As a client calls this method of MatchService.
std::string PathOf(const std::string& name);

// Prints how long a call takes, and the empty call.
void PrintMethod(const Options& options, const std::string& address,
                 const Method& method);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_TIMED_METHOD_H_
