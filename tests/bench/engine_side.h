// The engine with the skills-only workload loaded, asked through the public
// functions of matching/rank.h alone.
#ifndef KUGGE_TESTS_BENCH_ENGINE_SIDE_H_
#define KUGGE_TESTS_BENCH_ENGINE_SIDE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/market.h"
#include "matching/rank.h"
#include "tests/bench/documents.h"
#include "tests/bench/must.h"
#include "tests/bench/top_scores.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

// A question, ready to be timed: it was compiled before.
struct AskedForPeople {
  matching::CompiledRequirement question;
  matching::RankRequest<matching::PersonFeatures> request;
};
struct AskedForRequirements {
  matching::CompiledPerson question;
  matching::RankRequest<matching::RequirementFeatures> request;
};

// By the place of what asks, such as that in Workload::Queries.
template <typename Asked>
using ListOf = std::vector<std::unique_ptr<const Asked>>;
using AskedList = ListOf<AskedForPeople>;

// A request for the first `kTop` rows within `region`; empty: anywhere.
template <typename Document>
matching::RankRequest<Document> MakeRequest(
    const std::vector<matching::MunicipalityIndex>& region,
    matching::Days today = 0) {
  matching::RankRequest<Document> request;
  request.today = today;
  request.k = kTop;
  if (!region.empty()) request.municipalities = region;
  return request;
}

class EngineSide {
 public:
  // `workload` outlives it.
  EngineSide(const Workload& workload, uint32_t people);
  EngineSide(const EngineSide&) = delete;
  EngineSide& operator=(const EngineSide&) = delete;

  const matching::Market& market() const { return *market_; }
  std::shared_ptr<const matching::Market> shared_market() const {
    return market_;
  }
  uint32_t people() const { return people_; }
  const matching::Scoring& scoring() const { return scoring_; }

  // What the load took: seconds of Market::Apply, bytes it left behind, bytes
  // of the documents given to it, postings (skills and occupations).
  double build_seconds() const { return build_seconds_; }
  size_t index_bytes() const { return index_bytes_; }
  size_t document_bytes() const { return document_bytes_; }
  size_t postings() const { return postings_; }

  AskedList Ask(const std::vector<Query>& queries, Filter filter) const;

 private:
  uint32_t people_;
  matching::ConceptGraph graph_;
  matching::Scoring scoring_;
  std::shared_ptr<const matching::Market> market_;
  double build_seconds_ = 0;
  size_t index_bytes_ = 0;
  size_t document_bytes_ = 0;
  size_t postings_ = 0;
};

inline matching::RankAnswer TopOf(const matching::Market& market,
                                  const AskedForPeople& asked) {
  return Must(matching::TopPeople(market, asked.question, asked.request));
}

inline matching::RankAnswer TopOf(const matching::Market& market,
                                  const AskedForRequirements& asked) {
  return Must(matching::TopRequirements(market, asked.question, asked.request));
}

// The same by looking at every document.
inline matching::RankAnswer ExhaustiveTopOf(const matching::Market& market,
                                            const AskedForPeople& asked) {
  return Must(
      matching::ExhaustiveTopPeople(market, asked.question, asked.request));
}

inline matching::RankAnswer ExhaustiveTopOf(const matching::Market& market,
                                            const AskedForRequirements& asked) {
  return Must(matching::ExhaustiveTopRequirements(market, asked.question,
                                                  asked.request));
}

TopScores ScoresOf(const matching::RankAnswer& answer);

// Same ids in the same order, with the same scores.
bool SameRows(const matching::RankAnswer& a, const matching::RankAnswer& b);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_ENGINE_SIDE_H_
