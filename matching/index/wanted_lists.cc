#include "matching/index/wanted_lists.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/wanted_shares.h"
#include "matching/relations.h"

namespace kugge::matching {

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
    : segment_(segment),
      units_(requirement.strategy()),
      weight_(requirement.strategy()
                  .wish_weights[static_cast<size_t>(WishKind::kOccupation)]) {
  const Strategy& strategy = requirement.strategy();
  AddWanted(CreditsOf(requirement));
  // Whoever asks nothing has its share of the order by the requirement's score,
  // which is no more than if all were fulfilled that the sums hold a bound for.
  const Bp of_distance =
      strategy.wish_weights[static_cast<size_t>(WishKind::kDistance)];
  worth_of_silence_ =
      AddNameless(PostingKey::AskingNothing(), weight_ + of_distance);
  worth_of_no_name_ =
      AddNameless(PostingKey::Wanting(kNoConcept),
                  Contribution(weight_, strategy.not_asked_credit));
}

// Several of the job's occupations may be related to a wanted one.
std::vector<WantedLists::Credit> WantedLists::CreditsOf(
    const CompiledRequirement& requirement) {
  std::vector<Credit> credits;
  for (const ConceptIndex offered :
       requirement.requirement().facts.occupations) {
    ForEachFrom(requirement.graph(), offered,
                requirement.strategy().Satisfying(),
                [&](ConceptIndex occupation, const Relation& relation) {
                  credits.push_back({.occupation = occupation,
                                     .credit = relation.credit,
                                     .satisfying = relation.satisfying});
                });
  }
  if (requirement.requirement().facts.occupations.size() < 2) return credits;
  std::ranges::sort(credits, {}, &Credit::occupation);
  size_t kept = 0;
  for (const Credit& credit : credits) {
    if (kept > 0 && credits[kept - 1].occupation == credit.occupation) {
      Credit& best = credits[kept - 1];
      best.credit = std::max(best.credit, credit.credit);
      best.satisfying |= credit.satisfying;
    } else {
      credits[kept++] = credit;
    }
  }
  credits.resize(kept);
  return credits;
}

void WantedLists::AddWanted(const std::vector<Credit>& credits) {
  const PostingLists& held = segment_.held();
  for (const Credit& credit : credits) {
    held.FetchNumber(PostingKey::Wanting(credit.occupation));
  }
  const WantedShares& shares = WantedShares::Get();
  wanted_.reserve(credits.size());
  for (const Credit& credit : credits) {
    const PostingLists::List& list =
        held.Find(PostingKey::Wanting(credit.occupation));
    if (list.empty()) continue;
    postings_ += list.size();
    wanted_.push_back({.cursor = ListCursor(list),
                       .given = given_.size(),
                       .right = credit.satisfying ? WishMark::kRightOccupation
                                                  : uint16_t{0}});
    for (const PostingInfo info : list.infos.different()) {
      const Bp score =
          Contribution(weight_, shares.Scaled(credit.credit, info.level()));
      given_.push_back({.score = static_cast<uint16_t>(score),
                        .worth = units_.WorthOf(score)});
    }
  }
}

uint16_t WantedLists::AddNameless(PostingKey key, Bp score) {
  const PostingLists::List& list = segment_.held().Find(key);
  const uint16_t worth = units_.WorthOf(score);
  if (list.empty() || worth == 0) return worth;
  const Nameless nameless{.cursor = ListCursor(list), .worth = worth};
  if (list.bits != nullptr) {
    late_.push_back(nameless);
  } else {
    nameless_.push_back(nameless);
    postings_ += list.size();
  }
  return worth;
}

std::vector<LateList> WantedLists::Late() const {
  std::vector<LateList> lists;
  lists.reserve(late_.size());
  for (const Nameless& nameless : late_) {
    lists.push_back({.bits = nameless.cursor.list().bits,
                     .most = nameless.worth,
                     .first = true});
  }
  return lists;
}

// Nobody stands in two of them.
uint16_t WantedLists::late_most() const {
  uint16_t most = 0;
  for (const Nameless& nameless : late_) most = std::max(most, nameless.worth);
  return most;
}

void WantedLists::Fetch(const Block& block) const {
  for (const Wanted& wanted : wanted_) wanted.cursor.FetchPlace(block);
  for (const Nameless& nameless : nameless_) nameless.cursor.FetchPlace(block);
  for (const Wanted& wanted : wanted_) wanted.cursor.FetchBlock(block);
  for (const Nameless& nameless : nameless_) {
    nameless.cursor.FetchDocuments(block);
  }
}

// Without a branch that depends on a person: which way it goes is anybody's
// guess.
void WantedLists::Add(const Block& block, BlockSums& sums, BlockSums& marks) {
  for (Wanted& wanted : wanted_) {
    const Given* const by_code = given_.data() + wanted.given;
    const uint16_t right = wanted.right;
    wanted.cursor.list().infos.WithCodes([&](auto codes) {
      wanted.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
        const Given given = by_code[codes[posting]];
        const uint16_t before = marks[at];
        const uint16_t had = WorthOf(before);
        const auto best =
            std::max<uint16_t>(before & WishMark::kScore, given.score);
        sums[at] =
            static_cast<uint16_t>(sums[at] + std::max(had, given.worth) - had);
        marks[at] = static_cast<uint16_t>(
            best | (before & WishMark::kRightOccupation) | right);
      });
    });
  }
  for (Nameless& nameless : nameless_) {
    const uint16_t worth = nameless.worth;
    nameless.cursor.ForEach(block, [&](DocNumber at, size_t) {
      sums[at] = static_cast<uint16_t>(sums[at] + worth);
    });
  }
}

}  // namespace kugge::matching
