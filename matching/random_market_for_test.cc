#include "matching/random_market_for_test.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/places_for_test.h"

namespace kugge::matching {
namespace {

// Concepts of each section: [kFirst[kind], kFirst[kind + 1]).
constexpr std::array<ConceptIndex, kDemandKindCount + 1> kFirst = {
    0, 12, 36, 41, 46, 50, 58};
constexpr std::array<Level, kDemandKindCount> kTopLevel = {60, 5, 6, 0, 0, 8};
constexpr ConceptIndex kBeyondTheGraph = 100;

}  // namespace

DocumentId RandomMarket::Id() {
  DocumentId id;
  for (uint8_t& byte : id.bytes) byte = static_cast<uint8_t>(Below(256));
  return id;
}

TieKey RandomMarket::AnyTieKey() { return {.bytes = Id().bytes}; }

ConceptGraph RandomMarket::Graph() {
  std::vector<std::vector<HeldRelation>> toward(kFirst.back());
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    const ConceptIndex size = kFirst[kind + 1] - kFirst[kind];
    for (ConceptIndex wanted = kFirst[kind]; wanted < kFirst[kind + 1];
         ++wanted) {
      for (uint32_t i = Below(5); i > 0; --i) {
        const auto relation = static_cast<RelationKind>(1 + Below(7));
        const uint16_t credit =
            relation == RelationKind::kRelated
                ? static_cast<uint16_t>(1 + Below(kMaxRelatedCredit))
                : kRelationCredit[static_cast<size_t>(relation)];
        toward[wanted].push_back(
            {kFirst[kind] + Below(size), relation, credit});
      }
    }
  }
  return ConceptGraph::FromRelations(std::move(toward));
}

Strategy RandomMarket::AnyStrategy() {
  Strategy strategy = DefaultStrategy();
  if (Chance(50)) return strategy;
  const auto weigh = [&](auto& weights) {
    Bp left = kFullBp;
    for (size_t i = 0; i + 1 < weights.size(); ++i) {
      weights[i] = Chance(20) ? 0 : Below(left / 2 + 1);
      left -= weights[i];
    }
    weights.back() = left;
  };
  weigh(strategy.demand_weights);
  weigh(strategy.wish_weights);
  strategy.score_factor = Below(11);
  strategy.reverse_factor = strategy.score_factor == 0
                                ? 1 + Below(10)
                                : Below(11 - strategy.score_factor);
  strategy.not_asked_credit = Below(1001);
  strategy.maximum_near_misses = Below(4);
  if (Chance(50)) {
    strategy.also_satisfying = RelationBit(RelationKind::kSubstitute75);
  }
  strategy.evidence_factors = {1000, 800, 800, Below(801)};
  return strategy;
}

ConceptIndex RandomMarket::AnyConcept(DemandKind kind) {
  const auto k = static_cast<size_t>(kind);
  if (Chance(3)) return kBeyondTheGraph + Below(3);
  if (kind == DemandKind::kEducation && Chance(15)) return kNoConcept;
  return kFirst[k] + Below(kFirst[k + 1] - kFirst[k]);
}

Level RandomMarket::AnyLevel(DemandKind kind) {
  const Level top = kTopLevel[static_cast<size_t>(kind)];
  return top == 0 || Chance(40) ? 0 : static_cast<Level>(1 + Below(top));
}

Held RandomMarket::AnyHeld(DemandKind kind) {
  return {.concept_index = AnyConcept(kind),
          .level = AnyLevel(kind),
          .evidence = static_cast<Evidence>(Below(4))};
}

Demand RandomMarket::AnyDemand(DemandKind kind) {
  return {.kind = kind,
          .concept_index = AnyConcept(kind),
          .minimum_level = AnyLevel(kind),
          .minimum_evidence =
              Chance(80) ? Evidence::kClaimed : static_cast<Evidence>(Below(4)),
          .strength = AnyStrength(),
          .importance = static_cast<uint8_t>(Chance(60) ? 5 : 1 + Below(10))};
}

