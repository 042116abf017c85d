#include "matching/index/person_segment.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/place_order.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// The occupation that people of a place are grouped by.
ConceptIndex OccupationOf(const PersonFeatures& person) {
  if (!person.wishes.occupations.empty()) {
    return person.wishes.occupations.front().concept_index;
  }
  const std::vector<Held>& held =
      person.sections[static_cast<size_t>(DemandKind::kOccupation)].held;
  return held.empty() ? kNoConcept : held.front().concept_index;
}

struct PersonPlace {
  TenantIndex tenant;
  uint16_t rank;
  MunicipalityIndex municipality;
  ConceptIndex occupation;

  friend auto operator<=>(const PersonPlace&, const PersonPlace&) = default;
};

void AddTravel(const PersonFeatures& person, RunTravel& travel) {
  const Wishes& wishes = person.wishes;
  if (!wishes.maximum_distance.has_value()) {
    travel.some_go_anywhere = true;
    return;
  }
  travel.largest_easy = std::max(travel.largest_easy, wishes.easy_distance);
  travel.largest_maximum =
      std::max(travel.largest_maximum, *wishes.maximum_distance);
  if (!person.home.has_value()) return;
  travel.homes = travel.homes.has_value() ? travel.homes->Around(*person.home)
                                          : Box{*person.home, *person.home};
}

PersonPlace PlaceOf(const PersonFeatures& person) {
  return {.tenant = person.tenant,
          .rank = PlaceRank(person.municipality),
          .municipality = person.municipality,
          .occupation = OccupationOf(person)};
}

std::vector<PersonSegment::Documents::Pointer> InOrder(
    std::vector<PersonSegment::Documents::Pointer> people) {
  std::vector<std::pair<PersonPlace, uint32_t>> order;
  order.reserve(people.size());
  for (uint32_t i = 0; i < people.size(); ++i) {
    order.emplace_back(PlaceOf(*people[i]), i);
  }
  // Where two stand alike the id decides, so that the order is a function of
  // what is in the segment.
  std::ranges::sort(order, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return people[a.second]->id < people[b.second]->id;
  });
  std::vector<PersonSegment::Documents::Pointer> ordered;
  ordered.reserve(people.size());
  for (const auto& [place, i] : order) ordered.push_back(std::move(people[i]));
  return ordered;
}

// Whether the section counts as open for a demand of the kind, with a concept
// or without.
bool IsOpen(const PersonFeatures& person, DemandKind kind, bool with_concept) {
  return CountsAsOpen(
      person.sections[static_cast<size_t>(kind)],
      {.kind = kind, .concept_index = with_concept ? 0 : kNoConcept});
}

// Occupations that one person can want, as a byte counts them.
constexpr size_t kMostWanted = 255;

}  // namespace

Level ShareOfWanted(const WantedOccupation& occupation,
                    std::span<const WantedOccupation> all) {
  const uint32_t largest = LargestImportance(all);
  const uint32_t importance = std::max<uint32_t>(1, occupation.importance);
  return static_cast<Level>((kFullCredit * importance + largest - 1) / largest);
}

PersonSegment::PersonSegment(std::vector<Documents::Pointer> people)
    : documents_(InOrder(std::move(people))),
      kept_sets_(std::make_unique<KeptSets>(kKeptBytesPerPerson * size())) {
  FillColumns();
  if (anyone_asks_) FillTerms();
  hard_distances_ = HardDistances(documents_, Demanding(WishKind::kDistance));
  late_starters_ = LateStarters(documents_);
  expiries_ = Expiries(documents_);
  if (anyone_asks_) wish_columns_ = WishColumns(documents_);
  held_ = PostingLists(size(), true,
                       [&](auto add) { ForEachPosting(std::move(add)); });
  FillRuns();
}

template <typename Add>
void PersonSegment::ForEachPosting(Add add) const {
  for (DocNumber n = 0; n < size(); ++n) {
    ForEachHeld(n, add);
    if (anyone_asks_) ForEachWanted(n, add);
  }
}

template <typename Add>
void PersonSegment::ForEachHeld(DocNumber n, Add add) const {
  const PersonFeatures& person = documents_[n];
  for (size_t i = 0; i < kDemandKindCount; ++i) {
    const auto kind = static_cast<DemandKind>(i);
    for (const Held& held : person.sections[i].held) {
      const Posting posting{
          .key = PostingKey::Of(kind, held.concept_index),
          .document = n,
          .info = PostingInfo(std::min(held.level, PostingInfo::kLargestLevel),
                              held.evidence, false)};
      add(posting);
      if (kind == DemandKind::kEducation) {
        add(Posting{.key = PostingKey::AnyEducation(),
                    .document = n,
                    .info = posting.info});
      }
    }
    for (const ConceptIndex lacking : person.sections[i].lacking) {
      add(Posting{.key = PostingKey::Lacking(kind, lacking),
                  .document = n,
                  .info = {}});
    }
  }
}

