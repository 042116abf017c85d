// RequirementProber: which requirements the person's sections and distance let
// into a pass.
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/geo/distance.h"
#include "matching/index/requirement_prober.h"
#include "matching/wishes.h"

namespace kugge::matching {

bool RequirementProber::Reachable(const RequirementRun& run) const {
  const PersonFeatures& person = person_.person();
  const Wishes& wishes = person.wishes;
  return !run.all_placed || run.some_fully_remote || !person.home.has_value() ||
         !run.places.has_value() || WouldMoveTo(wishes, run.municipality) ||
         LeastDistanceHm(*person.home, *run.places) <= *wishes.maximum_distance;
}

std::vector<DocRange> RequirementProber::Narrow(
    std::span<const DocRange> ranges, Pass pass) const {
  const Wishes& wishes = person_.person().wishes;
  if (pass == Pass::kNearMiss || !wishes.maximum_distance.has_value() ||
      wishes.distance_strength != Strength::kHard) {
    return {ranges.begin(), ranges.end()};
  }
  std::vector<DocRange> narrowed;
  auto run = segment_.runs().begin();
  for (const DocRange& range : ranges) {
    while (run != segment_.runs().end() &&
           run->requirements.end <= range.begin) {
      ++run;
    }
    for (auto inside = run; inside != segment_.runs().end() &&
                            inside->requirements.begin < range.end;
         ++inside) {
      if (!Reachable(*inside)) continue;
      const DocRange part{std::max(range.begin, inside->requirements.begin),
                          std::min(range.end, inside->requirements.end)};
      if (!narrowed.empty() && narrowed.back().end == part.begin) {
        narrowed.back().end = part.end;
      } else {
        narrowed.push_back(part);
      }
    }
  }
  return narrowed;
}

// Most lists of HARD demands are short: they are read once for all blocks.
void RequirementProber::GatherShort() {
  for (const Term* const term : hard_terms_) {
    const PostingLists::List& list = term->hard.list();
    if (!IsShort(list)) continue;
    __builtin_prefetch(list.documents.data());
    list.infos.Fetch(0);
  }
  for (Term* const term : hard_terms_) {
    const PostingLists::List& list = term->hard.list();
    if (!IsShort(list)) continue;
    const Satisfied* const told = SatisfiedOf(*term);
    for (size_t i = 0; i < list.size(); ++i) {
      if (told[list.infos.CodeOf(i)] == Satisfied::kYes) {
        satisfied_by_short_.push_back(list.documents[i]);
      }
    }
  }
}

// Those that have hard demands, common ones left out, and all of them
// satisfied.
void RequirementProber::AddSatisfied(const Block& block, BlockBits& eligible) {
  const uint8_t* const hard = segment_.AllHardDemands() + block.base;
  uint8_t* const satisfied = buffers_.satisfied.data();
  uint16_t* const counted = buffers_.found.data();
  size_t count = 0;
  // Without a branch: whether it is satisfied is anybody's guess.
  const auto add = [&](DocNumber at, bool yes) {
    counted[count] = static_cast<uint16_t>(at);
    count += size_t{yes} & size_t{satisfied[at] == 0};
    satisfied[at] = static_cast<uint8_t>(satisfied[at] + (yes ? 1 : 0));
    const bool all = satisfied[at] == hard[at];
    eligible[at / 64] |= uint64_t{all} << (at % 64);
  };
  for (Term* const term : long_hard_terms_) {
    const Satisfied* const told = SatisfiedOf(*term);
    term->hard.list().infos.WithCodes([&](auto codes) {
      term->hard.ForEach(block, [&](DocNumber at, size_t i) {
        add(at, told[codes[i]] == Satisfied::kYes);
      });
    });
  }
  for (const DocNumber n : satisfied_by_short_) {
    const DocNumber at = n - block.base;
    if (at < block.words * 64) add(at, true);
  }
  for (size_t i = 0; i < count; ++i) satisfied[counted[i]] = 0;
}

// How many hard demands of each requirement are refused: in sections that say
// everything all but those that a list speaks for; in the others those that a
// list speaks against.
void RequirementProber::CountRefused(const Block& block) {
  uint8_t* const refused = buffers_.refused.data();
  std::fill_n(refused, block.words * 64, uint8_t{0});
  for (size_t column = 0; column < open_.size(); ++column) {
    if (open_[column]) continue;
    const uint8_t* hard = segment_.HardDemands(column) + block.base;
    for (size_t at = 0; at < block.words * 64; ++at) {
      refused[at] = static_cast<uint8_t>(refused[at] + hard[at]);
    }
  }
  for (Term* const term : hard_terms_) {
    const PostingInfos infos = term->hard.list().infos;
    const Satisfied* const told = SatisfiedOf(*term);
    const bool open = term->toward.counts_as_open();
    term->hard.ForEach(block, [&](DocNumber at, size_t i) {
      const bool no = told[infos.CodeOf(i)] == Satisfied::kNo;
      if (open && no) ++refused[at];
      if (!open && !no) --refused[at];
    });
  }
  for (const CommonDemand* const demand : common_refused_) {
    for (size_t word = 0; word < block.words; ++word) {
      uint64_t bits = demand->bits[block.base / 64 + word];
      for (; bits != 0; bits &= bits - 1) {
        ++refused[word * 64 + static_cast<size_t>(std::countr_zero(bits))];
      }
    }
  }
}

void RequirementProber::FillEligible(const Block& block, BlockBits& eligible) {
  std::copy_n(segment_.none_hard().begin() + block.base / 64, block.words,
              eligible.begin());
  AddSatisfied(block, eligible);
  for (const CommonDemand* const demand : common_unmet_) {
    const uint64_t* const bits = demand->bits.data() + block.base / 64;
    for (size_t word = 0; word < block.words; ++word) {
      eligible[word] &= ~bits[word];
    }
  }
}

void RequirementProber::Restrict(const Block& block, Pass pass,
                                 BlockBits& mask) {
  BlockBits& eligible = buffers_.eligible;
  if (pass != Pass::kNearMiss) FillEligible(block, eligible);
  if (pass == Pass::kEligible) {
    for (size_t word = 0; word < block.words; ++word) {
      mask[word] &= eligible[word];
    }
    return;
  }
  CountRefused(block);
  const uint32_t allowed =
      pass == Pass::kNearMiss ? strategy_.maximum_near_misses : 0;
  for (size_t word = 0; word < block.words; ++word) {
    if (mask[word] == 0) continue;
    uint64_t possible = 0;
    for (size_t i = 0; i < 64; ++i) {
      possible |= uint64_t{buffers_.refused[word * 64 + i] <= allowed} << i;
    }
    if (pass == Pass::kUncertain) possible &= ~eligible[word];
    mask[word] &= possible;
  }
}

}  // namespace kugge::matching
