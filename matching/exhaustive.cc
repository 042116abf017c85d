// Every candidate looked at, in no particular order: what the index is tested
// and measured against.
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matching/constants.h"
#include "matching/index/row_collector.h"
#include "matching/rank.h"
#include "matching/rows.h"

namespace kugge::matching {
namespace {

template <typename Question, typename Document>
absl::StatusOr<RankAnswer> Scan(const DocumentTable<Document>& table,
                                const Question& question,
                                const RankRequest<Document>& request) {
  RowCollector<Question, Document> collector(question, request);
  RankCounts counts;
  typename Question::Scratch scratch;
  size_t visited = 0;
  const bool finished = table.ForEach([&](const Document& document) {
    if (visited++ % kDocumentsPerPoll == 0 && request.cancelled &&
        request.cancelled()) {
      return false;
    }
    if (!Admits(request, document)) return true;
    const RowVerdict verdict =
        VerdictOf(question.Score(document, scratch), question.strategy());
    if (verdict.eligibility == Eligibility::kEligible) ++counts.eligible;
    if (verdict.eligibility == Eligibility::kUncertain && request.uncertain) {
      ++counts.uncertain;
    }
    collector.Offer(verdict, NamedDocument<Document>{document});
    return true;
  });
  if (!finished) return absl::CancelledError("the match was cancelled");
  RankAnswer answer = TakeAnswer(question, collector);
  answer.counts = counts;
  return answer;
}

}  // namespace

absl::StatusOr<RankAnswer> ExhaustiveTopRequirements(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request) {
  return Scan(market.requirements(), person, request);
}

absl::StatusOr<RankAnswer> ExhaustiveTopPeople(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request) {
  return Scan(market.people(), requirement, request);
}

}  // namespace kugge::matching
