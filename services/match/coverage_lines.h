// The lines that say what a training covers: what is asked or missing, and
// whether the offering would satisfy it.
#ifndef KUGGE_SERVICES_MATCH_COVERAGE_LINES_H_
#define KUGGE_SERVICES_MATCH_COVERAGE_LINES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"
#include "kugge/v1/match_service.pb.h"
#include "matching/features.h"
#include "matching/offerings.h"
#include "services/match/question.h"

namespace kugge::match {

using CoveredLines = google::protobuf::RepeatedPtrField<v1::CoveredDemand>;

// A requirement's demands, each with its weight.
struct WeightedDemands {
  std::span<const matching::Demand> demands;
  std::span<const matching::Bp> weights;
};

// All that could be learnt of `asked`. `closes`: the places of those that the
// offering would satisfy, ascending.
void CoverDemands(const Question& question, const WeightedDemands& asked,
                  const std::vector<uint32_t>& closes, CoveredLines* lines);

// Those of `asked` at the places that are left, which nothing covers.
void LeaveDemands(const Question& question, const WeightedDemands& asked,
                  const std::vector<uint32_t>& left, CoveredLines* lines);

// Fills `demands` of rows for a person: the gap.
void CoverGap(const Question& question, const matching::OfferingAnswer& answer,
              v1::MatchOfferingsResponse* response);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_COVERAGE_LINES_H_
