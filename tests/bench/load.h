// A client that keeps a number of calls in flight, and an empty server to tell
// what the calling itself costs.
#ifndef KUGGE_TESTS_BENCH_LOAD_H_
#define KUGGE_TESTS_BENCH_LOAD_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace kugge::bench {

// `method` as "/kugge.v1.MatchService/MatchProfiles"; encoded requests.
struct Calls {
  std::string method;
  std::vector<std::string> requests;
};

struct LoadResult {
  double calls_per_second = 0;
  // Mean size of an answer.
  double answer_bytes = 0;
  // Microseconds from the call to its end.
  std::vector<double> latencies;
};

// One thread asks `address` in a closed loop for so long. Dies where a call
// fails.
LoadResult RunLoad(const std::string& address, const Calls& calls,
                   size_t in_flight, double seconds);

// One call at a time, over one channel. Its calls die where they fail.
class Caller {
 public:
  explicit Caller(const std::string& address);
  ~Caller();

  // The encoded answer; `micros` is how long the call took.
  std::string Call(const std::string& method, const std::string& request,
                   double* micros);

 private:
  struct Channel;

  std::unique_ptr<Channel> channel_;
};

// Answers every call with as many bytes as it was made with; on gRPC's
// synchronous API, as kugged is.
class EchoServer {
 public:
  explicit EchoServer(size_t answer_bytes);
  ~EchoServer();

  const std::string& address() const { return address_; }
  static const char* Method();
  // A request of about as many bytes.
  static std::string RequestOf(size_t bytes);

 private:
  class Service;
  struct Running;

  std::unique_ptr<Running> running_;
  std::string address_;
};

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_LOAD_H_
