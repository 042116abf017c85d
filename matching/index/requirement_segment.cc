#include "matching/index/requirement_segment.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/place_order.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// Demands that a byte can count.
constexpr size_t kMostDemands = 255;
constexpr size_t kMostOccupations = 255;

struct RequirementPlace {
  uint16_t rank;
  MunicipalityIndex municipality;
  ConceptIndex occupation;

  friend auto operator<=>(const RequirementPlace&,
                          const RequirementPlace&) = default;
};

RequirementPlace PlaceOf(const RequirementFeatures& requirement) {
  const JobFacts& facts = requirement.facts;
  return {.rank = PlaceRank(facts.municipality),
          .municipality = facts.municipality,
          .occupation =
              facts.occupations.empty() ? kNoConcept : facts.occupations[0]};
}

std::vector<RequirementSegment::Documents::Pointer> InOrder(
    std::vector<RequirementSegment::Documents::Pointer> requirements) {
  std::vector<std::pair<RequirementPlace, uint32_t>> order;
  order.reserve(requirements.size());
  for (uint32_t i = 0; i < requirements.size(); ++i) {
    order.emplace_back(PlaceOf(*requirements[i]), i);
  }
  std::ranges::sort(order, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return requirements[a.second]->id < requirements[b.second]->id;
  });
  std::vector<RequirementSegment::Documents::Pointer> ordered;
  ordered.reserve(requirements.size());
  for (const auto& [place, i] : order) {
    ordered.push_back(std::move(requirements[i]));
  }
  return ordered;
}

}  // namespace

template <typename Add>
void RequirementSegment::ForEachPosting(Add add) const {
  for (DocNumber n = 0; n < size(); ++n) {
    for (const Demand& demand : documents_[n].demands) {
      add(Posting{
          .key = PostingKey::Of(demand.kind, demand.concept_index),
          .document = n,
          .info = PostingInfo(
              std::min(demand.minimum_level, PostingInfo::kLargestLevel),
              demand.minimum_evidence, demand.strength == Strength::kHard)});
    }
  }
}

RequirementSegment::RequirementSegment(
    std::vector<Documents::Pointer> requirements)
    : documents_(InOrder(std::move(requirements))) {
  demanded_ = PostingLists(size(), true,
                           [&](auto add) { ForEachPosting(std::move(add)); });
  hard_demands_ = HardDemandTable(documents_);
  const std::vector<uint32_t> common = FillCommon();
  hard_demanded_ = PostingLists(size(), false, [&](auto add) {
    size_t hard = 0;  // place among the HARD ones of the requirement
    DocNumber last = 0;
    ForEachPosting([&](const Posting& posting) {
      if (!posting.info.hard()) return;
      if (posting.document != last) hard = 0;
      last = posting.document;
      if (common[hard_demands_.Of(last)[hard++]] == kNotCommon) add(posting);
    });
  });
  job_columns_ = JobColumns(documents_);
  FillColumns(common);
  FillTerms();
  FillRuns();
}

std::vector<uint32_t> RequirementSegment::FillCommon() {
  std::vector<size_t> counts(hard_demands_.distinct().size(), 0);
  for (DocNumber n = 0; n < size(); ++n) {
    for (const HardDemandTable::Number number : hard_demands_.Of(n)) {
      ++counts[number];
    }
  }
  const size_t least = std::max(kLeastCommon, size() / kCommonShare);
  std::vector<uint32_t> common(counts.size(), kNotCommon);
  for (size_t number = 0; number < counts.size(); ++number) {
    const Demand& demand = hard_demands_.distinct()[number];
    if (counts[number] < least || demand.kind == DemandKind::kOccupation) {
      continue;
    }
    common[number] = static_cast<uint32_t>(common_.size());
    common_.push_back({.demand = demand,
                       .bits = std::vector<uint64_t>((size() + 63) / 64, 0)});
  }
  for (DocNumber n = 0; n < size(); ++n) {
    for (const HardDemandTable::Number number : hard_demands_.Of(n)) {
      if (common[number] == kNotCommon) continue;
      common_[common[number]].bits[n / 64] |= uint64_t{1} << (n % 64);
    }
  }
  return common;
}

