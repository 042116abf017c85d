// Crowd: whom a session is open to, and whose HARD wishes let them take a job.
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matching/compiled_requirement.h"
#include "matching/constants.h"
#include "matching/crowd.h"
#include "matching/index/postings.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// Appends a kind of wish, and all of a job that decides what it says.
template <typename Key>
void AddToKey(WishKind kind, const JobFacts& job, Days not_before, Key& key) {
  key.push_back(static_cast<int64_t>(kind));
  switch (kind) {
    case WishKind::kOccupation:
      // What follows can't be taken for it.
      key.push_back(static_cast<int64_t>(job.occupations.size()));
      key.insert(key.end(), job.occupations.begin(), job.occupations.end());
      break;
    case WishKind::kDistance:
      key.push_back(job.municipality);
      key.push_back(job.place.has_value() ? 1 : 0);
      if (job.place.has_value()) {
        key.push_back(job.place->lat_e5);
        key.push_back(job.place->lon_e5);
      }
      break;
    case WishKind::kHours:
      key.push_back(job.minimum_hours_percent);
      key.push_back(job.maximum_hours_percent);
      break;
    case WishKind::kShifts:
      key.push_back(job.shifts);
      break;
    case WishKind::kStart:
      key.push_back(not_before);
      key.push_back(job.latest_start);
      key.push_back(job.earliest_start == kNoDay ? 0 : 1);
      break;
    case WishKind::kRemote:
      key.push_back(job.remote_percent.has_value() ? *job.remote_percent : -1);
      break;
  }
}

// How many are in `bits`, in `also` and not in `but`, where there are these.
size_t CountIn(std::span<const uint64_t> bits, const CrowdBits* also,
               const CrowdBits* but) {
  size_t count = 0;
  for (size_t i = 0; i < bits.size(); ++i) {
    const uint64_t left = bits[i] &
                          (also != nullptr ? (*also)[i] : ~uint64_t{0}) &
                          (but != nullptr ? ~(*but)[i] : ~uint64_t{0});
    count += static_cast<size_t>(std::popcount(left));
  }
  return count;
}

}  // namespace

Crowd::Reach Crowd::ReachIn(const PersonSegment& segment,
                            const SessionFeatures& session) {
  Reach reach;
  if (!session.distance_learning && session.place.has_value()) {
    reach.near = NearEnough(segment, *session.place);
  }
  reach.late = TooLate(segment, session.start_day);
  return reach;
}

CrowdBits Crowd::ReachOf(const SessionFeatures& session) const {
  CrowdBits all = candidates_;
  for (const Part& part : parts_) {
    uint64_t* const words = all.data() + part.first / 64;
    const Reach reach = ReachIn(*part.segment, session);
    if (reach.near != nullptr) {
      const CrowdBits& bits = reach.near->bits();
      for (size_t i = 0; i < bits.size(); ++i) words[i] &= bits[i];
    }
    for (const DocNumber n : reach.late->list()) {
      words[n / 64] &= ~(uint64_t{1} << (n % 64));
    }
    const CrowdBits& bits = reach.late->bits();
    for (size_t i = 0; i < bits.size(); ++i) words[i] &= ~bits[i];
  }
  return all;
}

size_t Crowd::CountInReach(const CrowdSet& people,
                           const SessionFeatures& session) const {
  size_t count = 0;
  auto next = people.list().begin();
  for (const Part& part : parts_) {
    const size_t words = (part.segment->size() + 63) / 64;
    const Reach reach = ReachIn(*part.segment, session);
    const auto is_near = [&](DocNumber n) {
      return reach.near == nullptr || HasBit(reach.near->bits(), n);
    };
    const CrowdNumber end = part.first + static_cast<CrowdNumber>(words * 64);
    for (; next != people.list().end() && *next < end; ++next) {
      const DocNumber n = *next - part.first;
      count += is_near(n) && !reach.late->Has(n) ? 1 : 0;
    }
    if (people.is_list()) continue;
    const uint64_t* const bits = people.bits().data() + part.first / 64;
    count += CountIn({bits, words},
                     reach.near != nullptr ? &reach.near->bits() : nullptr,
                     reach.late->is_list() ? nullptr : &reach.late->bits());
    for (const DocNumber n : reach.late->list()) {
      count -= is_near(n) && HasBit(people.bits(), part.first + n) ? 1 : 0;
    }
  }
  return count;
}

KeptSets::Pointer Crowd::NearEnough(const PersonSegment& segment, Point place) {
  return segment.kept_sets().Get(
      {static_cast<int64_t>(Kept::kReach), place.lat_e5, place.lon_e5}, [&] {
        CrowdBits let = segment.Indifferent(WishKind::kDistance);
        const auto add = [&](DocNumber n) { SetBit(let, n); };
        segment.hard_distances().ForEachWithin(place, add);
        std::ranges::for_each(segment.hard_distances().homeless(), add);
        return CrowdSet(std::move(let));
      });
}

KeptSets::Pointer Crowd::TooLate(const PersonSegment& segment, Days start_day) {
  return segment.kept_sets().Get(
      {static_cast<int64_t>(Kept::kTooLate), start_day}, [&] {
        std::vector<DocNumber> late;
        segment.late_starters().ForEachAfter(
            start_day, [&](DocNumber n) { late.push_back(n); });
        return CrowdSet::Of(std::move(late), (segment.size() + 63) / 64);
      });
}

