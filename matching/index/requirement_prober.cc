#include "matching/index/requirement_prober.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/geo/distance.h"
#include "matching/index/kernels.h"
#include "matching/index/wanted_lists.h"
#include "matching/pair_score.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// The sum of a requirement that asks nothing: its order is the person's side
// alone, which no sum shows, so it is always judged.
constexpr uint16_t kAnySum = 0xFFFF;

// What a list may add at most to be looked up late: with more, too many have to
// be looked at again.
constexpr uint16_t kMostLate = kFullBp / 10;

Demand PlainDemand(DemandKind kind, ConceptIndex concept_index) {
  return {.kind = kind, .concept_index = concept_index};
}

}  // namespace

RequirementProber::RequirementProber(const RequirementSegment& segment,
                                     const CompiledPerson& person,
                                     std::span<const uint32_t> lists,
                                     SearchBuffers& buffers)
    : segment_(segment),
      person_(person),
      strategy_(person.strategy()),
      weights_(segment.WeightsOf(person.strategy())),
      buffers_(buffers),
      person_asks_(AsksAnything(person.person().wishes)) {
  for (size_t column = 0; column < open_.size(); ++column) {
    const bool any = column == RequirementSegment::kAnyEducation;
    const auto kind =
        any ? DemandKind::kEducation : static_cast<DemandKind>(column);
    open_[column] =
        CountsAsOpen(person.person().sections[static_cast<size_t>(kind)],
                     PlainDemand(kind, any ? kNoConcept : 0));
  }
  AddTerms(lists);
  for (Term& term : terms_) {
    if (term.hard.list().empty()) continue;
    hard_terms_.push_back(&term);
    if (!IsShort(term.hard.list())) long_hard_terms_.push_back(&term);
  }
  GatherShort();
  std::ranges::sort(late_terms_, std::ranges::greater(),
                    [&](size_t i) { return terms_[i].most; });
  late_of_block_ = late_lists_;
  JudgeCommon();
  if (person_asks_) PlanWishes();
}

void RequirementProber::JudgeCommon() {
  for (const CommonDemand& common : segment_.common_demands()) {
    const Satisfied satisfied = person_.Judge(common.demand).satisfied;
    if (satisfied != Satisfied::kYes) common_unmet_.push_back(&common);
    if (satisfied == Satisfied::kNo) common_refused_.push_back(&common);
  }
}

void RequirementProber::FetchLists(const RequirementSegment& segment,
                                   const CompiledPerson& person) {
  for (const CompiledPerson::Reach& reach : person.reached()) {
    const PostingKey key = PostingKey::Of(reach.kind, reach.concept_index);
    segment.demanded().FetchNumber(key);
    segment.hard_demanded().FetchNumber(key);
  }
}

PostingLists::Numbers RequirementProber::FindLists(
    const RequirementSegment& segment, const CompiledPerson& person) {
  const PostingLists& demanded = segment.demanded();
  const PostingLists& hard = segment.hard_demanded();
  PostingLists::Numbers numbers;
  numbers.reserve(2 * person.reached().size());
  for (const CompiledPerson::Reach& reach : person.reached()) {
    const PostingKey key = PostingKey::Of(reach.kind, reach.concept_index);
    numbers.push_back(demanded.NumberOf(key));
    demanded.FetchList(numbers.back());
    numbers.push_back(hard.NumberOf(key));
    hard.FetchList(numbers.back());
  }
  return numbers;
}

void RequirementProber::AddTerms(std::span<const uint32_t> lists) {
  const std::vector<CompiledPerson::Reach>& reached = person_.reached();
  terms_.reserve(reached.size());
  for (size_t i = 0; i < reached.size(); ++i) {
    const PostingLists::List& list = segment_.demanded().At(lists[2 * i]);
    if (list.empty()) continue;
    AddTerm(reached[i], list, segment_.hard_demanded().At(lists[2 * i + 1]));
  }
}

void RequirementProber::TellCredits(Term& term) {
  term.credits = static_cast<uint32_t>(credits_.size());
  for (const PostingInfo info : term.cursor.list().infos.different()) {
    credits_.push_back(static_cast<uint16_t>(
        person_.CreditOf(term.toward, info.level(), info.evidence())));
  }
}

void RequirementProber::TellSatisfied(Term& term) {
  term.satisfied = static_cast<uint32_t>(satisfied_.size());
  for (const PostingInfo info : term.hard.list().infos.different()) {
    satisfied_.push_back(
        person_
            .Judge(term.toward, {.minimum_level = info.level(),
                                 .minimum_evidence = info.evidence()})
            .satisfied);
  }
}

inline uint16_t RequirementProber::WorthOf(Term& term, size_t posting) {
  const PostingLists::List& list = term.cursor.list();
  const Bp weight = weights_->of_posting[list.offset + posting];
  return static_cast<uint16_t>(
      Contribution(weight, CreditsOf(term)[list.infos.CodeOf(posting)]));
}

