// Stands in where PostgreSQL's client headers are missing.
#include "tests/bench/peer.h"

namespace kugge::bench {

std::unique_ptr<Peer> MakePostgres(const Workload&, const Options&,
                                   std::string* why) {
  *why = "built without libpq-dev: see tests/bench/setup";
  return nullptr;
}

}  // namespace kugge::bench
