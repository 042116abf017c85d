// The figures of the service and its store: each prints its own lines.
#ifndef KUGGE_TESTS_BENCH_SERVICE_FIGURES_H_
#define KUGGE_TESTS_BENCH_SERVICE_FIGURES_H_

#include <string>
#include <vector>

#include "services/server/server.h"
#include "tests/bench/options.h"
#include "tests/bench/service_market.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

// Match calls against an empty echo; `size` names the population, as "200k".
void PrintCalls(const Options& options, const server::Server& server,
                const std::vector<Query>& queries, const std::string& size);
// Durable upserts against a raw WriteBatch, and many writers against one. The
// folder of `market` holds `people` and no server has it.
void PrintWrites(const Options& options, const Workload& workload,
                 const ServiceMarket& market, uint32_t people);
// Ready after a restart against a bare iterate and parse.
void PrintReady(const Options& options, const Workload& workload,
                const ServiceMarket& market);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_SERVICE_FIGURES_H_