void RequirementProber::AddTerm(const CompiledPerson::Reach& reach,
                                const PostingLists::List& list,
                                const PostingLists::List& hard) {
  Term& term = terms_.emplace_back(Term{.cursor = ListCursor(list),
                                        .hard = ListCursor(hard),
                                        .toward = reach.toward,
                                        .plain_credit = reach.plain_credit});
  // A demand for a level or an evidence pays no more than one without.
  const auto most = static_cast<uint16_t>(
      Contribution(weights_->largest[list.number], term.plain_credit));
  term.late = list.bits != nullptr && !list.repeats && most <= kMostLate;
  if (!term.late) {
    postings_ += list.size();
    return;
  }
  if (most == 0) return;
  term.most = most;
  late_terms_.push_back(terms_.size() - 1);
  late_lists_.push_back({.bits = list.bits, .most = most, .first = true});
  late_most_ = static_cast<uint16_t>(late_most_ + most);
}

void RequirementProber::PlanWishes() {
  const Wishes& wishes = person_.person().wishes;
  const bool bounded = CanHoldWishes(strategy_);
  with_distance_ = bounded && wishes.maximum_distance.has_value();
  const bool with_occupations = bounded && !wishes.occupations.empty();
  AskedKinds bounded_kinds = 0;
  if (with_occupations) bounded_kinds |= OneKind(WishKind::kOccupation);
  if (with_distance_) bounded_kinds |= OneKind(WishKind::kDistance);
  rest_ =
      MostOfWishes(strategy_, KindsAsked(wishes, !wishes.occupations.empty()),
                   bounded_kinds);
  if (with_distance_) worth_of_run_.assign(segment_.runs().size(), -1);
  if (with_occupations) PlanOffers();
}

void RequirementProber::PlanOffers() {
  const std::vector<WantedOccupation>& wanted =
      person_.person().wishes.occupations;
  const uint8_t largest = LargestImportance(wanted);
  std::vector<std::pair<ConceptIndex, Thousandths>> offered;
  for (const WantedOccupation& occupation : wanted) {
    ForEachToward(
        person_.graph(), occupation.concept_index, strategy_.Satisfying(),
        [&](ConceptIndex offer, const Relation& relation) {
          offered.emplace_back(
              offer, ScaledByImportance(relation.credit, occupation.importance,
                                        largest));
        });
  }
  for (const auto& [occupation, credit] : LargestOfEach(std::move(offered))) {
    const PostingLists::List& list =
        segment_.offered().Find(PostingKey::Offering(occupation));
    const uint16_t worth =
        WorthOfWish(strategy_, WishKind::kOccupation, credit);
    if (list.empty() || worth == 0) continue;
    postings_ += list.size();
    offers_.push_back(
        {.cursor = ListCursor(list), .occupation = occupation, .worth = worth});
  }
}

uint16_t RequirementProber::WorthOfOccupations(
    std::span<const ConceptIndex> occupations) const {
  uint16_t best = 0;
  for (const OfferTerm& offer : offers_) {
    if (offer.worth > best &&
        std::ranges::find(occupations, offer.occupation) != occupations.end()) {
      best = offer.worth;
    }
  }
  return best;
}

uint16_t RequirementProber::WorthOfRun(const RequirementRun& run) {
  int32_t& worth =
      worth_of_run_[static_cast<size_t>(&run - segment_.runs().data())];
  if (worth < 0)
    worth = WorthOfWish(strategy_, WishKind::kDistance, MostCreditOf(run));
  return static_cast<uint16_t>(worth);
}

// docs/scoring.md section 2, DISTANCE, where it is nearest.
Thousandths RequirementProber::MostCreditOf(const RequirementRun& run) const {
  const PersonFeatures& person = person_.person();
  const Wishes& wishes = person.wishes;
  if (WouldMoveTo(wishes, run.municipality)) return kFullCredit;
  Thousandths credit = 0;
  if (run.places.has_value() && person.home.has_value()) {
    const HundredMetres maximum = *wishes.maximum_distance;
    const HundredMetres easy = wishes.easy_distance;
    const HundredMetres distance = LeastDistanceHm(*person.home, *run.places);
    if (distance <= easy) return kFullCredit;
    if (distance < maximum) {
      credit = static_cast<Thousandths>(
          kFullCredit * static_cast<uint64_t>(maximum - distance) /
          static_cast<uint64_t>(maximum - easy));
    }
  }
  return run.some_fully_remote ? std::max(credit, strategy_.not_asked_credit)
                               : credit;
}

void RequirementProber::Fetch(const Block& block) const {
  const uint16_t* const weights = weights_->of_posting.data();
  for (const Term& term : terms_) {
    if (!term.late) term.cursor.FetchPlace(block);
  }
  for (const Term& term : terms_) {
    if (term.late) continue;
    term.cursor.FetchDocuments(block);
    term.cursor.FetchBeside(weights + term.cursor.list().offset);
    term.cursor.FetchInfos();
  }
  for (const Term* const term : long_hard_terms_) {
    term->hard.FetchDocuments(block);
    term->hard.FetchInfos();
  }
}

