// Gathers the rows of an answer and says what a further row would need to be
// one of them, so that a search may leave out the rest.
#ifndef KUGGE_MATCHING_INDEX_ROW_COLLECTOR_H_
#define KUGGE_MATCHING_INDEX_ROW_COLLECTOR_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matching/index/best_rows.h"
#include "matching/pair_score.h"
#include "matching/rank.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

// What a search goes through a segment for, in this order. A document is met in
// at most one of the first two.
enum class Pass : uint8_t {
  // Those whom no demand of the requirement stands in the way of.
  kEligible,
  // Those of whom some such demand isn't known.
  kUncertain,
  // Those refused by few enough demands.
  kNearMiss
};

// A verdict on one pair, as far as a list needs it.
struct RowVerdict {
  Eligibility eligibility = Eligibility::kNotEligible;
  uint32_t order = 0;
  // Refused by nothing but demands of the requirement that can be learnt.
  bool only_learnable = false;
};

inline RowVerdict VerdictOf(const PairScore& pair, const Strategy& strategy) {
  if (pair.decided_early) return {};
  return {
      .eligibility = pair.hurdles.Verdict(strategy),
      .order = OrderOf(pair, strategy),
      .only_learnable = pair.hurdles.refused == pair.hurdles.refused_learnable};
}

template <typename Question, typename Document>
class RowCollector {
 public:
  // The document is held by the market that is searched. Where its id and what
  // holds it stand is named, so that neither is fetched before it decides.
  struct Row {
    Eligibility eligibility = Eligibility::kEligible;
    bool has_tie = false;
    uint32_t order = 0;
    const DocumentId* id = nullptr;
    const Document* document = nullptr;
    const std::shared_ptr<const Document>* holder = nullptr;
    // Once it was needed.
    Tie tie{};

    RowKey Key() const {
      return {
          .eligibility = eligibility, .order = order, .tie = tie, .to = *id};
    }
    const Document& Get() const {
      return document != nullptr ? *document : **holder;
    }
  };

  // Both outlive the collector.
  RowCollector(const Question& question, const RankRequest<Document>& request)
      : question_(question),
        request_(request),
        eligible_(OneMore(request.k), question),
        uncertain_(request.uncertain ? OneMore(request.k) : 0, question),
        near_misses_(request.near_misses, question),
        eligible_closed_(request.after.has_value() &&
                         request.after->eligibility ==
                             Eligibility::kUncertain) {}

  // The least order with which a document of the pass could still be a row;
  // nullopt where none could. A row of that order may be one, by its tie.
  std::optional<uint32_t> Least(Pass pass) const {
    switch (pass) {
      case Pass::kEligible:
        if (!eligible_closed_) return LeastOf(eligible_);
        return LeastOf(uncertain_);
      case Pass::kUncertain:
        if (eligible_.full()) return std::nullopt;
        return LeastOf(uncertain_);
      case Pass::kNearMiss:
        return LeastOf(near_misses_);
    }
    return std::nullopt;
  }

  // Whether the pass's list has all the rows that it can have, so that only
  // better ones matter.
  bool Full(Pass pass) const {
    const std::optional<uint32_t> least = Least(pass);
    return !least.has_value() || *least > 0;
  }

  // Verdicts offered.
  size_t judged() const { return judged_; }

  size_t capacity() const { return OneMore(request_.k); }

  // A verdict on a document, passed over where it can't be a row.
  // `named.Place(row)` fills in the row's id, and its document or what holds
  // it.
  template <typename Named>
  void Offer(const RowVerdict& verdict, const Named& named) {
    ++judged_;
    switch (verdict.eligibility) {
      case Eligibility::kEligible:
        if (!eligible_closed_) Add(eligible_, verdict, named, true);
        return;
      case Eligibility::kUncertain:
        if (!eligible_.full()) Add(uncertain_, verdict, named, true);
        return;
      case Eligibility::kNearMiss:
        if (verdict.only_learnable || !request_.learnable_near_misses_only) {
          Add(near_misses_, verdict, named, false);
        }
        return;
      case Eligibility::kNotEligible:
        return;
    }
  }

  // The rows of the main list, first one first: at most k, and whether there
  // are more. Leaves nothing behind.
  std::vector<Row> TakeRows(bool* more) {
    std::vector<Row> rows = eligible_.Take();
    for (const Row& row : uncertain_.Take()) {
      if (rows.size() > request_.k) break;
      rows.push_back(row);
    }
    *more = rows.size() > request_.k;
    if (*more) rows.resize(request_.k);
    return rows;
  }
  std::vector<Row> TakeNearMisses() { return near_misses_.Take(); }

 private:
  static size_t OneMore(size_t k) {
    return k == std::numeric_limits<size_t>::max() ? k : k + 1;
  }

  static std::optional<uint32_t> LeastOf(const BestRows<Row, Question>& top) {
    if (top.k() == 0) return std::nullopt;
    return top.least();
  }

  template <typename Named>
  void Add(BestRows<Row, Question>& top, const RowVerdict& verdict,
           const Named& named, bool paged) {
    if (top.k() == 0 || verdict.order < top.least()) return;
    Row row{.eligibility = verdict.eligibility, .order = verdict.order};
    named.Place(row);
    if (paged && request_.after.has_value() && !StandsAfter(row)) return;
    top.Add(row);
  }

  // After the last row of the page before.
  bool StandsAfter(Row row) const {
    const RowKey& after = *request_.after;
    if (row.eligibility != after.eligibility) {
      return row.eligibility > after.eligibility;
    }
    if (row.order != after.order) return row.order < after.order;
    row.tie = question_.TieWith(*row.id);
    return after < row.Key();
  }

  const Question& question_;
  const RankRequest<Document>& request_;
  // One more than asked for, which tells whether there is a next page.
  BestRows<Row, Question> eligible_;
  BestRows<Row, Question> uncertain_;
  BestRows<Row, Question> near_misses_;
  size_t judged_ = 0;
  // The page begins among the UNCERTAIN rows.
  const bool eligible_closed_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_ROW_COLLECTOR_H_
