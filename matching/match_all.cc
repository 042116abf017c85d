#include "matching/match_all.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <tuple>

#include "base/status_macros.h"
#include "matching/index/documents.h"
#include "matching/index/place_order.h"

namespace kugge::matching {

std::strong_ordering operator<=>(const PersonKey& a, const PersonKey& b) {
  if (a.municipality != b.municipality) {
    return std::tuple(PlaceRank(a.municipality), a.municipality) <=>
           std::tuple(PlaceRank(b.municipality), b.municipality);
  }
  return a.id <=> b.id;
}

PeopleInOrder::PeopleInOrder(const Market& market, PeopleRequest request,
                             const std::optional<PersonKey>& after)
    : market_(market), request_(std::move(request)), after_(after) {
  ForEach(request_.municipalities, [this](const PersonFeatures& person) {
    ++total_;
    if (IsLeft(person)) {
      ++places_[{PlaceRank(person.municipality), person.municipality}];
    } else {
      ++passed_;
    }
  });
}

// The people who are asked about, of these municipalities; in no order.
template <typename Visit>
void PeopleInOrder::ForEach(
    const std::optional<std::vector<MunicipalityIndex>>& places,
    Visit visit) const {
  const auto visit_if = [&](const PersonFeatures& person) {
    if (!IsCandidate(person, request_.tenant, request_.today)) return;
    if (!request_.filter || request_.filter(person)) visit(person);
  };
  const SegmentedIndex<PersonSegment>& index = market_.person_index();
  const MunicipalitySet municipalities(places);
  for (const auto& part : index.parts()) {
    const auto& documents = part.segment->documents();
    for (const DocRange& range :
         part.segment->Ranges(request_.tenant, municipalities)) {
      for (DocNumber n = range.begin; n < range.end; ++n) {
        if (!part.gone.Contains(n)) visit_if(documents[n]);
      }
    }
  }
  for (const auto& person : index.head()) {
    if (!places.has_value() ||
        std::ranges::binary_search(*places, person->municipality)) {
      visit_if(*person);
    }
  }
}

void PeopleInOrder::Gather(MunicipalityIndex municipality, size_t count) {
  gathered_.clear();
  gathered_.reserve(count);
  handed_out_ = 0;
  ForEach(std::vector<MunicipalityIndex>{municipality},
          [this](const PersonFeatures& person) {
            if (IsLeft(person)) gathered_.push_back(&person);
          });
  std::ranges::sort(gathered_, {}, &PersonFeatures::id);
}

PeopleInOrder::People PeopleInOrder::Next(size_t most) {
  People next;
  next.reserve(most);
  while (next.size() < most) {
    if (handed_out_ == gathered_.size()) {
      if (places_.empty()) break;
      const auto place = places_.begin();
      Gather(place->first.second, place->second);
      places_.erase(place);
    }
    const size_t count =
        std::min(most - next.size(), gathered_.size() - handed_out_);
    const auto begin =
        gathered_.begin() + static_cast<People::difference_type>(handed_out_);
    next.insert(next.end(), begin,
                begin + static_cast<People::difference_type>(count));
    handed_out_ += count;
  }
  return next;
}

absl::StatusOr<PeopleRows> MatchPeople(
    const Market& market, absl::Span<const PersonFeatures* const> people,
    const Scoring& scoring, const RankRequest<RequirementFeatures>& request) {
  PeopleRows all;
  all.people.reserve(people.size());
  for (const PersonFeatures* person : people) {
    const CompiledPerson compiled(*person, scoring);
    KUGGE_ASSIGN_OR_RETURN(RankAnswer answer,
                           TopRequirements(market, compiled, request));
    all.judged += answer.judged;
    all.people.push_back({person, std::move(answer.rows)});
  }
  return all;
}

}  // namespace kugge::matching
