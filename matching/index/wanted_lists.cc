#include "matching/index/wanted_lists.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/relations.h"

namespace kugge::matching {
namespace {

// What is left of a credit toward an occupation that somebody wants less.
Thousandths Scaled(Thousandths credit, Level share) {
  return share >= kFullCredit
             ? credit
             : (credit * share + kFullCredit - 1) / kFullCredit;
}

}  // namespace

std::vector<std::pair<ConceptIndex, Thousandths>> LargestOfEach(
    std::vector<std::pair<ConceptIndex, Thousandths>> credits) {
  std::ranges::sort(credits, std::ranges::greater());
  const auto rest = std::ranges::unique(
      credits, {}, &std::pair<ConceptIndex, Thousandths>::first);
  credits.erase(rest.begin(), rest.end());
  std::ranges::reverse(credits);
  return credits;
}

uint16_t WorthOfWish(const Strategy& strategy, WishKind kind,
                     Thousandths credit) {
  const uint32_t a = strategy.score_factor;
  const Bp weight = strategy.wish_weights[static_cast<size_t>(kind)];
  return static_cast<uint16_t>(
      (strategy.reverse_factor * Contribution(weight, credit) + a - 1) / a);
}

Bp MostOfWishes(const Strategy& strategy, AskedKinds asked,
                AskedKinds bounded) {
  Bp most = 0;
  for (size_t i = 0; i < kWishKindCount; ++i) {
    const AskedKinds kind = OneKind(static_cast<WishKind>(i));
    if ((bounded & kind) != 0) continue;
    most += Contribution(
        strategy.wish_weights[i],
        (asked & kind) != 0 ? kFullCredit : strategy.not_asked_credit);
  }
  return most;
}

WantedLists::WantedLists(const PersonSegment& segment,
                         const CompiledRequirement& requirement)
    : segment_(segment), requirement_(requirement) {
  const Strategy& strategy = requirement.strategy();
  // Whoever asks nothing has its share of the order by the requirement's score,
  // which is no more than this.
  AddTerm(PostingKey::AskingNothing(),
          {.asking_nothing = true, .credit = kFullCredit});
  AddTerm(PostingKey::Wanting(kNoConcept),
          {.credit = strategy.not_asked_credit});
  std::vector<std::pair<ConceptIndex, Thousandths>> wanted;
  for (const ConceptIndex offered :
       requirement.requirement().facts.occupations) {
    ForEachFrom(requirement.graph(), offered, strategy.Satisfying(),
                [&](ConceptIndex occupation, const Relation& relation) {
                  wanted.emplace_back(occupation, relation.credit);
                });
  }
  for (const auto& [occupation, credit] : LargestOfEach(std::move(wanted))) {
    AddTerm(PostingKey::Wanting(occupation),
            {.occupation = occupation, .credit = credit});
  }
  std::ranges::sort(late_, std::ranges::greater(), &Term::most);
}

void WantedLists::AddTerm(PostingKey key, Term term) {
  const PostingLists::List list = segment_.held().Find(key);
  term.most = Worth(term.credit);
  if (list.empty() || term.most == 0) return;
  term.cursor = ListCursor(list);
  if (list.bits != nullptr) {
    late_.push_back(term);
  } else {
    early_.push_back(term);
    postings_ += list.size();
  }
}

uint16_t WantedLists::Worth(Thousandths credit) const {
  return WorthOfWish(requirement_.strategy(), WishKind::kOccupation, credit);
}

std::vector<LateList> WantedLists::Late() const {
  std::vector<LateList> lists;
  lists.reserve(late_.size());
  for (const Term& term : late_) {
    lists.push_back({.bits = term.cursor.list().bits,
                     .most = term.most,
                     .first = lists.empty()});
  }
  return lists;
}

void WantedLists::Fetch(const Block& block) const {
  for (const Term& term : early_) term.cursor.FetchPlace(block);
  for (const Term& term : early_) term.cursor.FetchDocuments(block);
}

void WantedLists::Add(const Block& block, BlockSums& sums, BlockSums& best) {
  for (Term& term : early_) {
    const bool scaled = term.occupation != kNoConcept;
    const PostingInfos infos = term.cursor.list().infos;
    term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
      uint16_t worth = term.most;
      if (scaled && infos[posting].level() < kFullCredit) {
        worth = Worth(Scaled(term.credit, infos[posting].level()));
      }
      if (worth <= best[at]) return;
      sums[at] = static_cast<uint16_t>(sums[at] + worth - best[at]);
      best[at] = worth;
    });
  }
  for (Term& term : early_) {
    term.cursor.ForEach(block, [&](DocNumber at, size_t) { best[at] = 0; });
  }
}

uint16_t WantedLists::EarlyOf(DocNumber person) const {
  if (early_.empty()) return 0;
  const bool asks = segment_.Asks(person);
  const std::span<const WantedOccupation> wanted =
      segment_.WantedBy(segment_.TermsOf(person));
  uint16_t best = 0;
  for (const Term& term : early_) {
    if (term.most <= best) continue;
    if (term.occupation == kNoConcept) {
      const bool named = term.asking_nothing ? !asks : asks && wanted.empty();
      if (named) best = term.most;
      continue;
    }
    for (const WantedOccupation& occupation : wanted) {
      if (occupation.concept_index != term.occupation) continue;
      const auto share = ShareOfWanted(occupation, wanted);
      best = std::max(best, Worth(Scaled(term.credit, share)));
    }
  }
  return best;
}

uint16_t WantedLists::LateOf(DocNumber person) const {
  for (const Term& term : late_) {
    if (term.cursor.list().Has(person)) return term.most;
  }
  return 0;
}

}  // namespace kugge::matching
