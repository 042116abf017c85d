#include <algorithm>
#include <string>
#include <utility>

#include "tests/oracle/random_market.h"

namespace kugge::oracle {

using matching::ConceptIndex;
using matching::Days;
using matching::Demand;
using matching::DemandKind;
using matching::DocumentId;
using matching::Evidence;
using matching::Gain;
using matching::Held;
using matching::JobFacts;
using matching::kDemandKindCount;
using matching::kNoConcept;
using matching::kNoMunicipality;
using matching::Level;
using matching::PersonFeatures;
using matching::Point;
using matching::RequirementFeatures;
using matching::Section;
using matching::SectionState;
using matching::Strength;
using matching::Wishes;

namespace {

template <typename T>
void SortDistinct(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// The first and last day that a date of the API can be.
constexpr Days kFirstDay = -719162;
constexpr Days kLastDay = 2932896;

}  // namespace

// Half of the ids share their first bytes, and some all but the last, so that
// no part of an id can be left out of a comparison.
DocumentId DocumentMaker::Id() {
  DocumentId id;
  for (uint8_t& byte : id.bytes)
    byte = static_cast<uint8_t>(random_.Below(256));
  if (random_.Chance(50)) {
    for (size_t i = 0; i < 4; ++i) id.bytes[i] = 0x5A;
  }
  if (random_.Chance(20)) {
    for (size_t i = 0; i < 13; ++i) id.bytes[i] = 0xC3;
  }
  return id;
}

std::string DocumentMaker::Reference() {
  return "document " + std::to_string(++references_);
}

ConceptIndex DocumentMaker::Concept() {
  if (character_.concepts == 0 || random_.Chance(character_.unknown)) {
    // Beyond the taxonomy.
    if (random_.Chance(20)) return kNoConcept - 1;
    return static_cast<ConceptIndex>(
        character_.concepts + random_.Below(character_.unknown_concepts));
  }
  if (random_.Chance(60)) return random_.Of(character_.popular);
  return static_cast<ConceptIndex>(random_.Below(character_.concepts));
}

ConceptIndex DocumentMaker::ConceptOf(DemandKind kind) {
  if (kind == DemandKind::kEducation && random_.Chance(character_.untold)) {
    return kNoConcept;
  }
  return Concept();
}

Level DocumentMaker::LevelOf(DemandKind kind) {
  if (random_.Chance(character_.untold)) return 0;
  if (random_.Chance(1)) {
    return static_cast<Level>(random_.Of(std::vector<int>{999, 1001, 8191}));
  }
  if (random_.Chance(character_.absurd_levels)) {
    return static_cast<Level>(random_.Of(std::vector<int>{8192, 65535}));
  }
  if (random_.Chance(character_.quantised)) {
    return static_cast<Level>(random_.Below(3));
  }
  constexpr int kHighest[] = {120, 5, 6, 3, 3, 8};
  return static_cast<Level>(
      random_.Between(0, kHighest[static_cast<size_t>(kind)]));
}

Evidence DocumentMaker::SomeEvidence() {
  if (random_.Chance(50)) return Evidence::kClaimed;
  return static_cast<Evidence>(random_.Below(4));
}

Strength DocumentMaker::SomeStrength() {
  return random_.Chance(character_.hard) ? Strength::kHard : Strength::kSoft;
}

Days DocumentMaker::Day() {
  if (random_.Chance(2)) return random_.Chance(50) ? kFirstDay : kLastDay;
  if (random_.Chance(character_.quantised)) {
    return character_.today + static_cast<Days>(random_.Between(-1, 2)) * 30;
  }
  return character_.today + static_cast<Days>(random_.Between(-40, 160));
}

std::optional<Point> DocumentMaker::Place() {
  if (random_.Chance(character_.untold)) return std::nullopt;
  if (random_.Chance(70)) return random_.Of(character_.places);
  if (random_.Chance(4)) {
    // Poles, the date line, and beyond what is valid.
    const std::vector<Point> corners = {{9'000'000, 0},
                                        {-9'000'000, 18'000'000},
                                        {0, -18'000'000},
                                        {12'000'000, 20'000'000},
                                        {0, 0}};
    return random_.Of(corners);
  }
  return Point{static_cast<int32_t>(random_.Between(5'530'000, 6'900'000)),
               static_cast<int32_t>(random_.Between(1'100'000, 2'400'000))};
}

matching::MunicipalityIndex DocumentMaker::Municipality() {
  if (random_.Chance(character_.untold)) return kNoMunicipality;
  return static_cast<matching::MunicipalityIndex>(random_.Below(6));
}

Section DocumentMaker::SectionOf(DemandKind kind) {
  Section section;
  section.state =
      random_.Chance(60) ? SectionState::kOpen : SectionState::kComplete;
  const size_t count = random_.Chance(25) ? 0 : random_.Below(6);
  for (size_t i = 0; i < count; ++i) {
    section.held.push_back({ConceptOf(kind), LevelOf(kind), SomeEvidence()});
    if (random_.Chance(character_.held_twice)) {
      // The same concept twice.
      Held again = section.held.back();
      again.level = LevelOf(kind);
      again.evidence = SomeEvidence();
      section.held.push_back(again);
    }
  }
  std::stable_sort(section.held.begin(), section.held.end(),
                   [](const Held& x, const Held& y) {
                     return x.concept_index < y.concept_index;
                   });
  const size_t lacking = random_.Chance(60) ? 0 : random_.Below(4);
  for (size_t i = 0; i < lacking; ++i) section.lacking.push_back(Concept());
  SortDistinct(section.lacking);
  return section;
}

Wishes DocumentMaker::SomeWishes() {
  Wishes wishes;
  // Some people ask nothing, some a single thing.
  unsigned asks = static_cast<unsigned>(
      random_.Of(std::vector<int>{0, 15, 50, 50, 80, 100}));
  if (character_.nobody_asks) asks = 0;
  if (random_.Chance(asks)) {
    std::vector<ConceptIndex> wanted;
    const size_t count = 1 + random_.Below(4);
    wanted.reserve(count);
    for (size_t i = 0; i < count; ++i) wanted.push_back(Concept());
    SortDistinct(wanted);
    for (const ConceptIndex one : wanted) {
      wishes.occupations.push_back(
          {one, static_cast<uint8_t>(random_.Between(0, 10))});
    }
  }
  if (random_.Chance(asks)) {
    const std::vector<int> maxima = {0, 100, 500, 500, 3000, 20'000};
    wishes.maximum_distance = random_.Of(maxima);
    wishes.easy_distance = static_cast<int32_t>(
        random_.Chance(25) ? *wishes.maximum_distance
                           : random_.Between(0, *wishes.maximum_distance));
  }
  const size_t moves = random_.Chance(50) ? 0 : random_.Below(4);
  for (size_t i = 0; i < moves; ++i) {
    wishes.relocation.push_back(
        static_cast<matching::MunicipalityIndex>(random_.Below(6)));
  }
  SortDistinct(wishes.relocation);
  if (random_.Chance(asks)) {
    wishes.maximum_hours_percent =
        static_cast<uint8_t>(random_.Between(1, 100));
    wishes.minimum_hours_percent =
        static_cast<uint8_t>(random_.Between(0, wishes.maximum_hours_percent));
  }
  if (random_.Chance(asks)) {
    wishes.shifts = static_cast<matching::ShiftSet>(random_.Between(1, 31));
  }
  if (random_.Chance(asks)) wishes.earliest_start = Day();
  if (random_.Chance(asks)) {
    wishes.minimum_remote_percent = static_cast<uint8_t>(
        random_.Of(std::vector<int>{1, 50, 50, 60, 99, 100}));
  }
  wishes.occupations_strength = SomeStrength();
  wishes.distance_strength = SomeStrength();
  wishes.hours_strength = SomeStrength();
  wishes.shifts_strength = SomeStrength();
  wishes.start_strength = SomeStrength();
  wishes.remote_strength = SomeStrength();
  return wishes;
}

PersonFeatures DocumentMaker::Person() {
  PersonFeatures person;
  person.id = Id();
  person.reference = Reference();
  person.tenant = static_cast<uint32_t>(random_.Below(character_.tenants));
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    person.sections[kind] = SectionOf(static_cast<DemandKind>(kind));
  }
  person.home = Place();
  person.wishes = SomeWishes();
  if (person.wishes.maximum_distance.has_value() && person.home.has_value() &&
      random_.Chance(30)) {
    // Some job lies at exactly the maximum.
    const matching::HundredMetres maximum =
        matching::DistanceHm(*person.home, random_.Of(character_.places));
    person.wishes.maximum_distance = maximum;
    person.wishes.easy_distance =
        std::min(person.wishes.easy_distance, maximum);
  }
  if (random_.Chance(20)) {
    person.expire_day =
        character_.today + static_cast<Days>(random_.Between(-2, 10));
  }
  person.municipality = Municipality();
  person.kind = static_cast<uint8_t>(random_.Below(3));
  return person;
}

Demand DocumentMaker::SomeDemand() {
  Demand demand;
  demand.kind = static_cast<DemandKind>(random_.Below(kDemandKindCount));
  demand.concept_index = ConceptOf(demand.kind);
  demand.minimum_level = random_.Chance(50) ? Level{0} : LevelOf(demand.kind);
  demand.minimum_evidence =
      random_.Chance(60) ? Evidence::kClaimed : SomeEvidence();
  demand.strength = SomeStrength();
  demand.importance = static_cast<uint8_t>(
      random_.Chance(character_.quantised) ? 5 : random_.Between(0, 10));
  return demand;
}

Demand DocumentMaker::TaughtDemand() {
  Demand demand = SomeDemand();
  const Gain& taught = random_.Of(character_.taught);
  demand.kind = taught.section;
  demand.concept_index = taught.concept_index;
  if (random_.Chance(60)) demand.strength = Strength::kHard;
  return demand;
}

std::vector<Demand> DocumentMaker::Demands(size_t count) {
  const bool soft_beside = random_.Chance(character_.hard_if_taught);
  std::vector<Demand> demands;
  for (size_t i = 0; i < count; ++i) {
    const bool taught = random_.Chance(character_.taught_demands);
    demands.push_back(taught ? TaughtDemand() : SomeDemand());
    if (!taught && soft_beside) demands.back().strength = Strength::kSoft;
  }
  // By kind; within a kind any order is one that concept ids could give.
  std::stable_sort(
      demands.begin(), demands.end(),
      [](const Demand& x, const Demand& y) { return x.kind < y.kind; });
  return demands;
}

JobFacts DocumentMaker::Facts() {
  JobFacts facts;
  const unsigned told = 100 - character_.untold;
  if (random_.Chance(told)) {
    const size_t count = 1 + random_.Below(3);
    for (size_t i = 0; i < count; ++i) facts.occupations.push_back(Concept());
    SortDistinct(facts.occupations);
  }
  facts.place = Place();
  facts.municipality = Municipality();
  if (random_.Chance(told)) {
    facts.maximum_hours_percent = static_cast<uint8_t>(random_.Between(1, 100));
    facts.minimum_hours_percent =
        static_cast<uint8_t>(random_.Between(1, facts.maximum_hours_percent));
  }
  if (random_.Chance(told)) {
    facts.shifts = static_cast<matching::ShiftSet>(random_.Between(1, 31));
  }
  if (random_.Chance(told)) facts.earliest_start = Day();
  if (random_.Chance(told)) facts.latest_start = Day();
  if (random_.Chance(told)) {
    facts.remote_percent = static_cast<uint8_t>(
        random_.Of(std::vector<int>{0, 0, 1, 50, 99, 100, 33}));
  }
  return facts;
}

RequirementFeatures DocumentMaker::Requirement() {
  RequirementFeatures requirement;
  requirement.id = Id();
  requirement.reference = Reference();
  requirement.tenant = static_cast<uint32_t>(random_.Below(character_.tenants));
  requirement.private_to_tenant = random_.Chance(15);
  requirement.open = !random_.Chance(8);
  if (random_.Chance(30)) {
    // Also on the days on which sessions end.
    requirement.close_day =
        character_.today +
        static_cast<Days>(random_.Chance(50)
                              ? random_.Between(-2, 10)
                              : random_.Below(4) * 30 + random_.Below(4));
  }
  requirement.positions = static_cast<uint32_t>(random_.Between(1, 5));
  // Thin ones are common; some are long.
  size_t count = random_.Below(9);
  if (random_.Chance(20)) count = random_.Below(2);
  if (random_.Chance(character_.long_requirements)) count = 40;
  requirement.demands = Demands(count);
  requirement.facts = Facts();
  requirement.employer = static_cast<uint32_t>(random_.Below(4));
  requirement.occupation_group = static_cast<uint32_t>(random_.Below(4));
  requirement.origin = static_cast<uint8_t>(random_.Below(2));
  requirement.horizon = static_cast<uint8_t>(random_.Below(2));
  return requirement;
}

}  // namespace kugge::oracle
