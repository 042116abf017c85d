// A data folder of the server with the skills-only workload in it, and the
// requests that ask about it.
#ifndef KUGGE_TESTS_BENCH_SERVICE_MARKET_H_
#define KUGGE_TESTS_BENCH_SERVICE_MARKET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "kugge/v1/match_service.pb.h"
#include "kugge/v1/profile.pb.h"
#include "services/server/server.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

// As a server keeps it.
v1::Profile ToProfile(const Person& person, uint64_t index);

class ServiceMarket {
 public:
  // Makes the folder: taxonomy, tenant, employer and one requirement a query
  // and kind of question; nobody in it yet. `workload` outlives it.
  ServiceMarket(const Workload& workload, std::string data_dir,
                const std::vector<Query>& queries);

  // Writes people into the store, beside any server. Those before `begin` are
  // there already.
  void AddPeople(uint32_t begin, uint32_t end) const;

  // A server on the folder, ready; `seconds` is what that took.
  std::unique_ptr<server::Server> Start(double* seconds) const;

  const std::string& data_dir() const { return data_dir_; }

 private:
  void AddRequirements(const std::vector<Query>& queries) const;

  const Workload& workload_;
  const std::string data_dir_;
};

// The question for the `index`th query.
v1::MatchProfilesRequest ToRequest(const Query& query, size_t index,
                                   Filter filter);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_SERVICE_MARKET_H_