// A handful of places, so that distances repeat.
Point RandomMarket::AnyPoint() {
  return {.lat_e5 = 6'100'000 + static_cast<int32_t>(Below(4)) * 9'000,
          .lon_e5 = 1'450'000 + static_cast<int32_t>(Below(3)) * 20'000};
}

std::vector<Demand> RandomMarket::Demands(uint32_t percent_a_kind) {
  std::vector<Demand> demands;
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    if (!Chance(percent_a_kind)) continue;
    for (uint32_t i = 1 + Below(3); i > 0; --i) {
      demands.push_back(AnyDemand(static_cast<DemandKind>(kind)));
    }
  }
  // No concept sorts first, as kNoConcept + 1 wraps to 0.
  const auto key = [](const Demand& d) {
    return std::tuple(d.kind, d.concept_index + 1, d.minimum_level,
                      d.minimum_evidence, d.strength, d.importance);
  };
  std::ranges::sort(demands, {}, key);
  return demands;
}

Wishes RandomMarket::AnyWishes() {
  Wishes wishes;
  if (Chance(15)) return wishes;
  if (Chance(60)) {
    for (uint32_t i = 1 + Below(3); i > 0; --i) {
      wishes.occupations.push_back(
          {.concept_index = AnyConcept(DemandKind::kOccupation),
           .importance = static_cast<uint8_t>(1 + Below(10))});
    }
    std::ranges::sort(wishes.occupations, {}, &WantedOccupation::concept_index);
    const auto same = std::ranges::unique(wishes.occupations, {},
                                          &WantedOccupation::concept_index);
    wishes.occupations.erase(same.begin(), same.end());
    wishes.occupations_strength = AnyStrength();
  }
  if (Chance(60)) {
    wishes.maximum_distance = 50 + static_cast<int32_t>(Below(300));
    wishes.easy_distance =
        static_cast<int32_t>(Below(*wishes.maximum_distance + 1));
    wishes.distance_strength = AnyStrength();
    if (Chance(40)) {
      wishes.relocation = {static_cast<MunicipalityIndex>(Below(3)),
                           static_cast<MunicipalityIndex>(3 + Below(3))};
    }
  }
  if (Chance(40)) {
    wishes.maximum_hours_percent = static_cast<uint8_t>(50 + Below(51));
    wishes.minimum_hours_percent = static_cast<uint8_t>(1 + Below(50));
    wishes.hours_strength = AnyStrength();
  }
  if (Chance(40)) {
    wishes.shifts = static_cast<ShiftSet>(1 + Below(31));
    wishes.shifts_strength = AnyStrength();
  }
  if (Chance(40)) {
    wishes.earliest_start = kToday + static_cast<Days>(Below(120));
    wishes.start_strength = AnyStrength();
  }
  if (Chance(30)) {
    wishes.minimum_remote_percent = static_cast<uint8_t>(20 * (1 + Below(5)));
    wishes.remote_strength = AnyStrength();
  }
  return wishes;
}

PersonFeatures RandomMarket::Person() {
  PersonFeatures person;
  person.id = Id();
  person.tenant = Below(2);
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    Section& section = person.sections[kind];
    section.state = Chance(50) ? SectionState::kOpen : SectionState::kComplete;
    for (uint32_t i = Below(kind == 1 ? 12 : 4); i > 0; --i) {
      section.held.push_back(AnyHeld(static_cast<DemandKind>(kind)));
    }
    std::ranges::stable_sort(section.held, {}, &Held::concept_index);
    const ConceptIndex lacking = AnyConcept(static_cast<DemandKind>(kind));
    if (Chance(30) && lacking != kNoConcept) section.lacking = {lacking};
  }
  if (Chance(85)) person.home = AnyPoint();
  person.wishes = AnyWishes();
  if (Chance(5)) person.expire_day = kToday;
  return person;
}

