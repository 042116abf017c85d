#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/peer.h"
#include "tests/bench/report.h"
#include "tests/bench/skills_figures.h"

namespace kugge::bench {
namespace {

// At a million people, by Filter.
struct Bar {
  double goals[3];
  // Microseconds that the peer was measured at when the goals were set; a peer
  // that is over 1.5 times slower here says nothing.
  double known[3];
  size_t queries;
};
constexpr Bar kXapianBar = {{40, 300, 150}, {8'188, 27'691, 5'824}, 150};
constexpr Bar kPostgresBar = {{450, 750, 200}, {102'334, 55'766, 51'170}, 40};
constexpr double kVoidFactor = 1.5;
constexpr uint32_t kBarPeople = 1'000'000;

void PrintRatio(const SkillsBench& bench, Filter filter, const std::string& id,
                double peer, double engine, const Bar& bar) {
  const auto f = static_cast<size_t>(filter);
  if (bench.options.people == kBarPeople && peer > kVoidFactor * bar.known[f]) {
    Figure(id, "ratio", peer / engine, "x");
    Note(absl::StrCat(id, " is void: the peer took ", peer,
                      " us, over 1.5 times the ", bar.known[f],
                      " us it is known for"));
    return;
  }
  Figure(id, "ratio", peer / engine, "x", Goal::kAtLeast, bar.goals[f]);
}

void PrintAgainst(SkillsBench& bench, Peer& peer, Filter filter,
                  const Bar& bar) {
  const AskedList& asked = bench.asked[static_cast<size_t>(filter)];
  const size_t count = std::min(bar.queries, bench.queries.size());
  constexpr size_t kPasses = 2;
  Least ours(count);
  Least theirs(count);
  size_t differences = 0;
  for (size_t pass = 0; pass < kPasses; ++pass) {
    for (size_t i = 0; i < count; ++i) {
      const auto& weights = asked[i]->question.weights();
      double begin = NowMicros();
      const TopScores scores = peer.Top(bench.queries[i], weights, filter);
      theirs.Add(i, NowMicros() - begin);
      // The other system has left the caches as it likes them: the first
      // answer warms them, the faster of two counts.
      matching::RankAnswer answer;
      for (int again = 0; again < 2; ++again) {
        begin = NowMicros();
        answer = TopOf(bench.engine.market(), *asked[i]);
        ours.Add(i, NowMicros() - begin);
      }
      if (CertainOf(ScoresOf(answer)) != scores) ++differences;
    }
  }
  const std::string id = absl::StrCat("P3.", NameOf(filter), ".", peer.name());
  Note(absl::StrCat(
      id, " asks for instance: ",
      peer.Shown(bench.queries[0], asked[0]->question.weights(), filter)));
  Latencies(id, "peer", theirs);
  Figure(id, "engine_p50", ours.P50(), "us");
  PrintRatio(bench, filter, id, theirs.P50(), ours.P50(), bar);
  Check(absl::StrCat("P1.", NameOf(filter), ".", peer.name()), "differences",
        differences == 0,
        absl::StrCat(differences, " of ", count * kPasses, " goal 0"));
}

using MakePeer = std::unique_ptr<Peer> (*)(const Workload&, const Options&,
                                           std::string*);

void PrintPeer(SkillsBench& bench, const char* name, MakePeer make,
               const Bar& bar) {
  std::string why;
  const double begin = NowMicros();
  const std::unique_ptr<Peer> peer = make(bench.workload, bench.options, &why);
  if (peer == nullptr) {
    if (bench.options.Names("P3")) {
      Check(absl::StrCat("P3.", name), "peer", false, why);
    } else {
      Note(absl::StrCat("P3.", name, " left out: ", why));
    }
    return;
  }
  Figure(absl::StrCat("P3.", name), "build", (NowMicros() - begin) / 1e6, "s");
  for (const Filter filter : kFilters) PrintAgainst(bench, *peer, filter, bar);
}

}  // namespace

void PrintPeers(SkillsBench& bench) {
  PrintPeer(bench, "xapian", MakeXapian, kXapianBar);
  PrintPeer(bench, "postgres", MakePostgres, kPostgresBar);
}

}  // namespace kugge::bench
