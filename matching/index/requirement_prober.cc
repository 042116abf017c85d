#include "matching/index/requirement_prober.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/pair_score.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

size_t ColumnOf(DemandKind kind, ConceptIndex concept_index) {
  return kind == DemandKind::kEducation && concept_index == kNoConcept
             ? RequirementSegment::kAnyEducation
             : static_cast<size_t>(kind);
}

// The sum of a requirement that asks nothing: its order is the person's side
// alone, which no sum shows, so it is always judged.
constexpr uint16_t kAnySum = 0xFFFF;

Demand PlainDemand(DemandKind kind, ConceptIndex concept_index) {
  return {.kind = kind, .concept_index = concept_index};
}

}  // namespace

RequirementProber::RequirementProber(const RequirementSegment& segment,
                                     const CompiledPerson& person)
    : segment_(segment),
      person_(person),
      strategy_(person.strategy()),
      weights_(segment.WeightsOf(person.strategy())),
      buffers_(ThreadBuffers()),
      person_asks_(AsksAnything(person.person().wishes)) {
  for (size_t column = 0; column < open_.size(); ++column) {
    const bool any = column == RequirementSegment::kAnyEducation;
    const auto kind =
        any ? DemandKind::kEducation : static_cast<DemandKind>(column);
    open_[column] =
        CountsAsOpen(person.person().sections[static_cast<size_t>(kind)],
                     PlainDemand(kind, any ? kNoConcept : 0));
  }
  std::vector<std::pair<DemandKind, ConceptIndex>> reached = person.Reached();
  std::ranges::sort(reached);
  const auto repeated = std::ranges::unique(reached);
  reached.erase(repeated.begin(), repeated.end());
  for (const auto& [kind, concept_index] : reached) {
    AddTerm(kind, concept_index);
  }
}

void RequirementProber::AddTerm(DemandKind kind, ConceptIndex concept_index) {
  const PostingLists::List list =
      segment_.demanded().Find(PostingKey::Of(kind, concept_index));
  if (list.empty()) return;
  terms_.push_back({.cursor = ListCursor(list),
                    .kind = kind,
                    .concept_index = concept_index,
                    .plain = person_.Judge(PlainDemand(kind, concept_index)),
                    .open = open_[ColumnOf(kind, concept_index)]});
}

DemandVerdict RequirementProber::VerdictOn(const Term& term,
                                           PostingInfo info) const {
  if (info.plain()) return term.plain;
  Demand demand = PlainDemand(term.kind, term.concept_index);
  demand.minimum_level = info.level();
  demand.minimum_evidence = info.evidence();
  return person_.Judge(demand);
}

void RequirementProber::BeginPass(Pass) {
  for (Term& term : terms_) term.cursor.Rewind();
}

void RequirementProber::MoveTo(const Block& block) {
  postings_ = 0;
  for (Term& term : terms_) {
    term.cursor.MoveTo(block);
    postings_ += term.cursor.size();
  }
}

// How many hard demands of each requirement are satisfied.
void RequirementProber::CountSatisfied(const Block& block) {
  std::fill_n(buffers_.satisfied.begin(), block.words * 64, uint8_t{0});
  for (const Term& term : terms_) {
    const PostingLists::List& list = term.cursor.list();
    term.cursor.ForEach(block.base, [&](DocNumber at, size_t i) {
      const PostingInfo info = list.infos[i];
      if (!info.hard()) return;
      if (VerdictOn(term, info).satisfied == Satisfied::kYes) {
        ++buffers_.satisfied[at];
      }
    });
  }
}

