#include "matching/crowd.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/constants.h"
#include "matching/demand_table.h"
#include "matching/geo/distance.h"
#include "matching/index/hard_demand_table.h"
#include "matching/index/postings.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// What a set that a segment keeps is about; the rest of the key says which.
enum class Kept : int64_t { kSatisfying, kReach, kWish };

// Puts a segment's bits where they stand among all.
void CopyBits(const NumberSet& set, CrowdNumber first, CrowdBits& all) {
  std::ranges::copy(set.bits(), all.begin() + first / 64);
}

// Whether a section's holdings satisfy the one demand of the table.
Says SaysTheSection(const DemandTable& table, const Demand& demand,
                    const Section& section) {
  Says says = Says::kNothing;
  for (const Held& held : section.held) {
    table.ForEachDemand(
        demand.kind, held.concept_index,
        [&](uint32_t, const Relation& relation) {
          says = std::max(says, WhatItSays(held, demand, relation.satisfying));
        });
  }
  return says;
}

// Calls visit(list, held concept) for each list of what can satisfy `demand`.
template <typename Visit>
void ForEachSatisfyingList(const PostingLists& held, const ConceptGraph& graph,
                           const Strategy& strategy, const Demand& demand,
                           Visit visit) {
  if (demand.concept_index == kNoConcept) {
    visit(held.Find(PostingKey::AnyEducation()));
    return;
  }
  ForEachToward(graph, demand.concept_index, strategy.Satisfying(),
                [&](ConceptIndex has, const Relation& relation) {
                  if (!relation.satisfying) return;
                  visit(held.Find(PostingKey::Of(demand.kind, has)));
                });
}

Says WhatAPostingSays(PostingInfo info, const Demand& demand) {
  return WhatItSays({.level = info.level(), .evidence = info.evidence()},
                    demand, true);
}

// A kind of wish, and all of a job that decides what it says.
KeptSets::Key KeyOfWish(WishKind kind, const JobFacts& job, Days not_before,
                        Certainty certainty) {
  KeptSets::Key key{static_cast<int64_t>(Kept::kWish),
                    static_cast<int64_t>(kind),
                    static_cast<int64_t>(certainty)};
  switch (kind) {
    case WishKind::kOccupation:
      key.insert(key.end(), job.occupations.begin(), job.occupations.end());
      break;
    case WishKind::kDistance:
      key.push_back(job.municipality);
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
  return key;
}

}  // namespace

Crowd::Crowd(const Market& market, TenantIndex tenant, Days today,
             Scoring scoring)
    : scoring_(std::move(scoring)) {
  const SegmentedIndex<PersonSegment>& index = market.person_index();
  for (const auto& part : index.parts()) AddPart(part.segment, part.gone);
  if (!index.head().empty()) {
    auto newest = std::make_shared<const PersonSegment>(index.head());
    const size_t size = newest->size();
    AddPart(std::move(newest), DocSet(size));
  }
  for (const Part& part : parts_) FillCandidates(part, tenant, today);
  for (size_t i = 0; i < kWishKindCount; ++i) {
    for (const Part& part : parts_) {
      anyone_refuses_[i] |= std::ranges::any_of(
          part.segment->Indifferent(static_cast<WishKind>(i)),
          [](uint64_t word) { return word != ~uint64_t{0}; });
    }
  }
}

void Crowd::AddPart(std::shared_ptr<const PersonSegment> segment, DocSet gone) {
  const size_t words = (segment->size() + 63) / 64;
  parts_.push_back({.segment = std::move(segment),
                    .gone = std::move(gone),
                    .first = static_cast<CrowdNumber>(size())});
  candidates_.resize(candidates_.size() + words, 0);
}

void Crowd::FillCandidates(const Part& part, TenantIndex tenant, Days today) {
  const PersonSegment& segment = *part.segment;
  for (const DocRange& range : segment.Ranges(tenant, std::nullopt)) {
    for (DocNumber n = range.begin; n < range.end; ++n) {
      if (!segment.IsPlain(n, today) &&
          !IsCandidate(segment.documents()[n], tenant, today)) {
        continue;
      }
      SetBit(candidates_, part.first + n);
    }
  }
  for (size_t word = 0; word * 64 < segment.size(); ++word) {
    candidates_[part.first / 64 + word] &= ~part.gone.Word(word);
  }
}

