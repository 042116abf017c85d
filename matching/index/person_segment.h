// People of the index, laid out for the question "who fits this requirement":
// ordered by tenant, place and occupation, with posting lists over what they
// hold, and the little that has to be looked at person by person in columns.
#ifndef KUGGE_MATCHING_INDEX_PERSON_SEGMENT_H_
#define KUGGE_MATCHING_INDEX_PERSON_SEGMENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "matching/features.h"
#include "matching/geo/distance.h"
#include "matching/index/documents.h"
#include "matching/index/expiries.h"
#include "matching/index/hard_distances.h"
#include "matching/index/kept_sets.h"
#include "matching/index/late_starters.h"
#include "matching/index/municipality_set.h"
#include "matching/index/postings.h"
#include "matching/index/wish_columns.h"
#include "matching/types.h"
#include "matching/wishes.h"

namespace kugge::matching {

// People of one tenant and one municipality. All runs are gone through for
// every question: what few ask of them stands elsewhere.
struct PersonRun {
  TenantIndex tenant = 0;
  MunicipalityIndex municipality = kNoMunicipality;
  DocRange people;
};

// How far the people of a run would go.
struct RunTravel {
  // Of those who tell it: where their homes are, and the longest distances.
  std::optional<Box> homes{};
  HundredMetres largest_easy = 0;
  HundredMetres largest_maximum = 0;
  // Somebody doesn't tell it.
  bool some_go_anywhere = false;
};

// What a person asks of a job, beside the posting lists: what a pair's verdict
// needs, without a look at the document itself.
struct PersonTerms {
  PlainWishes wishes;
  std::optional<Point> home{};
  // Of PersonSegment's wanted occupations.
  uint32_t wanted_begin = 0;
  uint8_t wanted_count = 0;
  // The person names municipalities to move to.
  bool relocates = false;
};

// How much a person wants the occupation beside the one it wants most, in
// thousandths, rounded up: no credit scaled by importance is larger than one
// scaled by this.
Level ShareOfWanted(const WantedOccupation& occupation,
                    std::span<const WantedOccupation> all);

// The shape is immutable; sets of people are made when a question first asks
// for them, and some of them kept. Safe to share between threads. Asked with
// one concept graph in its life: another one comes with another index.
class PersonSegment {
 public:
  using Document = PersonFeatures;
  using Documents = SegmentDocuments<PersonFeatures>;

  // In any order; ids are distinct.
  explicit PersonSegment(std::vector<Documents::Pointer> people);

  size_t size() const { return documents_.size(); }
  const Documents& documents() const { return documents_; }
  const PostingLists& held() const { return held_; }
  const std::vector<PersonRun>& runs() const { return runs_; }
  // By place in runs().
  const std::vector<RunTravel>& travels() const { return travels_; }

  // 64 people a word, from number 64 * word: whether the section counts as open
  // for a demand with a concept, and for one without (docs/scoring.md 1.4).
  const uint64_t* OpenSections(DemandKind kind, bool with_concept) const {
    return open_[OpenColumn(kind, with_concept)].data();
  }
  // Whether the person asks anything of a job.
  bool Asks(DocNumber person) const {
    return (asks_[person / 64] >> (person % 64) & 1) != 0;
  }
  bool anyone_asks() const { return anyone_asks_; }
  // Only where anyone asks: what the person asks.
  const PersonTerms& TermsOf(DocNumber person) const { return terms_[person]; }
  std::span<const WantedOccupation> WantedBy(const PersonTerms& terms) const {
    return {wanted_.data() + terms.wanted_begin, terms.wanted_count};
  }
  const HardDistances& hard_distances() const { return hard_distances_; }
  const LateStarters& late_starters() const { return late_starters_; }
  const Expiries& expiries() const { return expiries_; }
  // What everybody asks once more, by codes. Only where anyone asks.
  const WishColumns& wish_columns() const { return wish_columns_; }
  // Everybody but those whose wish of that kind can refuse a job (CanRefuse);
  // bits past the last person are set.
  const NumberBits& Indifferent(WishKind kind) const {
    return indifferent_[static_cast<size_t>(kind)];
  }
  // Those others, ascending.
  std::vector<DocNumber> Demanding(WishKind kind) const;
  // Whether everybody is a candidate of their tenant on that day.
  bool AllPlain(Days today) const { return today < first_expiry_; }
  bool IsPlain(DocNumber, Days today) const { return AllPlain(today); }
  // False where some level is too large for the lists: such a segment is
  // looked through one by one.
  bool fits() const { return fits_; }

  // Sets of this segment's numbers.
  KeptSets& kept_sets() const { return *kept_sets_; }

  // Ranges of a tenant's people of those municipalities. Ascending, apart.
  std::vector<DocRange> Ranges(TenantIndex tenant,
                               const MunicipalitySet& municipalities) const;

  // Bytes beside the documents themselves.
  size_t bytes() const;

 private:
  // What the kept sets may take.
  static constexpr size_t kKeptBytesPerPerson = 96;
  // Education has a column of its own for demands without a concept.
  static constexpr size_t kOpenColumns = kDemandKindCount + 1;
  static size_t OpenColumn(DemandKind kind, bool with_concept) {
    return kind == DemandKind::kEducation && !with_concept
               ? kDemandKindCount
               : static_cast<size_t>(kind);
  }

  template <typename Add>
  void ForEachPosting(Add add) const;
  template <typename Add>
  void ForEachHeld(DocNumber n, Add add) const;
  template <typename Add>
  void ForEachWanted(DocNumber n, Add add) const;
  void FillColumns();
  void FillTerms();
  void FillRuns();

  Documents documents_;
  PostingLists held_;
  std::vector<PersonRun> runs_;
  std::vector<RunTravel> travels_;
  std::array<std::vector<uint64_t>, kOpenColumns> open_;
  std::vector<uint64_t> asks_;
  bool anyone_asks_ = false;
  HardDistances hard_distances_;
  LateStarters late_starters_;
  Expiries expiries_;
  WishColumns wish_columns_;
  std::array<NumberBits, kWishKindCount> indifferent_;
  std::vector<PersonTerms> terms_;
  std::vector<WantedOccupation> wanted_;
  // The first day on which somebody is no longer to be matched.
  Days first_expiry_ = kNoDay;
  bool fits_ = true;
  // Behind a pointer, since it can't be moved.
  std::unique_ptr<KeptSets> kept_sets_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_PERSON_SEGMENT_H_
