// What rows of offerings have in common, whoever asks.
#ifndef KUGGE_MATCHING_OFFERING_ROWS_H_
#define KUGGE_MATCHING_OFFERING_ROWS_H_

#include <algorithm>

#include "matching/course.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/offerings.h"
#include "matching/types.h"

namespace kugge::matching {

inline const SessionFeatures* SessionOf(const OfferingFeatures& offering,
                                        const DocumentId& id) {
  return &*std::ranges::find(offering.sessions, id, &SessionFeatures::id);
}

// Names the offering and its session.
inline void AddReferences(const Market& market, OfferingMatch& match) {
  const OfferingFeatures& offering = *market.offerings().Find(match.offering);
  match.offering_reference = offering.reference;
  match.session_reference = SessionOf(offering, match.session)->reference;
}

// Fills what a row says of its session; false when none is usable.
inline bool ChooseSession(const SessionSeeker& seeker,
                          const OfferingFeatures& offering, Days today,
                          OfferingMatch& match) {
  const auto best = seeker.Best(offering, today);
  if (!best.has_value()) return false;
  match.session = best->session->id;
  match.other_sessions = best->usable - 1;
  match.end_day = best->choice.end_day;
  match.distance = best->choice.distance;
  match.weeks =
      WeeksOf(offering.weeks, best->session->start_day, best->choice.end_day);
  return true;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_OFFERING_ROWS_H_