void RequirementProber::AddLists(const Block& block, BlockSums& sums) {
  for (Term& term : terms_) {
    if (term.late || term.plain_credit == 0) continue;
    const PostingLists::List& list = term.cursor.list();
    const uint16_t* const credits = CreditsOf(term);
    const uint16_t* const weights = weights_->of_posting.data() + list.offset;
    if (list.infos.all_the_same() && credits[0] == kFullCredit) {
      term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
        sums[at] = static_cast<uint16_t>(sums[at] + weights[posting]);
      });
      continue;
    }
    list.infos.WithCodes([&](auto codes) {
      term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
        const Thousandths credit = credits[codes[posting]];
        sums[at] = static_cast<uint16_t>(
            sums[at] + Contribution(weights[posting], credit));
      });
    });
  }
}

void RequirementProber::Sum(const Block& block, BlockSums& sums) {
  std::copy_n(weights_->not_asked.begin() + block.base, block.words * 64,
              sums.begin());
  AddLists(block, sums);
  AddOffers(block, sums);
  if (with_distance_) AddDistances(block, sums);
  if (segment_.some_ask_nothing()) MarkSilent(block, sums);
}

LateLists RequirementProber::Late(const Block& block) {
  for (size_t i = 0; i < late_lists_.size(); ++i) {
    late_of_block_[i].bits = late_lists_[i].bits + block.base / 64;
  }
  return {.lists = late_of_block_, .most = late_most_};
}

uint16_t RequirementProber::Complete(DocNumber requirement, uint16_t bound,
                                     uint16_t least) {
  for (const size_t i : late_terms_) {
    if (bound < least) break;
    Term& term = terms_[i];
    const PostingLists::List& list = term.cursor.list();
    if (!list.Has(requirement)) continue;
    bound = static_cast<uint16_t>(bound - term.most +
                                  WorthOf(term, list.PlaceOf(requirement)));
  }
  return bound;
}

void RequirementProber::AddOffers(const Block& block, BlockSums& sums) {
  BlockSums& best = buffers_.best;  // all zero between uses
  for (OfferTerm& offer : offers_) {
    const uint16_t worth = offer.worth;
    offer.cursor.ForEach(block, [&](DocNumber at, size_t) {
      if (worth <= best[at]) return;
      sums[at] = static_cast<uint16_t>(sums[at] + worth - best[at]);
      best[at] = worth;
    });
  }
  for (OfferTerm& offer : offers_) {
    offer.cursor.ForEach(block, [&](DocNumber at, size_t) { best[at] = 0; });
  }
}

void RequirementProber::AddDistances(const Block& block, BlockSums& sums) {
  const DocRange& here = block.documents;
  const RequirementRun* run = &segment_.RunOf(here.begin);
  for (DocNumber begin = here.begin; begin < here.end; ++run) {
    const DocNumber end = std::min(here.end, run->requirements.end);
    const uint16_t worth = WorthOfRun(*run);
    BestKernels().add(worth, end - begin, sums.data() + (begin - block.base));
    begin = end;
  }
}

void RequirementProber::MarkSilent(const Block& block, BlockSums& sums) const {
  for (size_t word = 0; word < block.words; ++word) {
    uint64_t silent = ~segment_.asks()[block.base / 64 + word];
    for (; silent != 0; silent &= silent - 1) {
      sums[word * 64 + static_cast<size_t>(std::countr_zero(silent))] = kAnySum;
    }
  }
}

uint16_t RequirementProber::LeastSum(uint32_t order) const {
  const uint32_t a = strategy_.score_factor;
  const uint32_t b = strategy_.reverse_factor;
  uint32_t least = 0;
  if (!person_asks_) {
    least = (order + a + b - 1) / (a + b);
  } else if (a > 0 && order > b * rest_) {
    least = (order - b * rest_ + a - 1) / a;
  }
  return static_cast<uint16_t>(std::min<uint32_t>(least, kAnySum));
}

RowVerdict RequirementProber::Judge(DocNumber requirement, uint16_t bound,
                                    uint16_t least, Pass pass) {
  bound = Complete(requirement, bound, least);
  if (bound < least) return {};
  const JobTerms& terms = segment_.TermsOf(requirement);
  const std::span<const ConceptIndex> occupations =
      segment_.OccupationsOf(terms);
  PairScore pair;
  pair.requirement.asks = segment_.Asks(requirement);
  if (pair.requirement.asks) {
    pair.requirement.score = bound - WorthOfOccupations(occupations);
    if (with_distance_) {
      pair.requirement.score -= WorthOfRun(segment_.RunOf(requirement));
    }
  }
  if (pass == Pass::kUncertain) pair.hurdles.unknown = 1;
  if (person_asks_) person_.AddWishes(terms.facts, occupations, pair);
  return VerdictOf(pair, strategy_);
}

RowVerdict RequirementProber::JudgeAlone(DocNumber requirement, Pass) {
  const PairScore pair =
      person_.Score(segment_.documents()[requirement], scratch_);
  return VerdictOf(pair, strategy_);
}

}  // namespace kugge::matching