void RequirementSegment::FillColumns(const std::vector<uint32_t>& common) {
  const size_t rounded = (size() + 63) / 64 * 64;
  for (auto& column : hard_) column.assign(rounded, 0);
  all_hard_.assign(rounded, 0);
  none_hard_.assign(rounded / 64, 0);
  asks_.assign(rounded / 64, 0);
  plain_.assign(rounded / 64, 0);
  for (DocNumber n = 0; n < size(); ++n) {
    const RequirementFeatures& requirement = documents_[n];
    fits_ &= requirement.demands.size() <= kMostDemands;
    auto number = hard_demands_.Of(n).begin();
    for (const Demand& demand : requirement.demands) {
      fits_ &= PostingInfo::Fits(demand.minimum_level);
      if (demand.strength != Strength::kHard) continue;
      if (common[*number++] != kNotCommon) continue;
      const bool any = demand.kind == DemandKind::kEducation &&
                       demand.concept_index == kNoConcept;
      ++hard_[any ? kAnyEducation : static_cast<size_t>(demand.kind)][n];
      ++all_hard_[n];
    }
    if (all_hard_[n] == 0) none_hard_[n / 64] |= uint64_t{1} << (n % 64);
    const bool public_one = requirement.open && !requirement.private_to_tenant;
    open_until_.push_back(public_one ? requirement.close_day : kAskDocument);
    positions_.push_back(requirement.positions);
    if (public_one && requirement.close_day == kNoDay) {
      plain_[n / 64] |= uint64_t{1} << (n % 64);
    }
    if (requirement.demands.empty()) {
      some_ask_nothing_ = true;
    } else {
      asks_[n / 64] |= uint64_t{1} << (n % 64);
    }
  }
}

void RequirementSegment::FillTerms() {
  terms_.reserve(size());
  for (DocNumber n = 0; n < size(); ++n) {
    const JobFacts& facts = documents_[n].facts;
    const std::vector<ConceptIndex>& occupations = facts.occupations;
    fits_ &= occupations.size() <= kMostOccupations;
    terms_.push_back(
        {.facts = static_cast<const PlainFacts&>(facts),
         .occupations_begin = static_cast<uint32_t>(occupations_.size()),
         .occupations_count = static_cast<uint8_t>(
             std::min(occupations.size(), kMostOccupations))});
    occupations_.insert(occupations_.end(), occupations.begin(),
                        occupations.end());
  }
  offered_ = PostingLists(size(), false, [&](auto add) {
    for (DocNumber n = 0; n < size(); ++n) {
      for (const ConceptIndex occupation : OccupationsOf(terms_[n])) {
        add(Posting{.key = PostingKey::Offering(occupation),
                    .document = n,
                    .info = {}});
      }
    }
  });
}

void RequirementSegment::FillRuns() {
  for (DocNumber n = 0; n < size(); ++n) {
    const PlainFacts& facts = terms_[n].facts;
    if (runs_.empty() || runs_.back().municipality != facts.municipality) {
      runs_.push_back(
          {.municipality = facts.municipality, .requirements = {n, n}});
    }
    RequirementRun& run = runs_.back();
    run.requirements.end = n + 1;
    run.all_placed &= facts.place.has_value();
    run.some_fully_remote |=
        facts.remote_percent.value_or(0) >= kFullyRemotePercent;
    if (facts.place.has_value()) {
      run.places = run.places.has_value() ? run.places->Around(*facts.place)
                                          : Box{*facts.place, *facts.place};
    }
  }
}

const RequirementRun& RequirementSegment::RunOf(DocNumber requirement) const {
  const auto after = std::ranges::upper_bound(
      runs_, requirement, {},
      [](const RequirementRun& run) { return run.requirements.begin; });
  return *(after - 1);
}