const PersonFeatures& Crowd::operator[](CrowdNumber n) const {
  const auto after = std::ranges::upper_bound(parts_, n, {}, &Part::first);
  const Part& part = *(after - 1);
  return part.segment->documents()[n - part.first];
}

CrowdBits Crowd::In(const Area& area) const {
  CrowdBits in = candidates_;
  if (area.municipalities.has_value()) {
    CrowdBits there(in.size(), 0);
    for (const Part& part : parts_) {
      for (const PersonRun& run : part.segment->runs()) {
        if (!std::ranges::binary_search(*area.municipalities,
                                        run.municipality)) {
          continue;
        }
        for (DocNumber n = run.people.begin; n < run.people.end; ++n) {
          SetBit(there, part.first + n);
        }
      }
    }
    for (size_t i = 0; i < in.size(); ++i) in[i] &= there[i];
  }
  if (!area.circle.has_value()) return in;
  // Neighbours mostly share a home, as far as it is told.
  std::optional<Point> last;
  bool last_inside = false;
  CrowdSet(in).ForEach([&](CrowdNumber n) {
    const std::optional<Point>& home = (*this)[n].home;
    if (home.has_value() && home != last) {
      last = home;
      last_inside = DistanceHm(*home, area.circle->site) <= area.circle->radius;
    }
    if (!home.has_value() || !last_inside) ClearBit(in, n);
  });
  return in;
}

CrowdSet Crowd::SatisfyingIn(const PersonSegment& segment,
                             const Demand& demand) const {
  std::vector<CrowdNumber> found;
  if (segment.fits()) {
    ForEachSatisfyingList(
        segment.held(), *scoring_.graph, scoring_.strategy, demand,
        [&](const PostingLists::List& list) {
          for (size_t i = 0; i < list.size(); ++i) {
            if (WhatAPostingSays(list.infos[i], demand) == Says::kSatisfied) {
              found.push_back(list.documents[i]);
            }
          }
        });
  } else {
    const DemandTable table(*scoring_.graph, {&demand, 1}, scoring_.strategy);
    for (DocNumber n = 0; n < segment.size(); ++n) {
      const Section& section =
          segment.documents()[n].sections[static_cast<size_t>(demand.kind)];
      if (SaysTheSection(table, demand, section) == Says::kSatisfied) {
        found.push_back(n);
      }
    }
  }
  return NumberSet::Of(std::move(found), (segment.size() + 63) / 64);
}

const CrowdSet& Crowd::Satisfying(const Demand& demand) {
  std::unique_ptr<CrowdSet>& set = satisfying_[DemandBits(demand)];
  if (set != nullptr) return *set;
  const KeptSets::Key key = {static_cast<int64_t>(Kept::kSatisfying),
                             static_cast<int64_t>(DemandBits(demand)),
                             scoring_.strategy.Satisfying()};
  std::vector<KeptSets::Pointer> of_parts;
  size_t count = 0;
  bool lists = true;
  for (const Part& part : parts_) {
    of_parts.push_back(part.segment->kept_sets().Get(
        key, [&] { return SatisfyingIn(*part.segment, demand); }));
    lists &= of_parts.back()->is_list();
    count += of_parts.back()->list().size();
  }
  if (lists) {
    std::vector<CrowdNumber> list;
    list.reserve(count);
    for (size_t i = 0; i < parts_.size(); ++i) {
      for (const DocNumber n : of_parts[i]->list()) {
        list.push_back(parts_[i].first + n);
      }
    }
    set = std::make_unique<CrowdSet>(std::move(list));
    return *set;
  }
  CrowdBits bits(candidates_.size(), 0);
  for (size_t i = 0; i < parts_.size(); ++i) {
    CopyBits(*of_parts[i], parts_[i].first, bits);
    for (const DocNumber n : of_parts[i]->list()) {
      SetBit(bits, parts_[i].first + n);
    }
  }
  set = std::make_unique<CrowdSet>(std::move(bits));
  return *set;
}

