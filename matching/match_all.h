// Every person's best requirements: who is asked about, in an order that a
// later stream can go on from, and the rows of a few people at a time. Threads
// and streams are the caller's.
#ifndef KUGGE_MATCHING_MATCH_ALL_H_
#define KUGGE_MATCHING_MATCH_ALL_H_

#include <compare>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "matching/compiled_person.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/rank.h"
#include "matching/types.h"

namespace kugge::matching {

// Where a person stands in the order: by the place of its municipality along a
// curve that keeps neighbours together, then by id. A function of the person
// alone, so it means the same in every later market.
struct PersonKey {
  MunicipalityIndex municipality = kNoMunicipality;
  DocumentId id{};

  friend bool operator==(const PersonKey&, const PersonKey&) = default;
  friend std::strong_ordering operator<=>(const PersonKey& a,
                                          const PersonKey& b);
};

inline PersonKey KeyOf(const PersonFeatures& person) {
  return {person.municipality, person.id};
}

// Whose requirements are asked for.
struct PeopleRequest {
  TenantIndex tenant = 0;
  Days today = 0;
  // Only people of these municipalities (sorted); absent: of all.
  std::optional<std::vector<MunicipalityIndex>> municipalities{};
  // Narrows them further; empty: all. Facets only.
  std::function<bool(const PersonFeatures&)> filter{};
};

// Goes through those people in the order of their keys. Neighbours follow each
// other, so what one person's question has read is still at hand for the next.
// Holds no more than one municipality's people at a time.
class PeopleInOrder {
 public:
  using People = std::vector<const PersonFeatures*>;

  // Counts them, which looks at each once. Goes on after `after`, where it is
  // given, whether or not somebody stands there. `market` outlives this and
  // the people handed out.
  PeopleInOrder(const Market& market, PeopleRequest request,
                const std::optional<PersonKey>& after);

  // How many people there are, and how many of them stand up to `after`.
  size_t total() const { return total_; }
  size_t passed() const { return passed_; }

  // The next ones, at most `most` (above 0); none at the end.
  People Next(size_t most);

 private:
  // Municipalities where somebody is left, in the order of the curve.
  using Place = std::pair<uint16_t, MunicipalityIndex>;

  template <typename Visit>
  void ForEach(const std::optional<std::vector<MunicipalityIndex>>& places,
               Visit visit) const;
  bool IsLeft(const PersonFeatures& person) const {
    return !after_.has_value() || *after_ < KeyOf(person);
  }
  void Gather(MunicipalityIndex municipality, size_t count);

  const Market& market_;
  const PeopleRequest request_;
  const std::optional<PersonKey> after_;
  size_t total_ = 0;
  size_t passed_ = 0;
  // How many people are left at each place that isn't gathered yet.
  std::map<Place, size_t> places_;
  // Of the place under way, in order, and how many were handed out.
  People gathered_;
  size_t handed_out_ = 0;
};

struct PersonRows {
  const PersonFeatures* person = nullptr;
  // Best first; none where no requirement fits.
  std::vector<Match> rows{};
};

struct PeopleRows {
  // In the order asked.
  std::vector<PersonRows> people{};
  // How many requirements were given a verdict.
  size_t judged = 0;
};

// What TopRequirements answers for each of `people`, one after the other.
// Errors: CANCELLED.
absl::StatusOr<PeopleRows> MatchPeople(
    const Market& market, absl::Span<const PersonFeatures* const> people,
    const Scoring& scoring, const RankRequest<RequirementFeatures>& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_MATCH_ALL_H_
