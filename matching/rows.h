// What both ways of answering a question share: who is asked for, and the rows
// of the keys that were found.
#ifndef KUGGE_MATCHING_ROWS_H_
#define KUGGE_MATCHING_ROWS_H_

#include <algorithm>
#include <utility>
#include <vector>

#include "matching/document_table.h"
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

// The keys' pairs, scored in full.
template <typename Document, typename Question>
std::vector<Match> MatchesOf(const DocumentTable<Document>& table,
                             const Question& question,
                             const std::vector<RowKey>& keys) {
  std::vector<Match> matches;
  matches.reserve(keys.size());
  typename Question::Scratch scratch;
  for (const RowKey& key : keys) {
    const Document& document = *table.Find(key.to);
    Match match =
        ToMatch(question.Score(document, scratch), question.strategy());
    match.to = key.to;
    match.tie = key.tie;
    match.reference = document.reference;
    matches.push_back(std::move(match));
  }
  return matches;
}

template <typename Document, typename Question>
RankAnswer TakeAnswer(const DocumentTable<Document>& table,
                      const Question& question,
                      RowCollector<Question, Document>& collector) {
  RankAnswer answer;
  answer.judged = collector.judged();
  answer.rows = MatchesOf(table, question, collector.TakeRows(&answer.more));
  answer.near_misses = MatchesOf(table, question, collector.TakeNearMisses());
  return answer;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_ROWS_H_