RequirementFeatures RandomMarket::Requirement() {
  RequirementFeatures requirement;
  requirement.id = Id();
  requirement.tenant = Below(2);
  requirement.private_to_tenant = Chance(20);
  requirement.open = Chance(95);
  if (Chance(30)) requirement.close_day = kToday + static_cast<Days>(Below(5));
  requirement.positions = 1 + Below(5);
  if (!Chance(8)) requirement.demands = Demands(45);
  JobFacts& facts = requirement.facts;
  if (Chance(85)) {
    facts.occupations = {AnyConcept(DemandKind::kOccupation)};
    if (Chance(20)) {
      facts.occupations.push_back(AnyConcept(DemandKind::kOccupation));
    }
    std::ranges::sort(facts.occupations);
    const auto same = std::ranges::unique(facts.occupations);
    facts.occupations.erase(same.begin(), same.end());
  }
  if (Chance(85)) facts.place = AnyPoint();
  if (Chance(85)) {
    facts.municipality = static_cast<MunicipalityIndex>(Below(6));
  }
  if (Chance(70)) {
    facts.maximum_hours_percent = static_cast<uint8_t>(30 + Below(71));
    facts.minimum_hours_percent =
        static_cast<uint8_t>(1 + Below(facts.maximum_hours_percent));
  }
  if (Chance(70)) facts.shifts = static_cast<ShiftSet>(1 + Below(31));
  if (Chance(50)) facts.earliest_start = kToday + static_cast<Days>(Below(60));
  if (Chance(50)) {
    facts.latest_start = kToday + static_cast<Days>(60 + Below(60));
  }
  if (Chance(60)) {
    facts.remote_percent = static_cast<uint8_t>(20 * Below(6));
  }
  requirement.employer = Below(10);
  return requirement;
}

OfferingFeatures RandomMarket::Offering() {
  OfferingFeatures offering;
  offering.id = Id();
  offering.tenant = Below(2);
  offering.private_to_tenant = Chance(20);
  for (uint32_t i = Below(6); i > 0; --i) {
    const auto section = static_cast<DemandKind>(Below(kDemandKindCount));
    offering.gains.push_back(
        {.section = section,
         .concept_index = AnyConcept(section),
         .level = AnyLevel(section),
         .evidence = Chance(50) ? Evidence::kEvidenced : Evidence::kCertified});
  }
  std::ranges::stable_sort(offering.gains, {}, [](const Gain& gain) {
    return std::pair(gain.section, gain.concept_index);
  });
  offering.prerequisites = Demands(8);
  offering.weeks = static_cast<uint16_t>(Below(8));
  for (uint32_t i = Below(4); i > 0; --i) {
    SessionFeatures session;
    session.id = Id();
    session.open = Chance(90);
    session.start_day = kToday - 10 + static_cast<Days>(Below(80));
    if (Chance(70)) {
      session.end_day = session.start_day + static_cast<Days>(Below(60));
    }
    session.distance_learning = Chance(20);
    if (Chance(80)) session.place = AnyPoint();
    session.seats = Below(4);
    session.seats_taken = Below(3);
    offering.sessions.push_back(session);
  }
  return offering;
}

MarketChanges RandomMarket::Fill(size_t people, size_t requirements,
                                 size_t offerings) {
  MarketChanges changes;
  for (size_t i = 0; i < people; ++i) {
    auto person = std::make_shared<PersonFeatures>(Person());
    changes.people.push_back({person->id, person});
  }
  for (size_t i = 0; i < requirements; ++i) {
    auto requirement = std::make_shared<RequirementFeatures>(Requirement());
    changes.requirements.push_back({requirement->id, requirement});
  }
  for (size_t i = 0; i < offerings; ++i) {
    auto offering = std::make_shared<OfferingFeatures>(Offering());
    changes.offerings.push_back({offering->id, offering});
  }
  return changes;
}

void RandomMarket::AddRareSkill(MarketChanges& changes) {
  constexpr ConceptIndex kRare = kBeyondTheGraph + 100;
  for (auto& change : changes.people) {
    if (!Chance(1)) continue;
    auto person = std::make_shared<PersonFeatures>(*change.document);
    person->sections[static_cast<size_t>(DemandKind::kSkill)].held.push_back(
        {.concept_index = kRare});
    change.document = std::move(person);
  }
  for (auto& change : changes.requirements) {
    if (!Chance(50)) continue;
    auto requirement = std::make_shared<RequirementFeatures>(*change.document);
    std::vector<Demand>& demands = requirement->demands;
    demands.insert(std::ranges::upper_bound(demands, DemandKind::kSkill, {},
                                            &Demand::kind),
                   {.kind = DemandKind::kSkill,
                    .concept_index = kRare,
                    .strength = Strength::kHard});
    change.document = std::move(requirement);
  }
}

}  // namespace kugge::matching
