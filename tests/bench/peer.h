// Another system that answers the workload's questions.
#ifndef KUGGE_TESTS_BENCH_PEER_H_
#define KUGGE_TESTS_BENCH_PEER_H_

#include <memory>
#include <string>
#include <vector>

#include "matching/types.h"
#include "tests/bench/options.h"
#include "tests/bench/top_scores.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

class Peer {
 public:
  virtual ~Peer() = default;
  virtual const char* name() const = 0;
  // The best rows. With a must-have only those who hold it, where the engine
  // also lists those who haven't said: the smaller question.
  virtual TopScores Top(const Query& query,
                        const std::vector<matching::Bp>& weights,
                        Filter filter) = 0;
  // The question as the system is given it.
  virtual std::string Shown(const Query& query,
                            const std::vector<matching::Bp>& weights,
                            Filter filter) const = 0;
};

// Each loads the workload; null, and `why` told, where that can't be.
std::unique_ptr<Peer> MakeXapian(const Workload& workload,
                                 const Options& options, std::string* why);
std::unique_ptr<Peer> MakePostgres(const Workload& workload,
                                   const Options& options, std::string* why);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_PEER_H_
