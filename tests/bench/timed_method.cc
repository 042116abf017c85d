#include "tests/bench/timed_method.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/load.h"
#include "tests/bench/report.h"

namespace kugge::bench {

std::string PathOf(const std::string& name) {
  return absl::StrCat("/kugge.v1.MatchService/", name);
}

void PrintMethod(const Options& options, const std::string& address,
                 const Method& method) {
  const std::string path = PathOf(method.name);
  Caller ours(address);
  double micros = 0;
  size_t bytes = 0;
  for (size_t i = 0; i < kWarmUp; ++i) {
    bytes += ours.Call(path, method.ask(options.queries + i), &micros).size();
  }
  const EchoServer echo(bytes / kWarmUp);
  Caller theirs(echo.address());
  for (size_t i = 0; i < kWarmUp; ++i) {
    theirs.Call(EchoServer::Method(), EchoServer::RequestOf(0), &micros);
  }
  std::vector<double> took;
  std::vector<double> echoed;
  bytes = 0;
  const double start = NowMicros();
  for (size_t i = 0;
       i < options.queries && NowMicros() - start < options.seconds * 1e6;
       ++i) {
    const std::string request = method.ask(i);
    const std::string answer = ours.Call(path, request, &micros);
    took.push_back(micros);
    const std::string same_size = EchoServer::RequestOf(request.size());
    theirs.Call(EchoServer::Method(), same_size, &micros);
    echoed.push_back(micros);
    bytes += answer.size();
    method.look(answer);
  }
  const auto asked = static_cast<double>(took.size());
  Figure(method.id, "asked", asked, "times");
  Figure(method.id, "answer", static_cast<double>(bytes) / asked, "bytes");
  Figure(method.id, "echo_p50", Quantile(echoed, 0.5) / 1e3, "ms");
  Figure(method.id, "p50", Quantile(took, 0.5) / 1e3, "ms");
  const double slowest = Quantile(took, 0.99) / 1e3;
  if (method.goal_ms.has_value()) {
    Figure(method.id, "p99", slowest, "ms", Goal::kAtMost, *method.goal_ms);
  } else {
    Figure(method.id, "p99", slowest, "ms");
  }
}

}  // namespace kugge::bench
