// Offerings of the index, each different thing that they give numbered once:
// somebody who looks for what a training gives looks at those, and then at the
// offerings that give what is looked for.
#ifndef KUGGE_MATCHING_INDEX_OFFERING_SEGMENT_H_
#define KUGGE_MATCHING_INDEX_OFFERING_SEGMENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/features.h"
#include "matching/geo/distance.h"
#include "matching/index/documents.h"

namespace kugge::matching {

// What choosing a session takes, without a look at the offering.
struct SessionTerms {
  // kNoDay as start: can't be used on any day.
  Days start_day = kNoDay;
  // As EndOf gives it.
  Days end_day = kNoDay;
  // Of OfferingSegment::places(); kNowhere: not known.
  uint32_t place = kNowhere;
  bool distance_learning = false;

  static constexpr uint32_t kNowhere = 0xFFFFFFFF;
};

// Immutable; safe to share between threads.
class OfferingSegment {
 public:
  using Document = OfferingFeatures;
  using Documents = SegmentDocuments<OfferingFeatures>;

  // In any order; ids are distinct.
  explicit OfferingSegment(std::vector<Documents::Pointer> offerings);

  size_t size() const { return documents_.size(); }
  const Documents& documents() const { return documents_; }

  // Whether the offering is a candidate for everybody.
  bool IsPlain(DocNumber offering) const { return plain_[offering] != 0; }
  // All that some offering gives, distinct.
  const std::vector<Gain>& gains() const { return gains_; }
  // Places in gains(), in the order of the offering's own list.
  std::span<const uint32_t> GainsOf(DocNumber offering) const {
    return {numbers_.data() + begins_[offering],
            numbers_.data() + begins_[offering + 1]};
  }

  // All HARD prerequisites that some offering has, distinct in kind, concept,
  // level and evidence.
  const std::vector<Demand>& prerequisites() const { return prerequisites_; }
  // Places in prerequisites().
  std::span<const uint32_t> PrerequisitesOf(DocNumber offering) const {
    return {asked_.data() + asked_begins_[offering],
            asked_.data() + asked_begins_[offering + 1]};
  }
  // In the order of the offering's own list.
  std::span<const SessionTerms> SessionsOf(DocNumber offering) const {
    return {sessions_.data() + session_begins_[offering],
            sessions_.data() + session_begins_[offering + 1]};
  }
  // Where some session is, distinct.
  const std::vector<Point>& places() const { return places_; }
  // Weeks as told; 0: not told.
  uint16_t WeeksTold(DocNumber offering) const { return weeks_[offering]; }

  // Bytes beside the documents themselves.
  size_t bytes() const;

 private:
  void FillGains();
  void FillPrerequisites();
  void FillSessions();

  Documents documents_;
  std::vector<uint8_t> plain_;
  std::vector<Gain> gains_;
  std::vector<uint32_t> numbers_;
  std::vector<uint32_t> begins_;
  std::vector<Demand> prerequisites_;
  std::vector<uint32_t> asked_;
  std::vector<uint32_t> asked_begins_;
  std::vector<SessionTerms> sessions_;
  std::vector<uint32_t> session_begins_;
  std::vector<Point> places_;
  std::vector<uint16_t> weeks_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_OFFERING_SEGMENT_H_
