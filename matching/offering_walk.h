// A walk over the offerings that give something of what is looked for, through
// the index: each different gain is looked at once, then the offerings.
#ifndef KUGGE_MATCHING_OFFERING_WALK_H_
#define KUGGE_MATCHING_OFFERING_WALK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "matching/features.h"
#include "matching/index/offering_segment.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// Which offerings a walk meets: candidates of the tenant that pass the filter
// (empty: all). `cancelled` is polled now and then.
struct OfferingWalk {
  TenantIndex tenant = 0;
  const std::function<bool(const OfferingFeatures&)>& filter;
  const std::function<bool()>& cancelled;
};

// Calls consider(offering) for each that gives something for which
// `relevant(gain)` holds, and for the newest ones; adds to `candidates` how
// many there are, relevant or not. Errors: CANCELLED.
template <typename Relevant, typename Consider>
absl::Status ForEachRelevant(const Market& market, const OfferingWalk& walk,
                             Relevant relevant, size_t& candidates,
                             Consider consider) {
  // Considering one may take some hundred microseconds.
  constexpr size_t kConsideredPerPoll = 128;
  const auto passes = [&](const OfferingFeatures& offering) {
    return !walk.filter || walk.filter(offering);
  };
  size_t considered = 0;
  for (const auto& part : market.offering_index().parts()) {
    const OfferingSegment& segment = *part.segment;
    std::vector<uint8_t> wanted;
    wanted.reserve(segment.gains().size());
    for (const Gain& gain : segment.gains()) {
      wanted.push_back(relevant(gain) ? 1 : 0);
    }
    for (DocNumber n = 0; n < segment.size(); ++n) {
      if (part.gone.Contains(n)) continue;
      if (!segment.IsPlain(n) &&
          !IsCandidate(segment.documents()[n], walk.tenant)) {
        continue;
      }
      // Asked first for whether there is one: the document is far away.
      if (walk.filter && !walk.filter(segment.documents()[n])) continue;
      ++candidates;
      if (std::ranges::none_of(segment.GainsOf(n), [&](uint32_t gain) {
            return wanted[gain] != 0;
          })) {
        continue;
      }
      if (considered++ % kConsideredPerPoll == 0 && walk.cancelled &&
          walk.cancelled()) {
        return absl::CancelledError("the match was cancelled");
      }
      consider(segment.documents()[n]);
    }
  }
  for (const auto& offering : market.offering_index().head()) {
    if (!IsCandidate(*offering, walk.tenant) || !passes(*offering)) continue;
    ++candidates;
    consider(*offering);
  }
  return absl::OkStatus();
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_OFFERING_WALK_H_