// How many hard demands of each requirement are refused: in sections that say
// everything all but those that a list speaks for; in the others those that a
// list speaks against.
void RequirementProber::CountRefused(const Block& block) {
  uint8_t* refused = buffers_.refused.data();
  std::fill_n(refused, block.words * 64, uint8_t{0});
  for (size_t column = 0; column < open_.size(); ++column) {
    if (open_[column]) continue;
    const uint8_t* hard = segment_.HardDemands(column) + block.base;
    for (size_t at = 0; at < block.words * 64; ++at) {
      refused[at] = static_cast<uint8_t>(refused[at] + hard[at]);
    }
  }
  for (const Term& term : terms_) {
    const PostingLists::List& list = term.cursor.list();
    term.cursor.ForEach(block.base, [&](DocNumber at, size_t i) {
      const PostingInfo info = list.infos[i];
      if (!info.hard()) return;
      const bool no = VerdictOn(term, info).satisfied == Satisfied::kNo;
      if (term.open && no) ++refused[at];
      if (!term.open && !no) --refused[at];
    });
  }
}

void RequirementProber::Restrict(const Block& block, Pass pass,
                                 BlockBits& mask) {
  uint8_t hard[64];
  if (pass != Pass::kNearMiss) CountSatisfied(block);
  if (pass != Pass::kEligible) CountRefused(block);
  for (size_t word = 0; word < block.words; ++word) {
    if (mask[word] == 0) continue;
    uint64_t eligible = 0;
    if (pass != Pass::kNearMiss) {
      std::fill_n(hard, 64, uint8_t{0});
      for (size_t column = 0; column < open_.size(); ++column) {
        const uint8_t* of = segment_.HardDemands(column) + block.base;
        for (size_t i = 0; i < 64; ++i) {
          hard[i] = static_cast<uint8_t>(hard[i] + of[word * 64 + i]);
        }
      }
      for (size_t i = 0; i < 64; ++i) {
        eligible |= uint64_t{hard[i] == buffers_.satisfied[word * 64 + i]} << i;
      }
    }
    if (pass == Pass::kEligible) {
      mask[word] &= eligible;
      continue;
    }
    const uint32_t allowed =
        pass == Pass::kNearMiss ? strategy_.maximum_near_misses : 0;
    uint64_t possible = 0;
    for (size_t i = 0; i < 64; ++i) {
      possible |= uint64_t{buffers_.refused[word * 64 + i] <= allowed} << i;
    }
    mask[word] &= possible & ~eligible;
  }
}

void RequirementProber::Sum(const Block& block, BlockSums& sums) {
  std::copy_n(weights_->not_asked.begin() + block.base, block.words * 64,
              sums.begin());
  for (const Term& term : terms_) {
    const PostingLists::List& list = term.cursor.list();
    const uint16_t* weights = weights_->of_posting.data() + list.offset;
    const Thousandths plain = term.plain.credit;
    term.cursor.ForEach(block.base, [&](DocNumber at, size_t i) {
      const PostingInfo info = list.infos[i];
      const Thousandths credit =
          info.plain() ? plain : VerdictOn(term, info).credit;
      sums[at] =
          static_cast<uint16_t>(sums[at] + Contribution(weights[i], credit));
    });
  }
  if (!segment_.some_ask_nothing()) return;
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
  } else if (a > 0 && order > b * kFullBp) {
    least = (order - b * kFullBp + a - 1) / a;
  }
  return static_cast<uint16_t>(std::min<uint32_t>(least, kAnySum));
}

RowVerdict RequirementProber::Judge(DocNumber requirement, uint16_t sum,
                                    Pass pass) {
  const RequirementFeatures& features = segment_.documents()[requirement];
  PairScore pair;
  pair.requirement.asks = !features.demands.empty();
  pair.requirement.score = pair.requirement.asks ? sum : 0;
  if (pass == Pass::kUncertain) pair.hurdles.unknown = 1;
  if (person_asks_) person_.AddWishes(features, pair);
  return VerdictOf(pair, strategy_);
}

RowVerdict RequirementProber::JudgeAlone(DocNumber requirement) {
  const PairScore pair =
      person_.Score(segment_.documents()[requirement], scratch_);
  return VerdictOf(pair, strategy_);
}

}  // namespace kugge::matching
