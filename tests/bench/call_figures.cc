#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/load.h"
#include "tests/bench/report.h"
#include "tests/bench/service_figures.h"

namespace kugge::bench {
namespace {

constexpr char kMethod[] = "/kugge.v1.MatchService/MatchProfiles";
constexpr size_t kInFlight = 32;

// In percent of the echo's rate; 0: none.
double GoalOf(const std::string& size, Filter filter) {
  if (size == "200k" && filter == Filter::kRegion) return 65;
  if (size == "200k" && filter == Filter::kRegionAndMust) return 75;
  if (size == "1M" && filter == Filter::kRegion) return 40;
  return 0;
}

Calls CallsOf(const std::vector<Query>& queries, Filter filter) {
  Calls calls{.method = kMethod, .requests = {}};
  for (size_t i = 0; i < queries.size(); ++i) {
    calls.requests.push_back(
        ToRequest(queries[i], i, filter).SerializeAsString());
  }
  return calls;
}

// An empty call of the same sizes.
Calls EchoCallsOf(const Calls& calls) {
  Calls echo{.method = EchoServer::Method(), .requests = {}};
  for (const std::string& request : calls.requests) {
    echo.requests.push_back(EchoServer::RequestOf(request.size()));
  }
  return echo;
}

void PrintKind(const Options& options, const std::string& address,
               const std::vector<Query>& queries, const std::string& size,
               Filter filter) {
  const Calls calls = CallsOf(queries, filter);
  const double answer_bytes =
      RunLoad(address, calls, kInFlight, 0.3).answer_bytes;
  const EchoServer echo(static_cast<size_t>(answer_bytes));
  const Calls echo_calls = EchoCallsOf(calls);
  RunLoad(echo.address(), echo_calls, kInFlight, 0.3);
  const size_t rounds = options.quick ? 3 : 5;
  const double seconds = options.quick ? 0.7 : 2;
  std::vector<double> shares;
  std::vector<double> rates;
  std::vector<double> echo_rates;
  for (size_t round = 0; round < rounds; ++round) {
    echo_rates.push_back(RunLoad(echo.address(), echo_calls, kInFlight, seconds)
                             .calls_per_second);
    rates.push_back(
        RunLoad(address, calls, kInFlight, seconds).calls_per_second);
    shares.push_back(100 * rates.back() / echo_rates.back());
  }
  const LoadResult alone = RunLoad(address, calls, 1, seconds);
  const std::string id = absl::StrCat("P5.", size, ".", NameOf(filter));
  Figure(id, "answer", answer_bytes, "bytes");
  Figure(id, "echo", Quantile(echo_rates, 0.5), "calls/s");
  Figure(id, "match", Quantile(rates, 0.5), "calls/s");
  Figure(id, "alone_p50", Quantile(alone.latencies, 0.50), "us");
  Figure(id, "alone_p99", Quantile(alone.latencies, 0.99), "us");
  const double goal = GoalOf(size, filter);
  if (goal > 0) {
    Figure(id, "share", Quantile(shares, 0.5), "%", Goal::kAtLeast, goal);
  } else {
    Figure(id, "share", Quantile(shares, 0.5), "%");
  }
}

}  // namespace

void PrintCalls(const Options& options, const server::Server& server,
                const std::vector<Query>& queries, const std::string& size) {
  for (const Filter filter : kFilters) {
    PrintKind(options, server.addresses().api, queries, size, filter);
  }
}

}  // namespace kugge::bench
