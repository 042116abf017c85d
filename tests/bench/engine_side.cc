#include "tests/bench/engine_side.h"

#include <memory>
#include <utility>

#include "tests/bench/report.h"

namespace kugge::bench {

EngineSide::EngineSide(const Workload& workload, uint32_t people)
    : people_(people),
      graph_(PlainGraph()),
      scoring_{.graph = &graph_, .strategy = SkillsOnlyStrategy()} {
  Must(matching::Validate(scoring_.strategy));
  const size_t before = AllocatedBytes();
  matching::MarketChanges changes;
  changes.people.reserve(people);
  for (uint32_t i = 0; i < people; ++i) {
    const Person person = workload.PersonAt(i);
    postings_ += person.skills.size() + 1;
    auto features =
        std::make_shared<const matching::PersonFeatures>(ToFeatures(person, i));
    const matching::DocumentId id = features->id;
    changes.people.push_back({id, std::move(features)});
  }
  const size_t list = changes.people.capacity() * sizeof(changes.people[0]);
  document_bytes_ = AllocatedBytes() - before - list;
  const double begin = NowMicros();
  market_ = matching::Market().Apply(std::move(changes));
  build_seconds_ = (NowMicros() - begin) / 1e6;
  index_bytes_ = AllocatedBytes() - before - document_bytes_;
}

AskedList EngineSide::Ask(const std::vector<Query>& queries,
                          Filter filter) const {
  AskedList asked;
  for (size_t i = 0; i < queries.size(); ++i) {
    const bool must = filter == Filter::kRegionAndMust;
    asked.push_back(std::make_unique<const AskedForPeople>(AskedForPeople{
        .question = matching::CompiledRequirement(
            ToFeatures(queries[i], i, must), scoring_),
        .request = MakeRequest<matching::PersonFeatures>(
            filter == Filter::kNone ? std::vector<matching::MunicipalityIndex>{}
                                    : queries[i].region)}));
  }
  return asked;
}

TopScores ScoresOf(const matching::RankAnswer& answer) {
  TopScores scores;
  for (const matching::Match& row : answer.rows) {
    if (row.score == 0) continue;
    scores.push_back(
        {.uncertain = row.eligibility == matching::Eligibility::kUncertain,
         .score = row.score});
  }
  return scores;
}

bool SameRows(const matching::RankAnswer& a, const matching::RankAnswer& b) {
  if (a.rows.size() != b.rows.size()) return false;
  for (size_t i = 0; i < a.rows.size(); ++i) {
    if (!(a.rows[i] == b.rows[i])) return false;
  }
  return true;
}

}  // namespace kugge::bench
