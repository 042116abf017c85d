// The lines of an offering's row: what is asked or missing, and whether the
// offering would satisfy it.
#ifndef KUGGE_SERVICES_MATCH_COVERAGE_LINES_H_
#define KUGGE_SERVICES_MATCH_COVERAGE_LINES_H_

#include "kugge/v1/match_service.pb.h"
#include "matching/compiled_requirement.h"
#include "matching/offerings.h"
#include "services/match/question.h"

namespace kugge::match {

// Fills `demands` of rows for a requirement: all that could be learnt.
void CoverRequirement(const Question& question,
                      const matching::CompiledRequirement& requirement,
                      const matching::OfferingAnswer& answer,
                      v1::MatchOfferingsResponse* response);

// Fills `demands` of rows for a person: the gap.
void CoverGap(const Question& question, const matching::OfferingAnswer& answer,
              v1::MatchOfferingsResponse* response);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_COVERAGE_LINES_H_