template <typename Add>
void PersonSegment::ForEachWanted(DocNumber n, Add add) const {
  if (!Asks(n)) {
    add(Posting{.key = PostingKey::AskingNothing(), .document = n, .info = {}});
    return;
  }
  const std::span<const WantedOccupation> wanted = WantedBy(TermsOf(n));
  if (wanted.empty()) {
    add(Posting{
        .key = PostingKey::Wanting(kNoConcept), .document = n, .info = {}});
  }
  for (const WantedOccupation& occupation : wanted) {
    add(Posting{.key = PostingKey::Wanting(occupation.concept_index),
                .document = n,
                .info = PostingInfo(ShareOfWanted(occupation, wanted),
                                    Evidence::kClaimed, false)});
  }
}

void PersonSegment::FillColumns() {
  const size_t words = (size() + 63) / 64;
  for (auto& column : open_) column.assign(words, 0);
  asks_.assign(words, 0);
  for (auto& bits : indifferent_) bits.assign(words, ~uint64_t{0});
  for (DocNumber n = 0; n < size(); ++n) {
    const PersonFeatures& person = documents_[n];
    for (size_t i = 0; i < kDemandKindCount; ++i) {
      const auto kind = static_cast<DemandKind>(i);
      if (IsOpen(person, kind, true)) SetBit(open_[i], n);
      for (const Held& held : person.sections[i].held) {
        fits_ &= PostingInfo::Fits(held.level);
      }
    }
    if (IsOpen(person, DemandKind::kEducation, false)) {
      SetBit(open_[kDemandKindCount], n);
    }
    first_expiry_ = std::min(first_expiry_, person.expire_day);
    for (size_t i = 0; i < kWishKindCount; ++i) {
      if (CanRefuse(static_cast<WishKind>(i), person.wishes)) {
        ClearBit(indifferent_[i], n);
      }
    }
    if (AsksAnything(person.wishes)) {
      SetBit(asks_, n);
      anyone_asks_ = true;
      fits_ &= person.wishes.occupations.size() <= kMostWanted;
    }
  }
}

void PersonSegment::FillTerms() {
  terms_.reserve(size());
  for (DocNumber n = 0; n < size(); ++n) {
    const PersonFeatures& person = documents_[n];
    const std::vector<WantedOccupation>& wanted = person.wishes.occupations;
    terms_.push_back({.wishes = static_cast<const PlainWishes&>(person.wishes),
                      .home = person.home,
                      .wanted_begin = static_cast<uint32_t>(wanted_.size()),
                      .wanted_count = static_cast<uint8_t>(
                          std::min(wanted.size(), kMostWanted)),
                      .relocates = !person.wishes.relocation.empty()});
    wanted_.insert(wanted_.end(), wanted.begin(), wanted.end());
  }
}

void PersonSegment::FillRuns() {
  for (DocNumber n = 0; n < size(); ++n) {
    const PersonFeatures& person = documents_[n];
    if (runs_.empty() || runs_.back().tenant != person.tenant ||
        runs_.back().municipality != person.municipality) {
      runs_.push_back({.tenant = person.tenant,
                       .municipality = person.municipality,
                       .people = {n, n}});
      travels_.emplace_back();
    }
    runs_.back().people.end = n + 1;
    AddTravel(person, travels_.back());
  }
}

std::vector<DocNumber> PersonSegment::Demanding(WishKind kind) const {
  std::vector<DocNumber> people;
  const NumberBits& indifferent = Indifferent(kind);
  for (size_t word = 0; word < indifferent.size(); ++word) {
    for (uint64_t left = ~indifferent[word]; left != 0; left &= left - 1) {
      people.push_back(static_cast<DocNumber>(
          word * 64 + static_cast<size_t>(std::countr_zero(left))));
    }
  }
  return people;
}

std::vector<DocRange> PersonSegment::Ranges(
    TenantIndex tenant, const MunicipalitySet& municipalities) const {
  const auto runs =
      std::ranges::equal_range(runs_, tenant, {}, &PersonRun::tenant);
  return RangesWithin(std::span<const PersonRun>(runs), municipalities,
                      [](const PersonRun& run) { return run.people; });
}

size_t PersonSegment::bytes() const {
  size_t bytes = held_.bytes() + kept_sets_->bytes() +
                 runs_.capacity() * sizeof(PersonRun) +
                 travels_.capacity() * sizeof(RunTravel) +
                 asks_.capacity() * sizeof(uint64_t) + hard_distances_.bytes() +
                 late_starters_.bytes() + expiries_.bytes() +
                 wish_columns_.bytes() + documents_.bytes() +
                 terms_.capacity() * sizeof(PersonTerms) +
                 wanted_.capacity() * sizeof(WantedOccupation);
  for (const NumberBits& bits : indifferent_) {
    bytes += bits.capacity() * sizeof(uint64_t);
  }
  for (const auto& column : open_)
    bytes += column.capacity() * sizeof(uint64_t);
  return bytes;
}

}  // namespace kugge::matching
