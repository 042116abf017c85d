#include "matching/index/requirement_segment.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matching/credit.h"
#include "matching/index/place_order.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// Demands that a byte can count.
constexpr size_t kMostDemands = 255;

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
  demanded_ = PostingLists(size(), false,
                           [&](auto add) { ForEachPosting(std::move(add)); });
  FillColumns();
}

void RequirementSegment::FillColumns() {
  for (auto& column : hard_) {
    column.assign((size() + 63) / 64 * 64, 0);
  }
  asks_.assign((size() + 63) / 64, 0);
  plain_.assign((size() + 63) / 64, 0);
  for (DocNumber n = 0; n < size(); ++n) {
    const RequirementFeatures& requirement = documents_[n];
    fits_ &= requirement.demands.size() <= kMostDemands;
    for (const Demand& demand : requirement.demands) {
      fits_ &= PostingInfo::Fits(demand.minimum_level);
      if (demand.strength != Strength::kHard) continue;
      const bool any = demand.kind == DemandKind::kEducation &&
                       demand.concept_index == kNoConcept;
      ++hard_[any ? kAnyEducation : static_cast<size_t>(demand.kind)][n];
    }
    if (requirement.open && !requirement.private_to_tenant &&
        requirement.close_day == kNoDay) {
      plain_[n / 64] |= uint64_t{1} << (n % 64);
    }
    if (requirement.demands.empty()) {
      some_ask_nothing_ = true;
    } else {
      asks_[n / 64] |= uint64_t{1} << (n % 64);
    }
    if (runs_.empty() ||
        runs_.back().municipality != requirement.facts.municipality) {
      runs_.push_back({.municipality = requirement.facts.municipality,
                       .requirements = {n, n}});
    }
    runs_.back().requirements.end = n + 1;
  }
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
  for (DocNumber n = 0; n < size(); ++n) {
    const std::vector<Demand>& demands = documents_[n].demands;
    if (demands.empty()) continue;
    std::array<bool, kDemandKindCount> asked{};
    for (const Demand& demand : demands) {
      asked[static_cast<size_t>(demand.kind)] = true;
    }
    Bp sum = 0;
    for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
      if (asked[kind]) continue;
      sum += Contribution(strategy.demand_weights[kind],
                          strategy.not_asked_credit);
    }
    made->not_asked[n] = static_cast<uint16_t>(sum);
  }
  return made;
}

std::vector<DocRange> RequirementSegment::Ranges(
    const std::optional<std::vector<MunicipalityIndex>>& municipalities) const {
  if (!municipalities.has_value()) {
    return {{0, static_cast<DocNumber>(size())}};
  }
  std::vector<DocRange> ranges;
  for (const RequirementRun& run : runs_) {
    if (!std::ranges::binary_search(*municipalities, run.municipality)) {
      continue;
    }
    if (!ranges.empty() && ranges.back().end == run.requirements.begin) {
      ranges.back().end = run.requirements.end;
    } else {
      ranges.push_back(run.requirements);
    }
  }
  return ranges;
}

size_t RequirementSegment::bytes() const {
  size_t bytes = demanded_.bytes() + runs_.capacity() * sizeof(RequirementRun) +
                 asks_.capacity() * sizeof(uint64_t) + documents_.bytes();
  for (const auto& column : hard_) bytes += column.capacity();
  MutexLock lock(&weights_mutex_);
  for (const auto& made : weights_) {
    bytes += (made->of_posting.capacity() + made->not_asked.capacity()) *
             sizeof(uint16_t);
  }
  return bytes;
}

}  // namespace kugge::matching
