#include "matching/rank.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matching/constants.h"
#include "matching/pair_score.h"
#include "matching/top_k.h"

namespace kugge::matching {
namespace {

// A row of a list, ordered by its key.
struct Row {
  Match match{};

  friend bool operator<(const Row& a, const Row& b) {
    return KeyOf(a.match) < KeyOf(b.match);
  }
};

template <typename Document>
std::vector<Match> TakeMatches(const DocumentTable<Document>& table,
                               TopK<Row>& top) {
  std::vector<Match> matches;
  for (Row& row : top.Take()) {
    row.match.reference = table.Find(row.match.to)->reference;
    matches.push_back(std::move(row.match));
  }
  return matches;
}

// Takes the verdicts on candidates one by one and keeps what the answer needs.
template <typename Question, typename Document>
class Collector {
 public:
  Collector(const Question& question, const RankRequest<Document>& request)
      : question_(question),
        request_(request),
        rows_(request.k),
        near_misses_(request.near_misses) {}

  void Add(const DocumentId& to, const PairScore& pair) {
    const Eligibility eligibility =
        pair.decided_early ? Eligibility::kNotEligible
                           : pair.hurdles.Verdict(question_.strategy());
    ++answer_.documents_scored;
    ++answer_.eligibility_counts[static_cast<size_t>(eligibility)];
    if (eligibility == Eligibility::kNearMiss) {
      AddNearMiss(to, pair);
    } else if (eligibility == Eligibility::kEligible ||
               (eligibility == Eligibility::kUncertain && request_.uncertain)) {
      AddRow(to, pair);
    }
  }

  RankAnswer Take(const DocumentTable<Document>& table) {
    answer_.rows = TakeMatches(table, rows_);
    answer_.near_misses = TakeMatches(table, near_misses_);
    answer_.remaining = listed_ - answer_.rows.size();
    return std::move(answer_);
  }

 private:
  void AddNearMiss(const DocumentId& to, const PairScore& pair) {
    if (request_.learnable_near_misses_only &&
        pair.hurdles.refused != pair.hurdles.refused_learnable) {
      return;
    }
    Match match = ToMatch(pair, question_.strategy());
    if (!Interesting(near_misses_, match)) return;
    match.to = to;
    match.tie = question_.TieWith(to);
    near_misses_.Add({std::move(match)});
  }

  void AddRow(const DocumentId& to, const PairScore& pair) {
    Match match = ToMatch(pair, question_.strategy());
    match.to = to;
    if (request_.after.has_value() && !FollowsPageStart(match)) return;
    ++listed_;
    if (!Interesting(rows_, match)) return;
    match.tie = question_.TieWith(to);
    rows_.Add({std::move(match)});
  }

  // Class and order key mostly tell; the tie key is made for the rest only.
  bool FollowsPageStart(const Match& match) const {
    const RowKey& after = *request_.after;
    if (match.eligibility != after.eligibility) {
      return after.eligibility < match.eligibility;
    }
    if (match.order != after.order) return match.order < after.order;
    RowKey key = KeyOf(match);
    key.tie = question_.TieWith(match.to);
    return after < key;
  }

  // False when class and order key alone keep the row out; spares most rows
  // their tie key.
  static bool Interesting(const TopK<Row>& top, const Match& match) {
    if (top.k() == 0) return false;
    if (!top.full()) return true;
    const Match& last = top.last().match;
    if (match.eligibility != last.eligibility) {
      return match.eligibility < last.eligibility;
    }
    return match.order >= last.order;
  }

  const Question& question_;
  const RankRequest<Document>& request_;
  TopK<Row> rows_;
  TopK<Row> near_misses_;
  // Rows of the main list from the page's first one on.
  size_t listed_ = 0;
  RankAnswer answer_;
};

// Scores every candidate of `table`: the plain, exhaustive way.
template <typename Question, typename Document, typename IsCandidateFn>
absl::StatusOr<RankAnswer> Scan(const DocumentTable<Document>& table,
                                const Question& question,
                                const RankRequest<Document>& request,
                                IsCandidateFn is_candidate) {
  Collector<Question, Document> collector(question, request);
  typename Question::Scratch scratch;
  size_t visited = 0;
  const bool finished = table.ForEach([&](const Document& document) {
    if (visited++ % kDocumentsPerPoll == 0 && request.cancelled &&
        request.cancelled()) {
      return false;
    }
    if (is_candidate(document) &&
        (!request.filter || request.filter(document))) {
      collector.Add(document.id, question.Score(document, scratch));
    }
    return true;
  });
  if (!finished) return absl::CancelledError("the match was cancelled");
  return collector.Take(table);
}

Explanation InFull(const CompiledPerson& person,
                   const RequirementFeatures& requirement) {
  Explanation explanation;
  CompiledPerson::Scratch scratch;
  const PairScore pair = person.ScoreInFull(requirement, scratch, explanation);
  explanation.match = ToMatch(pair, person.strategy());
  return explanation;
}

}  // namespace

absl::StatusOr<RankAnswer> TopRequirements(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request) {
  return Scan(market.requirements(), person, request,
              [&](const RequirementFeatures& requirement) {
                return IsCandidate(requirement, request.tenant, request.today);
              });
}

absl::StatusOr<RankAnswer> TopPeople(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request) {
  return Scan(market.people(), requirement, request,
              [&](const PersonFeatures& person) {
                return IsCandidate(person, request.tenant, request.today);
              });
}

Explanation Explain(const CompiledPerson& person,
                    const RequirementFeatures& requirement) {
  Explanation explanation = InFull(person, requirement);
  explanation.match.to = requirement.id;
  explanation.match.reference = requirement.reference;
  explanation.match.tie = person.TieWith(requirement.id);
  return explanation;
}

Explanation Explain(const CompiledRequirement& requirement,
                    const PersonFeatures& person) {
  const CompiledPerson compiled(person, requirement.scoring());
  Explanation explanation = InFull(compiled, requirement.requirement());
  explanation.match.to = person.id;
  explanation.match.reference = person.reference;
  explanation.match.tie = requirement.TieWith(person.id);
  return explanation;
}

}  // namespace kugge::matching
