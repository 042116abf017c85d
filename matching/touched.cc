#include "matching/touched.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "matching/credit.h"
#include "matching/index/number_set.h"
#include "matching/index/postings.h"
#include "matching/relations.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// Calls visit(list, gain, concept asked for) for each posting list of demands
// that a gain may satisfy.
template <typename Visit>
void ForEachList(const RequirementSegment& segment,
                 const CompiledCourse& course, Visit visit) {
  for (const Gain& gain : course.offering().gains) {
    if (!CanBeLearnt(gain.section)) continue;
    const auto look = [&](ConceptIndex wanted) {
      visit(segment.demanded().Find(PostingKey::Of(gain.section, wanted)), gain,
            wanted);
    };
    ForEachFrom(course.graph(), gain.concept_index,
                course.strategy().Satisfying(),
                [&](ConceptIndex wanted, const Relation& relation) {
                  if (relation.satisfying) look(wanted);
                });
    if (gain.section == DemandKind::kEducation) look(kNoConcept);
  }
}

// What the gains make of a segment's requirements.
struct SegmentTouch {
  NumberBits any;
  NumberBits hard;
  // Sums of the weights of what is satisfied; what two gains satisfy counts
  // twice.
  std::vector<uint32_t> weight;
};

SegmentTouch TouchIn(const RequirementSegment& segment,
                     const SegmentWeights& weights,
                     const CompiledCourse& course) {
  SegmentTouch touch{.any = NumberBits((segment.size() + 63) / 64),
                     .hard = NumberBits((segment.size() + 63) / 64),
                     .weight = std::vector<uint32_t>(segment.size())};
  ForEachList(segment, course,
              [&](const PostingLists::List& list, const Gain& gain,
                  ConceptIndex wanted) {
                const Held held{gain.concept_index, gain.level, gain.evidence};
                for (size_t i = 0; i < list.size(); ++i) {
                  const PostingInfo info = list.infos[i];
                  const Demand demand{.kind = gain.section,
                                      .concept_index = wanted,
                                      .minimum_level = info.level(),
                                      .minimum_evidence = info.evidence()};
                  if (WhatItSays(held, demand, true) != Says::kSatisfied)
                    continue;
                  const DocNumber n = list.documents[i];
                  SetBit(touch.any, n);
                  if (info.hard()) SetBit(touch.hard, n);
                  touch.weight[n] += weights.of_posting[list.offset + i];
                }
              });
  return touch;
}

// The same of one requirement, by its document.
std::optional<TouchedRequirement> TouchOne(
    const RequirementFeatures& requirement, const CompiledCourse& course) {
  std::vector<Bp> weights;
  ShareWeights(requirement.demands, course.strategy().demand_weights, weights);
  const RequirementCoverage coverage =
      CoverageOf(course, requirement.demands, weights);
  if (coverage.closes.empty()) return std::nullopt;
  return TouchedRequirement{.requirement = &requirement,
                            .limit = requirement.close_day,
                            .closes_hard = std::ranges::any_of(
                                coverage.closes,
                                [&](uint32_t demand) {
                                  return requirement.demands[demand].strength ==
                                         Strength::kHard;
                                }),
                            .coverage_at_most = coverage.coverage};
}

class Toucher {
 public:
  Toucher(const CompiledCourse& course, TenantIndex tenant, Days today)
      : course_(course), tenant_(tenant), today_(today) {}

  void LookThrough(const RequirementSegment& segment, const DocSet& gone) {
    const auto weights = segment.WeightsOf(course_.strategy());
    const SegmentTouch touch = TouchIn(segment, *weights, course_);
    for (size_t word = 0; word < touch.any.size(); ++word) {
      for (uint64_t left = touch.any[word] & ~gone.Word(word); left != 0;
           left &= left - 1) {
        const auto n = static_cast<DocNumber>(
            word * 64 + static_cast<size_t>(std::countr_zero(left)));
        const std::optional<Days> until = segment.OpenUntil(n);
        const RequirementFeatures& requirement = segment.documents()[n];
        if (until.has_value() ? today_ >= *until
                              : !IsCandidate(requirement, tenant_, today_)) {
          continue;
        }
        found_.push_back(
            {.requirement = &requirement,
             .segment = &segment,
             .number = n,
             .limit = until.has_value() ? *until : requirement.close_day,
             .closes_hard = HasBit(touch.hard, n),
             .coverage_at_most =
                 AtMost(touch.weight[n], weights->learnable[n])});
      }
    }
  }

  void LookAt(const RequirementFeatures& requirement) {
    if (!IsCandidate(requirement, tenant_, today_)) return;
    const auto touched = TouchOne(requirement, course_);
    if (touched.has_value()) found_.push_back(*touched);
  }

  std::vector<TouchedRequirement> Take() { return std::move(found_); }

 private:
  static Bp AtMost(uint64_t covered, uint64_t learnable) {
    if (learnable == 0) return 0;
    return static_cast<Bp>(
        std::min<uint64_t>(kFullBp, kFullBp * covered / learnable));
  }

  const CompiledCourse& course_;
  const TenantIndex tenant_;
  const Days today_;
  std::vector<TouchedRequirement> found_;
};

}  // namespace

std::vector<TouchedRequirement> TouchedRequirements(
    const Market& market, const CompiledCourse& course, TenantIndex tenant,
    Days today) {
  Toucher toucher(course, tenant, today);
  for (const auto& part : market.requirement_index().parts()) {
    if (part.segment->fits()) {
      toucher.LookThrough(*part.segment, part.gone);
      continue;
    }
    // Its columns don't hold everything.
    for (DocNumber n = 0; n < part.segment->size(); ++n) {
      if (!part.gone.Contains(n)) toucher.LookAt(part.segment->documents()[n]);
    }
  }
  for (const auto& requirement : market.requirement_index().head()) {
    toucher.LookAt(*requirement);
  }
  return toucher.Take();
}

}  // namespace kugge::matching
