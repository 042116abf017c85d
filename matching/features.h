// What the engine knows about people, requirements and offerings: interned,
// sorted, in days and hundreds of metres, with every default resolved. Built
// from the documents outside this folder. Nothing protected can be reached from
// here: no sex, age, birth country, name, disability or personal number.
#ifndef KUGGE_MATCHING_FEATURES_H_
#define KUGGE_MATCHING_FEATURES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matching/geo/distance.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/types.h"

namespace kugge::matching {

// One thing a person has. In the education section `concept_index` is a SUN
// field, kNoConcept when the field isn't told. (`concept` is a C++ keyword.)
struct Held {
  ConceptIndex concept_index = kNoConcept;
  Level level = 0;
  Evidence evidence = Evidence::kClaimed;

  friend bool operator==(const Held&, const Held&) = default;
};

// One section of a profile.
struct Section {
  SectionState state = SectionState::kOpen;
  // Sorted by concept_index; the same concept may stand twice (two educations
  // in one field).
  std::vector<Held> held{};
  // Concepts that the person states it lacks; sorted, distinct.
  std::vector<ConceptIndex> lacking{};

  friend bool operator==(const Section&, const Section&) = default;
};

// One of the occupations a person would take: alternatives, not a conjunction.
struct WantedOccupation {
  ConceptIndex concept_index = kNoConcept;
  uint8_t importance = 5;  // 1-10

  friend bool operator==(const WantedOccupation&,
                         const WantedOccupation&) = default;
};

// What a person demands of a job, as far as it is no list. A field left at its
// default asks nothing.
struct PlainWishes {
  Strength occupations_strength = Strength::kSoft;

  // Asked when maximum_distance is told. Easy is at most maximum.
  std::optional<HundredMetres> maximum_distance{};
  HundredMetres easy_distance = 0;
  Strength distance_strength = Strength::kSoft;

  // Percent of full time, 1-100. Asked when the maximum is above 0.
  uint8_t minimum_hours_percent = 0;
  uint8_t maximum_hours_percent = 0;
  Strength hours_strength = Strength::kSoft;

  // Shifts the person accepts. Asked when not empty.
  ShiftSet shifts = 0;
  Strength shifts_strength = Strength::kSoft;

  // The first day the person can work. Asked when told.
  Days earliest_start = kNoDay;
  Strength start_strength = Strength::kSoft;

  // Asked when above 0; at most 100.
  uint8_t minimum_remote_percent = 0;
  Strength remote_strength = Strength::kSoft;

  friend bool operator==(const PlainWishes&, const PlainWishes&) = default;
};

// All that a person demands of a job.
struct Wishes : PlainWishes {
  // Sorted by concept_index, distinct. Asked when not empty.
  std::vector<WantedOccupation> occupations{};
  // Municipalities the person would move to; sorted, distinct.
  std::vector<MunicipalityIndex> relocation{};

  friend bool operator==(const Wishes&, const Wishes&) = default;
};

struct PersonFeatures {
  DocumentId id{};
  // The caller's handle of the document, opaque here; returned with a row.
  std::string reference{};
  TenantIndex tenant = 0;
  // Indexed by DemandKind.
  std::array<Section, kDemandKindCount> sections{};
  std::optional<Point> home{};
  Wishes wishes{};

  // Facets, for filters only; their meaning is the caller's.
  MunicipalityIndex municipality = kNoMunicipality;
  uint8_t kind = 0;
  // The first day on which the person is no longer to be matched.
  Days expire_day = kNoDay;
};

// One thing that a requirement or a prerequisite asks of a person.
struct Demand {
  DemandKind kind = DemandKind::kSkill;
  // kNoConcept only for kEducation: any field, the level alone is asked.
  ConceptIndex concept_index = kNoConcept;
  Level minimum_level = 0;
  Evidence minimum_evidence = Evidence::kClaimed;
  Strength strength = Strength::kSoft;
  uint8_t importance = 5;  // 1-10

  friend bool operator==(const Demand&, const Demand&) = default;
};

// What makes two demands the same to whoever is held against them: all but
// strength and importance.
inline uint64_t DemandBits(const Demand& demand) {
  return uint64_t{demand.concept_index} | uint64_t{demand.minimum_level} << 32 |
         static_cast<uint64_t>(demand.minimum_evidence) << 48 |
         static_cast<uint64_t>(demand.kind) << 56;
}

// What a job is, which the person's wishes are held against, as far as it is no
// list.
struct PlainFacts {
  std::optional<Point> place{};
  MunicipalityIndex municipality = kNoMunicipality;
  // Percent of full time, 1-100. Told when the maximum is above 0.
  uint8_t minimum_hours_percent = 0;
  uint8_t maximum_hours_percent = 0;
  // Every shift that the job involves. Told when not empty.
  ShiftSet shifts = 0;
  // The day of start lies in [earliest_start, latest_start).
  Days earliest_start = kNoDay;
  Days latest_start = kNoDay;
  // 0-100; 100 is fully remote.
  std::optional<uint8_t> remote_percent;
};

struct JobFacts : PlainFacts {
  // The job's occupations; sorted, distinct. A fact of its own: it stays when
  // the demand for experience in an occupation is dropped.
  std::vector<ConceptIndex> occupations{};
};

struct RequirementFeatures {
  DocumentId id{};
  std::string reference{};
  TenantIndex tenant = 0;
  bool private_to_tenant = false;
  bool open = true;
  // The first day it is no longer open; kNoDay: until it is closed.
  Days close_day = kNoDay;
  uint32_t positions = 1;
  // Sorted by kind, then by the concept's id as a string (none first), then
  // minimum level, evidence, strength and importance. The engine shares weights
  // in this order.
  std::vector<Demand> demands{};
  JobFacts facts{};

  // Facets, for filters only; their meaning is the caller's.
  uint32_t employer = 0;
  uint32_t occupation_group = 0;
  uint8_t origin = 0;
  uint8_t horizon = 0;
};

// What a person has after an offering: taught concepts carry kEvidenced, awards
// kCertified.
struct Gain {
  DemandKind section = DemandKind::kSkill;
  ConceptIndex concept_index = kNoConcept;
  Level level = 0;
  Evidence evidence = Evidence::kEvidenced;

  friend bool operator==(const Gain&, const Gain&) = default;
};

// All that makes two gains the same.
inline uint64_t GainBits(const Gain& gain) {
  return uint64_t{gain.concept_index} | uint64_t{gain.level} << 32 |
         static_cast<uint64_t>(gain.evidence) << 48 |
         static_cast<uint64_t>(gain.section) << 56;
}

// One dated run of an offering.
struct SessionFeatures {
  DocumentId id{};
  std::string reference{};
  bool open = true;
  // [start_day, end_day): who attends is free to work on end_day. kNoDay as end
  // is taken as start plus the offering's weeks.
  Days start_day = kNoDay;
  Days end_day = kNoDay;
  bool distance_learning = false;
  std::optional<Point> place{};
  uint32_t seats = 0;
  uint32_t seats_taken = 0;
  uint8_t pace_percent = 100;
};

struct OfferingFeatures {
  DocumentId id{};
  std::string reference{};
  TenantIndex tenant = 0;
  bool private_to_tenant = false;
  bool open = true;
  // Sorted by section, then concept_index.
  std::vector<Gain> gains{};
  // Sorted as RequirementFeatures::demands.
  std::vector<Demand> prerequisites{};
  // 0: not told.
  uint16_t weeks = 0;
  std::vector<SessionFeatures> sessions{};

  // Facets, for filters only; their meaning is the caller's.
  uint32_t provider = 0;
  uint8_t form = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_FEATURES_H_