CrowdBits Crowd::LetByDistance(const PersonSegment& segment,
                               const JobFacts& job, Certainty certainty) const {
  CrowdBits let = segment.Indifferent(WishKind::kDistance);
  const auto add = [&](DocNumber n) { SetBit(let, n); };
  const HardDistances& distances = segment.hard_distances();
  distances.ForEachMover(job.municipality, add);
  if (job.place.has_value()) distances.ForEachWithin(*job.place, add);
  if (certainty == Certainty::kPossible) {
    std::ranges::for_each(distances.homeless(), add);
  }
  return let;
}

CrowdBits Crowd::LetByOccupation(const PersonSegment& segment,
                                 const JobFacts& job,
                                 Certainty certainty) const {
  if (!segment.fits() || job.occupations.empty()) {
    return LetByOther(WishKind::kOccupation, segment, job, kNoDay, certainty);
  }
  CrowdBits let = segment.Indifferent(WishKind::kOccupation);
  for (const ConceptIndex occupation : job.occupations) {
    ForEachFrom(
        *scoring_.graph, occupation, scoring_.strategy.Satisfying(),
        [&](ConceptIndex wanted, const Relation& relation) {
          if (!relation.satisfying) return;
          for (const DocNumber n :
               segment.held().Find(PostingKey::Wanting(wanted)).documents) {
            SetBit(let, n);
          }
        });
  }
  return let;
}

CrowdBits Crowd::LetByOther(WishKind kind, const PersonSegment& segment,
                            const JobFacts& job, Days not_before,
                            Certainty certainty) const {
  RequirementFeatures requirement;
  requirement.facts = job;
  const CompiledRequirement compiled(std::move(requirement), scoring_);
  CrowdBits let = segment.Indifferent(kind);
  for (const DocNumber n : segment.Demanding(kind)) {
    PlainWishes wishes = segment.anyone_asks() ? segment.TermsOf(n).wishes
                                               : segment.documents()[n].wishes;
    if (not_before != kNoDay) {
      wishes.earliest_start = wishes.earliest_start == kNoDay
                                  ? not_before
                                  : std::max(wishes.earliest_start, not_before);
    }
    const OccupationFit fit =
        kind == WishKind::kOccupation
            ? compiled.FitOf(segment.documents()[n].wishes.occupations)
            : OccupationFit{};
    const Satisfied satisfied =
        SatisfactionOf(kind, {wishes, std::nullopt}, job, fit);
    if (satisfied == Satisfied::kYes || (satisfied == Satisfied::kUnknown &&
                                         certainty == Certainty::kPossible)) {
      SetBit(let, n);
    }
  }
  return let;
}

CrowdBits Crowd::LetBy(WishKind kind, const PersonSegment& segment,
                       const JobFacts& job, Days not_before,
                       Certainty certainty) const {
  switch (kind) {
    case WishKind::kDistance:
      return LetByDistance(segment, job, certainty);
    case WishKind::kOccupation:
      return LetByOccupation(segment, job, certainty);
    default:
      return LetByOther(kind, segment, job, not_before, certainty);
  }
}

const CrowdBits& Crowd::LetByWish(WishKind kind, const JobFacts& job,
                                  Days not_before, Certainty certainty) {
  KeptSets::Key key{static_cast<int64_t>(Kept::kWish),
                    static_cast<int64_t>(certainty)};
  AddToKey(kind, job, not_before, key);
  const auto [it, added] = let_.try_emplace(key);
  if (!added) return it->second;
  if (kind == WishKind::kOccupation) {
    key.push_back(scoring_.strategy.Satisfying());
  }
  it->second.resize(candidates_.size());
  for (const Part& part : parts_) {
    CopyBits(*part.segment->kept_sets().Get(
                 key,
                 [&] {
                   return CrowdSet(
                       LetBy(kind, *part.segment, job, not_before, certainty));
                 }),
             part.first, it->second);
  }
  return it->second;
}

void Crowd::HoldToWishes(const JobFacts& job, Days not_before,
                         Certainty certainty, CrowdSelection& selection) {
  JobKey key{static_cast<int64_t>(certainty)};
  absl::InlinedVector<WishKind, kWishKindCount> asked;
  for (size_t i = 0; i < kWishKindCount; ++i) {
    const auto kind = static_cast<WishKind>(i);
    if (!anyone_refuses_[i]) continue;
    if (kind == WishKind::kDistance &&
        (job.remote_percent.value_or(0) >= kFullyRemotePercent ||
         (certainty == Certainty::kPossible && !job.place.has_value()))) {
      continue;
    }
    AddToKey(kind, job, not_before, key);
    asked.push_back(kind);
  }
  const auto [it, added] = let_by_job_.try_emplace(std::move(key));
  if (added) {
    for (const WishKind kind : asked) {
      it->second.push_back(&LetByWish(kind, job, not_before, certainty));
    }
  }
  selection.bits.insert(selection.bits.end(), it->second.begin(),
                        it->second.end());
}

}  // namespace kugge::matching