std::shared_ptr<const SegmentWeights> RequirementSegment::WeightsOf(
    const Strategy& strategy) const {
  MutexLock lock(&weights_mutex_);
  auto it = std::ranges::find_if(weights_, [&](const auto& made) {
    return made->demand_weights == strategy.demand_weights &&
           made->not_asked_credit == strategy.not_asked_credit;
  });
  if (it == weights_.end()) {
    if (weights_.size() == kMostWeights) weights_.pop_back();
    weights_.push_back(MakeWeights(strategy));
    it = weights_.end() - 1;
  }
  std::rotate(weights_.begin(), it, it + 1);
  return weights_.front();
}

std::shared_ptr<const SegmentWeights> RequirementSegment::MakeWeights(
    const Strategy& strategy) const {
  auto made = std::make_shared<SegmentWeights>();
  made->demand_weights = strategy.demand_weights;
  made->not_asked_credit = strategy.not_asked_credit;
  made->of_posting.resize(demanded_.size());
  made->not_asked.assign((size() + 63) / 64 * 64, 0);
  made->learnable.assign(size(), 0);

  std::vector<Bp> shared;
  DocNumber shared_of = 0;
  size_t next = 0;  // demand of the requirement
  demanded_.Replay([&](auto add) { ForEachPosting(std::move(add)); },
                   [&](size_t slot, const Posting& posting) {
                     if (shared.empty() || posting.document != shared_of) {
                       shared_of = posting.document;
                       next = 0;
                       ShareWeights(documents_[shared_of].demands,
                                    strategy.demand_weights, shared);
                     }
                     made->of_posting[slot] =
                         static_cast<uint16_t>(shared[next++]);
                   });
  made->largest = demanded_.LargestOf(made->of_posting);
  for (DocNumber n = 0; n < size(); ++n) {
    const std::vector<Demand>& demands = documents_[n].demands;
    if (demands.empty()) continue;
    std::array<bool, kDemandKindCount> asked{};
    for (const Demand& demand : demands) {
      asked[static_cast<size_t>(demand.kind)] = true;
    }
    Bp sum = 0;
    Bp learnable = 0;
    for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
      const Bp weight = strategy.demand_weights[kind];
      if (!asked[kind]) {
        sum += Contribution(weight, strategy.not_asked_credit);
      } else if (CanBeLearnt(static_cast<DemandKind>(kind))) {
        learnable += weight;
      }
    }
    made->not_asked[n] = static_cast<uint16_t>(sum);
    made->learnable[n] = static_cast<uint16_t>(learnable);
  }
  return made;
}

std::vector<DocRange> RequirementSegment::Ranges(
    const MunicipalitySet& municipalities) const {
  return RangesWithin(
      std::span(runs_), municipalities,
      [](const RequirementRun& run) { return run.requirements; });
}

size_t RequirementSegment::bytes() const {
  size_t bytes = demanded_.bytes() + hard_demanded_.bytes() + offered_.bytes() +
                 hard_demands_.bytes() + job_columns_.bytes() +
                 open_until_.capacity() * sizeof(Days) +
                 positions_.capacity() * sizeof(uint32_t) +
                 all_hard_.capacity() + terms_.capacity() * sizeof(JobTerms) +
                 occupations_.capacity() * sizeof(ConceptIndex) +
                 runs_.capacity() * sizeof(RequirementRun) +
                 (asks_.capacity() + none_hard_.capacity()) * sizeof(uint64_t) +
                 documents_.bytes();
  for (const auto& column : hard_) bytes += column.capacity();
  for (const CommonDemand& common : common_) {
    bytes += sizeof(CommonDemand) + common.bits.capacity() * sizeof(uint64_t);
  }
  MutexLock lock(&weights_mutex_);
  for (const auto& made : weights_) {
    bytes += (made->of_posting.capacity() + made->largest.capacity() +
              made->not_asked.capacity() + made->learnable.capacity()) *
             sizeof(uint16_t);
  }
  return bytes;
}

}  // namespace kugge::matching
