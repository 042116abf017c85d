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
#include "matching/index/documents.h"

namespace kugge::matching {

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

  // Bytes beside the documents themselves.
  size_t bytes() const;

 private:
  Documents documents_;
  std::vector<uint8_t> plain_;
  std::vector<Gain> gains_;
  std::vector<uint32_t> numbers_;
  std::vector<uint32_t> begins_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_OFFERING_SEGMENT_H_