size_t Crowd::SatisfyingAtMost(const Demand& demand) {
  const auto [it, added] = at_most_.try_emplace(DemandBits(demand), 0);
  if (!added) return it->second;
  for (const Part& part : parts_) {
    if (!part.segment->fits()) {
      it->second += part.segment->size();
      continue;
    }
    ForEachSatisfyingList(
        part.segment->held(), *scoring_.graph, scoring_.strategy, demand,
        [&](const PostingLists::List& list) { it->second += list.size(); });
  }
  return it->second;
}

CrowdSet Crowd::NotRefusedBy(const Demand& demand, const Taught& taught) {
  // A gain whose level isn't told leaves the question open for everybody.
  if (taught.says >= Says::kMaybe) return CrowdSet(candidates_);
  CrowdBits let(candidates_.size(), 0);
  for (const Part& part : parts_) {
    part.segment->fits() ? LetByLists(part, demand, taught, let)
                         : LetOneByOne(part, demand, taught, let);
  }
  return CrowdSet(std::move(let));
}

void Crowd::LetByLists(const Part& part, const Demand& demand,
                       const Taught& taught, CrowdBits& let) const {
  const PersonSegment& segment = *part.segment;
  if (taught.says == Says::kNothing) {
    // An open section refuses nobody, unless it states or tells something.
    const size_t words = (segment.size() + 63) / 64;
    const auto begin = let.begin() + part.first / 64;
    if (taught.opens) {
      std::fill_n(begin, words, ~uint64_t{0});
    } else {
      std::copy_n(
          segment.OpenSections(demand.kind, demand.concept_index != kNoConcept),
          words, begin);
    }
    const PostingLists::List lacking = segment.held().Find(
        PostingKey::Lacking(demand.kind, demand.concept_index));
    for (const DocNumber n : lacking.documents) ClearBit(let, part.first + n);
  }
  const auto for_each = [&](auto visit) {
    ForEachSatisfyingList(segment.held(), *scoring_.graph, scoring_.strategy,
                          demand, [&](const PostingLists::List& list) {
                            for (size_t i = 0; i < list.size(); ++i) {
                              visit(part.first + list.documents[i],
                                    WhatAPostingSays(list.infos[i], demand));
                            }
                          });
  };
  for_each([&](CrowdNumber n, Says says) {
    if (says == Says::kShort) ClearBit(let, n);
  });
  for_each([&](CrowdNumber n, Says says) {
    if (says >= Says::kMaybe) SetBit(let, n);
  });
}

void Crowd::LetOneByOne(const Part& part, const Demand& demand,
                        const Taught& taught, CrowdBits& let) const {
  const DemandTable table(*scoring_.graph, {&demand, 1}, scoring_.strategy);
  const PersonSegment& segment = *part.segment;
  for (DocNumber n = 0; n < segment.size(); ++n) {
    const Section& section =
        segment.documents()[n].sections[static_cast<size_t>(demand.kind)];
    const DemandState state{
        .says = std::max(taught.says, SaysTheSection(table, demand, section))};
    const DemandVerdict verdict =
        Conclude(state, taught.opens || CountsAsOpen(section, demand),
                 StatesLacking(section, demand));
    if (verdict.satisfied != Satisfied::kNo) SetBit(let, part.first + n);
  }
}

