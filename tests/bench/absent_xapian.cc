// Stands in where Xapian's headers are missing.
#include "tests/bench/peer.h"

namespace kugge::bench {

std::unique_ptr<Peer> MakeXapian(const Workload&, const Options&,
                                 std::string* why) {
  *why = "built without libxapian-dev: see tests/bench/setup";
  return nullptr;
}

}  // namespace kugge::bench
