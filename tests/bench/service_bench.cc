// The service and its store: figures P5, P8 and the start of P10.
#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/log.h"
#include "tests/bench/options.h"
#include "tests/bench/report.h"
#include "tests/bench/service_figures.h"

namespace kugge::bench {
namespace {

constexpr uint32_t kSmallPeople = 200'000;
constexpr size_t kQueries = 200;
// A filter may be 2,000 bytes long.
constexpr size_t kMostPlaces = 75;

// Those whose region a filter can name.
std::vector<Query> AskableQueries(const Workload& workload) {
  std::vector<Query> queries = workload.Queries(4 * kQueries);
  std::erase_if(queries, [](const Query& query) {
    return query.region.size() > kMostPlaces;
  });
  queries.resize(std::min(queries.size(), kQueries));
  return queries;
}

void PrintAll(const Options& options) {
  const Workload workload;
  const std::vector<Query> queries = AskableQueries(workload);
  const ServiceMarket market(workload, absl::StrCat(options.folder, "/data"),
                             queries);
  const uint32_t small = std::min(kSmallPeople, options.people);
  double begin = NowMicros();
  market.AddPeople(0, small);
  Note(absl::StrCat("service: ", small, " people, ", queries.size(),
                    " requirements with up to ", kMostPlaces,
                    " municipalities in the filter, written in ",
                    (NowMicros() - begin) / 1e6, " s"));
  double seconds = 0;
  if (options.Wants("P5")) {
    PrintCalls(options, *market.Start(&seconds), queries, "200k");
  }
  if (options.Wants("P8")) PrintWrites(options, workload, market, small);
  if (options.people > small) {
    begin = NowMicros();
    market.AddPeople(small, options.people);
    Note(absl::StrCat("service: ", options.people, " people, written in ",
                      (NowMicros() - begin) / 1e6, " s"));
    if (options.Wants("P5")) {
      PrintCalls(options, *market.Start(&seconds), queries, "1M");
    }
  }
  if (options.Wants("P10")) PrintReady(options, workload, market);
}

}  // namespace

int Main(int argc, char** argv) {
  const Options options = ParseOptions(argc, argv);
  kugge::SetMinimumLogLevel(kugge::LogLevel::kWarning);
  PrintAll(options);
  return ExitCode();
}

}  // namespace kugge::bench

int main(int argc, char** argv) { return kugge::bench::Main(argc, argv); }