CrowdBits Crowd::ReachOf(const SessionFeatures& session) const {
  CrowdBits reach = candidates_;
  if (!session.distance_learning && session.place.has_value()) {
    CrowdBits way(candidates_.size());
    for (const Part& part : parts_) {
      const PersonSegment& segment = *part.segment;
      const auto make = [&] {
        CrowdBits let = segment.Indifferent(WishKind::kDistance);
        const auto add = [&](DocNumber n) { SetBit(let, n); };
        segment.hard_distances().ForEachWithin(*session.place, add);
        std::ranges::for_each(segment.hard_distances().homeless(), add);
        return CrowdSet(std::move(let));
      };
      CopyBits(*segment.kept_sets().Get(
                   {static_cast<int64_t>(Kept::kReach), session.place->lat_e5,
                    session.place->lon_e5},
                   make),
               part.first, way);
    }
    for (size_t i = 0; i < way.size(); ++i) reach[i] &= way[i];
  }
  for (const Part& part : parts_) {
    part.segment->late_starters().ForEachAfter(
        session.start_day,
        [&](DocNumber n) { ClearBit(reach, part.first + n); });
  }
  return reach;
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

void Crowd::HoldToWishes(const JobFacts& job, Days not_before,
                         Certainty certainty, CrowdSelection& selection) {
  for (size_t i = 0; i < kWishKindCount; ++i) {
    const auto kind = static_cast<WishKind>(i);
    if (!anyone_refuses_[i]) continue;
    if (kind == WishKind::kDistance &&
        (job.remote_percent.value_or(0) >= kFullyRemotePercent ||
         (certainty == Certainty::kPossible && !job.place.has_value()))) {
      continue;
    }
    KeptSets::Key key = KeyOfWish(kind, job, not_before, certainty);
    const auto [it, added] = let_.try_emplace(key);
    selection.bits.push_back(&it->second);
    if (!added) continue;
    if (kind == WishKind::kOccupation) {
      key.push_back(scoring_.strategy.Satisfying());
    }
    it->second.resize(candidates_.size());
    for (const Part& part : parts_) {
      CopyBits(*part.segment->kept_sets().Get(key,
                                              [&] {
                                                return CrowdSet(LetBy(
                                                    kind, *part.segment, job,
                                                    not_before, certainty));
                                              }),
               part.first, it->second);
    }
  }
}

CrowdSet Crowd::Select(const CrowdSelection& selection) const {
  const CrowdSet* shortest = nullptr;
  for (const CrowdSet* const set : selection.sets) {
    if (!set->is_list()) continue;
    if (shortest == nullptr || set->list().size() < shortest->list().size()) {
      shortest = set;
    }
  }
  if (shortest == nullptr) {
    CrowdBits found = *selection.among;
    const auto keep = [&](const CrowdBits& bits) {
      for (size_t i = 0; i < found.size(); ++i) found[i] &= bits[i];
    };
    for (const CrowdBits* const bits : selection.bits) keep(*bits);
    for (const CrowdSet* const set : selection.sets) keep(set->bits());
    return CrowdSet(std::move(found));
  }
  std::vector<CrowdNumber> found;
  for (const CrowdNumber n : shortest->list()) {
    if (HasBit(*selection.among, n) &&
        std::ranges::all_of(
            selection.bits,
            [n](const CrowdBits* bits) { return HasBit(*bits, n); }) &&
        std::ranges::all_of(selection.sets, [&](const CrowdSet* set) {
          return set == shortest || set->Has(n);
        })) {
      found.push_back(n);
    }
  }
  return CrowdSet(std::move(found));
}

size_t CrowdCounter::Count(const CrowdSelection& selection) {
  std::vector<const void*> key(selection.bits.begin(), selection.bits.end());
  key.insert(key.end(), selection.sets.begin(), selection.sets.end());
  std::ranges::sort(key);
  const auto repeats = std::ranges::unique(key);
  key.erase(repeats.begin(), repeats.end());
  key.push_back(selection.among);
  const auto [it, added] = counts_.try_emplace(std::move(key), 0);
  if (added) it->second = crowd_.Select(selection).Count();
  return it->second;
}

size_t CrowdCounter::AtMost(const CrowdSelection& selection) {
  size_t least = Count({.among = selection.among});
  for (const CrowdBits* const bits : selection.bits) {
    least = std::min(least, Count({.among = selection.among, .bits = {bits}}));
  }
  for (const CrowdSet* const set : selection.sets) {
    least = std::min(least, Count({.among = selection.among, .sets = {set}}));
  }
  return least;
}

}  // namespace kugge::matching
