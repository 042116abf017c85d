// What both ways of answering a question share: who is asked for, and the rows
// of the keys that were found.
#ifndef KUGGE_MATCHING_ROWS_H_
#define KUGGE_MATCHING_ROWS_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "matching/fetch_ahead.h"
#include "matching/index/row_collector.h"
#include "matching/market.h"
#include "matching/pair_score.h"
#include "matching/rank.h"

namespace kugge::matching {

inline MunicipalityIndex MunicipalityOf(const PersonFeatures& person) {
  return person.municipality;
}
inline MunicipalityIndex MunicipalityOf(
    const RequirementFeatures& requirement) {
  return requirement.facts.municipality;
}

// Whether the document is a candidate that passes the request's filter; its
// municipality is looked at by AdmitsPlace.
template <typename Document>
bool AdmitsFacets(const RankRequest<Document>& request,
                  const Document& document) {
  return IsCandidate(document, request.tenant, request.today) &&
         (!request.filter || request.filter(document));
}

template <typename Document>
bool AdmitsPlace(const RankRequest<Document>& request,
                 const Document& document) {
  return !request.municipalities.has_value() ||
         std::ranges::binary_search(*request.municipalities,
                                    MunicipalityOf(document));
}

template <typename Document>
bool Admits(const RankRequest<Document>& request, const Document& document) {
  return AdmitsPlace(request, document) && AdmitsFacets(request, document);
}

// A document that is at hand, as RowCollector::Offer wants it.
template <typename DocumentType>
struct NamedDocument {
  const DocumentType& document;

  template <typename Row>
  void Place(Row& row) const {
    row.id = &document.id;
    row.document = &document;
  }
};

// The rows' pairs, scored in full.
template <typename Row, typename Question>
std::vector<Match> MatchesOf(const Question& question,
                             const std::vector<Row>& rows) {
  std::vector<Match> matches;
  matches.reserve(rows.size());
  typename Question::Scratch scratch;
  VisitFetched(
      std::span<const Row>(rows), [](const Row& row) { return row.holder; },
      [](const Row& row) -> const auto& { return row.Get(); },
      [&](const Row& row) {
        const auto& document = row.Get();
        Match match =
            ToMatch(question.Score(document, scratch), question.strategy());
        match.to = *row.id;
        match.tie = row.tie;
        match.reference = document.reference;
        match.municipality = MunicipalityOf(document);
        matches.push_back(std::move(match));
      });
  return matches;
}

template <typename Document, typename Question>
RankAnswer TakeAnswer(const Question& question,
                      RowCollector<Question, Document>& collector) {
  RankAnswer answer;
  answer.judged = collector.judged();
  answer.rows = MatchesOf(question, collector.TakeRows(&answer.more));
  answer.near_misses = MatchesOf(question, collector.TakeNearMisses());
  return answer;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_ROWS_H_
