// Requirements of the index, laid out for the question "what fits this person":
// ordered by place and occupation, with posting lists over what they demand.
#ifndef KUGGE_MATCHING_INDEX_REQUIREMENT_SEGMENT_H_
#define KUGGE_MATCHING_INDEX_REQUIREMENT_SEGMENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "base/mutex.h"
#include "matching/features.h"
#include "matching/geo/distance.h"
#include "matching/index/documents.h"
#include "matching/index/hard_demand_table.h"
#include "matching/index/job_columns.h"
#include "matching/index/municipality_set.h"
#include "matching/index/postings.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

// Requirements of one municipality.
struct RequirementRun {
  MunicipalityIndex municipality = kNoMunicipality;
  DocRange requirements;
  // Around the places that are told; none where no place is.
  std::optional<Box> places{};
  bool all_placed = true;
  bool some_fully_remote = false;
};

// What a job offers, beside the posting lists: what a pair's verdict needs,
// without a look at the document itself.
struct JobTerms {
  PlainFacts facts;
  // Of RequirementSegment's occupations.
  uint32_t occupations_begin = 0;
  uint8_t occupations_count = 0;
};

// One HARD demand, and who makes it.
struct CommonDemand {
  Demand demand;
  // 64 requirements a word.
  std::vector<uint64_t> bits;
};

// What the weights of a strategy make of a segment's requirements.
struct SegmentWeights {
  std::array<Bp, kDemandKindCount> demand_weights{};
  Thousandths not_asked_credit = 0;
  // One weight a posting, in the lists' order.
  std::vector<uint16_t> of_posting;
  // The largest of each list.
  std::vector<uint16_t> largest;
  // What the kinds that a requirement doesn't ask about give it.
  std::vector<uint16_t> not_asked;
  // What its demands that can be learnt weigh together.
  std::vector<uint16_t> learnable;
};

// The shape is immutable; weights are made when a strategy is first used and
// kept for a few strategies. Safe to share between threads.
class RequirementSegment {
 public:
  using Document = RequirementFeatures;
  using Documents = SegmentDocuments<RequirementFeatures>;
  // How many HARD demands a requirement has of each kind; those for any field
  // of education stand in a column of their own.
  static constexpr size_t kHardColumns = kDemandKindCount + 1;
  static constexpr size_t kAnyEducation = kDemandKindCount;

  // In any order; ids are distinct.
  explicit RequirementSegment(std::vector<Documents::Pointer> requirements);

  size_t size() const { return documents_.size(); }
  const Documents& documents() const { return documents_; }
  const PostingLists& demanded() const { return demanded_; }
  // The HARD ones of them alone, but for those of common_demands.
  const PostingLists& hard_demanded() const { return hard_demanded_; }
  // HARD demands that many make alike, occupations left out.
  const std::vector<CommonDemand>& common_demands() const { return common_; }
  const PostingLists& offered() const { return offered_; }
  // Those HARD ones again, requirement by requirement.
  const HardDemandTable& hard_demands() const { return hard_demands_; }
  // What every job is once more, by codes.
  const JobColumns& job_columns() const { return job_columns_; }
  const JobTerms& TermsOf(DocNumber requirement) const {
    return terms_[requirement];
  }
  std::span<const ConceptIndex> OccupationsOf(const JobTerms& terms) const {
    return {occupations_.data() + terms.occupations_begin,
            terms.occupations_count};
  }
  // The run that the requirement stands in.
  const RequirementRun& RunOf(DocNumber requirement) const;
  const std::vector<RequirementRun>& runs() const { return runs_; }

  // Those of common_demands aren't counted.
  const uint8_t* HardDemands(size_t column) const {
    return hard_[column].data();
  }
  // Of all kinds together.
  const uint8_t* AllHardDemands() const { return all_hard_.data(); }
  // 64 requirements a word: those that have none of all kinds.
  const std::vector<uint64_t>& none_hard() const { return none_hard_; }
  bool Asks(DocNumber requirement) const {
    return (asks_[requirement / 64] >> (requirement % 64) & 1) != 0;
  }
  // 64 requirements a word: those with any demand.
  const std::vector<uint64_t>& asks() const { return asks_; }
  // Whether the requirement is a candidate for everybody on every day.
  bool IsPlain(DocNumber requirement, Days) const {
    return (plain_[requirement / 64] >> (requirement % 64) & 1) != 0;
  }
  // 64 requirements a word: those who are.
  const std::vector<uint64_t>& plain() const { return plain_; }
  // The day from which on it is no candidate for anybody, where it is one for
  // everybody until then; nothing where that has to be asked of the document.
  std::optional<Days> OpenUntil(DocNumber requirement) const {
    const Days day = open_until_[requirement];
    return day == kAskDocument ? std::nullopt : std::optional<Days>(day);
  }
  uint32_t Positions(DocNumber requirement) const {
    return positions_[requirement];
  }
  bool some_ask_nothing() const { return some_ask_nothing_; }
  // False where some requirement has more demands, or a larger level, than the
  // columns hold: such a segment is looked through one by one.
  bool fits() const { return fits_; }

  // Made on the first call with such weights; shared with later ones.
  std::shared_ptr<const SegmentWeights> WeightsOf(
      const Strategy& strategy) const;

  // Ranges of those municipalities. Ascending, apart.
  std::vector<DocRange> Ranges(const MunicipalitySet& municipalities) const;

  // Bytes beside the documents themselves.
  size_t bytes() const;

 private:
  static constexpr Days kAskDocument = std::numeric_limits<Days>::min();
  static constexpr uint32_t kNotCommon = 0xFFFFFFFF;
  // A bit a requirement costs as much as a posting for every 48 of them, and
  // rules out 64 at a time; a demand that few make is found in its list as
  // fast.
  static constexpr size_t kCommonShare = 64;
  static constexpr size_t kLeastCommon = 8;
  // How many strategies' weights are kept.
  static constexpr size_t kMostWeights = 4;

  template <typename Add>
  void ForEachPosting(Add add) const;
  // The places of common_demands by the numbers of hard_demands; kNotCommon for
  // the others.
  std::vector<uint32_t> FillCommon();
  void FillColumns(const std::vector<uint32_t>& common);
  void FillTerms();
  void FillRuns();
  std::shared_ptr<const SegmentWeights> MakeWeights(
      const Strategy& strategy) const;

  Documents documents_;
  PostingLists demanded_;
  PostingLists hard_demanded_;
  PostingLists offered_;
  HardDemandTable hard_demands_;
  std::vector<CommonDemand> common_;
  JobColumns job_columns_;
  std::vector<JobTerms> terms_;
  std::vector<ConceptIndex> occupations_;
  std::vector<RequirementRun> runs_;
  std::array<std::vector<uint8_t>, kHardColumns> hard_;
  std::vector<uint8_t> all_hard_;
  std::vector<uint64_t> none_hard_;
  std::vector<uint64_t> asks_;
  std::vector<uint64_t> plain_;
  std::vector<Days> open_until_;
  std::vector<uint32_t> positions_;
  bool some_ask_nothing_ = false;
  bool fits_ = true;

  mutable Mutex weights_mutex_;
  // Last used first.
  mutable std::vector<std::shared_ptr<const SegmentWeights>> weights_
      ABSL_GUARDED_BY(weights_mutex_);
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_REQUIREMENT_SEGMENT_H_
